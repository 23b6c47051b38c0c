/**
 * Makes the web fonts of src/storefront/assets/fonts from IBM Plex Sans Arabic: the letters that nearly every page uses in two
 * small files, all others in two larger ones that browsers fetch only when a page needs them. Run after an update of the typeface:
 * `node scripts/subset-fonts.ts`.
 *
 * The files carry no name table and are declared as 'Rafid Sans', since a changed font may not bear the reserved name 'Plex'.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import { projectRoot } from '../src/platform/project-root.ts'
import { fontSlices } from '../src/storefront/font-slices.ts'

const source = join(
  projectRoot,
  'node_modules/@expo-google-fonts/ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf',
)
const target = join(projectRoot, 'src/storefront/assets/fonts')

const font = await readFile(source)
for (const slice of fontSlices) {
  const text = slice.ranges.map(([first, last]) => lettersBetween(first, last)).join('')
  const subset = await subsetFont(font, text, {
    targetFormat: 'woff2',
    noHinting: true,
    keepFeatures: [...slice.features],
    dropTables: ['DSIG', 'meta', 'STAT'],
  })
  await writeFile(join(target, `${slice.name}.woff2`), subset)
  console.log(`${slice.name}.woff2 ${subset.length} bytes`)
}

function lettersBetween(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join('')
}
