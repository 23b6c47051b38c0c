/**
 * Makes the web fonts of src/storefront/assets/fonts: of each typeface the letters that nearly every page uses in two small
 * files, all others in two larger ones that browsers fetch only when a page needs them. Run after an update of a typeface:
 * `node scripts/subset-fonts.ts`.
 *
 * The files carry no name table and are declared as 'Rafid', since a changed font may not bear a reserved name such as 'Plex'.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import { faces, type Face } from '../src/shared/look.ts'
import { projectRoot } from '../src/platform/project-root.ts'
import { fontSlices } from '../src/storefront/font-slices.ts'

const packages = join(projectRoot, 'node_modules/@expo-google-fonts')
const plex = 'ibm-plex-sans-arabic/400Regular/IBMPlexSansArabic_400Regular.ttf'
const tajawal = 'tajawal/400Regular/Tajawal_400Regular.ttf'
/** The Latin of the naskh is that of Noto Serif, from which its own was taken, but for full stops that suit Arabic alone. */
const sources: Readonly<Record<Face, { arabic: string; latin: string }>> = {
  sans: { arabic: plex, latin: plex },
  naskh: {
    arabic: 'noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf',
    latin: 'noto-serif/400Regular/NotoSerif_400Regular.ttf',
  },
  round: { arabic: tajawal, latin: tajawal },
}
const target = join(projectRoot, 'src/storefront/assets/fonts')

for (const face of faces) {
  for (const slice of fontSlices) {
    const script = slice.name.startsWith('arabic') ? 'arabic' : 'latin'
    const font = await readFile(join(packages, sources[face][script]))
    const text = slice.ranges.map(([first, last]) => lettersBetween(first, last)).join('')
    const subset = await subsetFont(font, text, {
      targetFormat: 'woff2',
      noHinting: true,
      keepFeatures: [...slice.features],
      dropTables: ['DSIG', 'meta', 'STAT'],
    })
    await writeFile(join(target, `${face}-${slice.name}.woff2`), subset)
    console.log(`${face}-${slice.name}.woff2 ${subset.length} bytes`)
  }
}

function lettersBetween(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join('')
}
