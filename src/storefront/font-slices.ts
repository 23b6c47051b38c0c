/** One web font file: its name, the code points that it covers (inclusive ranges), and the typographic features kept in it. */
export type FontSlice = {
  name: string
  ranges: readonly (readonly [number, number])[]
  features: readonly string[]
}

const arabicFeatures = ['ccmp', 'isol', 'init', 'medi', 'fina', 'rlig', 'mark']
const latinFeatures = ['ccmp', 'kern', 'liga']

/**
 * How the typeface is cut. Browsers fetch a file only if the page holds one of its characters (`unicode-range`), so the first two,
 * which are preloaded, are all that most pages need.
 */
export const fontSlices: readonly FontSlice[] = [
  {
    name: 'arabic',
    // Comma, semicolon, question mark; the letters of Arabic; tatweel, harakat. Without the letters of other languages.
    ranges: [
      [0x060c, 0x060c],
      [0x061b, 0x061b],
      [0x061f, 0x061f],
      [0x0621, 0x063a],
      [0x0640, 0x0652],
    ],
    features: arabicFeatures,
  },
  {
    name: 'latin',
    // ASCII; no-break space, guillemets, copyright, middle dot, multiplication; dashes, quotes, bullet, ellipsis.
    ranges: [
      [0x20, 0x7e],
      [0xa0, 0xa0],
      [0xa9, 0xa9],
      [0xab, 0xab],
      [0xb7, 0xb7],
      [0xbb, 0xbb],
      [0xd7, 0xd7],
      [0x2013, 0x2014],
      [0x2018, 0x2019],
      [0x201c, 0x201d],
      [0x2022, 0x2022],
      [0x2026, 0x2026],
    ],
    features: latinFeatures,
  },
  {
    name: 'arabic-rest',
    ranges: [
      [0x0600, 0x060b],
      [0x060d, 0x061a],
      [0x061c, 0x061e],
      [0x0620, 0x0620],
      [0x063b, 0x063f],
      [0x0653, 0x06ff],
      [0x0750, 0x077f],
      [0xfb50, 0xfdff],
      [0xfe70, 0xfefc],
    ],
    features: arabicFeatures,
  },
  {
    name: 'latin-rest',
    ranges: [
      [0xa1, 0xa8],
      [0xaa, 0xaa],
      [0xac, 0xb6],
      [0xb8, 0xba],
      [0xbc, 0xd6],
      [0xd8, 0x17f],
      [0x2010, 0x2012],
      [0x201a, 0x201b],
      [0x201e, 0x2021],
      [0x2030, 0x2030],
      [0x2039, 0x203a],
      [0x20a0, 0x20bf],
      [0x2122, 0x2122],
      [0x2190, 0x2193],
      [0x2212, 0x2212],
    ],
    features: latinFeatures,
  },
]
