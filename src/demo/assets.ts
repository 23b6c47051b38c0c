import { withSharp } from '../platform/pictures/sharp.ts'
import { zip, type ZipEntry } from '../platform/zip.ts'

const text = (name: string, content: string): ZipEntry => ({ name, bytes: Buffer.from(content) })

/** A hundred and twenty line icons as SVG: twenty shapes, each in six frames. */
export function iconPack(): Buffer {
  const frames = [
    '',
    '<circle cx="12" cy="12" r="11"/>',
    '<rect x="1" y="1" width="22" height="22" rx="5"/>',
    '<path d="M12 1l11 11-11 11L1 12z"/>',
    '<path d="M1 23h22"/>',
    '<path d="M1 1h22"/>',
  ]
  const entries = Object.entries(shapes).flatMap(([name, shape]) =>
    frames.map((frame, index) => text(`svg/${name}-${index + 1}.svg`, icon(shape, frame))),
  )
  return zip([
    text('اقرأني.txt', 'رخصة الاستعمال: شخصي وتجاري، دون إعادة بيع الأيقونات نفسها.\n'),
    ...entries,
  ])
}

function icon(shape: string, frame: string): string {
  const inner = frame === '' ? shape : `${frame}<g transform="translate(4.8 4.8) scale(.6)">${shape}</g>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${inner}</svg>\n`
}

const shapes: Readonly<Record<string, string>> = {
  bag: '<path d="M5 8h14l1 13H4z"/><path d="M9 8a3 3 0 016 0"/>',
  book: '<path d="M12 6v14M12 6c-2-2-6-2-9-1v14c3-1 7-1 9 1 2-2 6-2 9-1V5c-3-1-7-1-9 1z"/>',
  coin: '<circle cx="12" cy="12" r="8"/><path d="M12 8v8M9.5 10h5M9.5 14h5"/>',
  crescent: '<path d="M16 4a9 9 0 100 16 7.5 7.5 0 010-16z"/>',
  lantern: '<path d="M9 6h6l2 5-2 8H9l-2-8zM12 2v4M9 21h6"/>',
  palm: '<path d="M12 22V9M12 9c-3-4-7-3-9 0M12 9c3-4 7-3 9 0M12 9c-1-4-4-5-6-5M12 9c1-4 4-5 6-5"/>',
  dallah: '<path d="M8 8h7l2 12H6zM9 8l1-4h4l1 4M17 11c3 0 4 2 4 4"/>',
  mail: '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3 7l9 6 9-6"/>',
  chart: '<path d="M4 20V4M4 20h16M8 16v-5M12 16V7M16 16v-3"/>',
  star: '<path d="M12 3l2.6 6 6.4.6-4.8 4.3 1.4 6.4L12 17l-5.6 3.3 1.4-6.4L3 9.6 9.4 9z"/>',
  heart: '<path d="M12 20C5 15 3 11 4.500 8c1.500-3 5.500-3 7.500 0 2-3 6-3 7.500 0C21 11 19 15 12 20z"/>',
  key: '<circle cx="8" cy="15" r="4"/><path d="M11 12l9-9M16 7l3 3"/>',
  gift: '<rect x="4" y="9" width="16" height="11"/><path d="M4 13h16M12 9v11M12 9C9 9 7 7 8 5s4 0 4 4c0-4 3-6 4-4s-1 4-4 4"/>',
  pen: '<path d="M4 20l1-5L16 4l4 4L9 19z"/>',
  camera: '<path d="M3 8h4l2-3h6l2 3h4v11H3z"/><circle cx="12" cy="13" r="3.500"/>',
  clock: '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 2"/>',
  home: '<path d="M3 11l9-8 9 8M6 9v11h12V9"/>',
  user: '<circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 4-7 8-7s7 2 8 7"/>',
  globe: '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c4 5 4 13 0 18M12 3c-4 5-4 13 0 18"/>',
  download: '<path d="M12 3v12M7 11l5 5 5-5M4 20h16"/>',
}

/** Patterns that repeat without a seam, as SVG, in four colours each. */
export function patternPack(): Buffer {
  const colours = ['#0d6473', '#b0553a', '#4d7a4a', '#2f4f8f']
  const square = (turn: number, size: number) =>
    `<rect x="${100 - size}" y="${100 - size}" width="${2 * size}" height="${2 * size}" transform="rotate(${turn} 100 100)"/>`
  const motifs = Array.from({ length: 12 }, (_, index) =>
    [0, 15, 30, 45, 60, 75]
      .slice(0, 2 + (index % 5))
      .map((turn) => square(turn + index * 3, 40 + index * 3))
      .join(''),
  )
  const entries = motifs.flatMap((motif, index) =>
    colours.map((colour, at) =>
      text(
        `patterns/zukhruf-${String(index + 1).padStart(2, '0')}-${at + 1}.svg`,
        `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" viewBox="0 0 200 200"><rect width="200" height="200" fill="#fbf6ea"/><g fill="none" stroke="${colour}" stroke-width="3">${motif}<circle cx="100" cy="100" r="${24 + index * 2}"/></g></svg>\n`,
      ),
    ),
  )
  return zip(entries)
}

/** Calm notification sounds, as 16-bit mono WAV: a note and its overtones that die away. */
export function soundPack(): Buffer {
  const notes = [392, 440, 494, 523, 587, 659, 698, 784]
  return zip(notes.map((hertz, index) => ({ name: `sounds/tanbih-${index + 1}.wav`, bytes: bell(hertz) })))
}

function bell(hertz: number): Buffer {
  const rate = 22_050
  const samples = Math.round(rate * 0.9)
  const bytes = Buffer.alloc(44 + samples * 2)
  bytes.write('RIFF', 0)
  bytes.writeUInt32LE(36 + samples * 2, 4)
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(rate, 24)
  bytes.writeUInt32LE(rate * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(samples * 2, 40)
  for (let at = 0; at < samples; at++) {
    const seconds = at / rate
    const tone = Math.sin(2 * Math.PI * hertz * seconds) + 0.4 * Math.sin(4.02 * Math.PI * hertz * seconds)
    bytes.writeInt16LE(Math.round(9_000 * tone * Math.exp(-4.5 * seconds)), 44 + at * 2)
  }
  return bytes
}

/** Wallpapers for telephones: the light of six hours of a day over dunes, as PNG. */
export async function wallpaperPack(): Promise<Buffer> {
  const skies = [
    ['#14213d', '#4b5d8a'],
    ['#7a3f73', '#ffb38a'],
    ['#2f6f9f', '#d9f0ff'],
    ['#0d6473', '#f4cf8b'],
    ['#b0553a', '#ffe3bd'],
    ['#1b1b2f', '#51355a'],
  ] as const
  const entries: ZipEntry[] = []
  for (const [index, [top, low]] of skies.entries()) {
    const dune = (y: number, shade: number) =>
      `<path d="M0 ${y} C 250 ${y - 160}, 420 ${y + 110}, 700 ${y - 20} S 1000 ${y - 90}, 1080 ${y} V1920 H0z" fill="#2a1a12" fill-opacity="${shade}"/>`
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1080" height="1920"><defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${low}"/></linearGradient></defs><rect width="1080" height="1920" fill="url(#g)"/><circle cx="${220 + index * 120}" cy="520" r="110" fill="#fff" fill-opacity=".75"/>${dune(1250, 0.18)}${dune(1420, 0.3)}${dune(1620, 0.55)}</svg>`
    const bytes = await withSharp((sharp) =>
      sharp(Buffer.from(svg)).png({ compressionLevel: 9, palette: true }).toBuffer(),
    )
    entries.push({ name: `wallpapers/kathib-${index + 1}.png`, bytes })
  }
  return zip(entries)
}

/** A household budget as tables that any spreadsheet opens; the first line is the heading. */
export function budgetTables(): Buffer {
  const months = [
    'يناير',
    'فبراير',
    'مارس',
    'أبريل',
    'مايو',
    'يونيو',
    'يوليو',
    'أغسطس',
    'سبتمبر',
    'أكتوبر',
    'نوفمبر',
    'ديسمبر',
  ]
  const lines = [
    'السكن',
    'الكهرباء والماء',
    'البقالة',
    'المواصلات',
    'التعليم',
    'الصحة',
    'الاتصالات',
    'الزكاة والصدقات',
    'الادخار',
    'الترفيه',
  ]
  const row = (cells: readonly string[]) => `${cells.map((cell) => `"${cell}"`).join(',')}\r\n`
  // Spreadsheets take a file for UTF-8 by this mark only.
  const plan = `\uFEFF${row(['البند', ...months, 'المجموع'])}${lines.map((line, at) => row([line, ...months.map(() => ''), `=SUM(B${at + 2}:M${at + 2})`])).join('')}`
  return zip([
    text('ميزانية-المنزل.csv', plan),
    text('home-budget.csv', plan.replace('البند', 'Item').replace('المجموع', 'Total')),
  ])
}

/** Style sheets for pages that read from right to left. */
export function snippetPack(): Buffer {
  const snippets: Readonly<Record<string, string>> = {
    'logical-spacing.css':
      '.card { padding-inline: 1.5rem; margin-block: 1rem; border-inline-start: 4px solid currentColor; }\n',
    'bidi-text.css':
      'bdi, .name, .title { unicode-bidi: isolate; }\n.price, .code, .url { direction: ltr; unicode-bidi: isolate; }\n',
    'arabic-type.css':
      ':lang(ar) { line-height: 1.8; letter-spacing: 0; font-feature-settings: "liga", "calt"; }\n',
    'mirrored-icons.css': '[dir="rtl"] .icon-arrow, [dir="rtl"] .icon-back { transform: scaleX(-1); }\n',
    'form-fields.css': 'input[type="email"], input[type="tel"] { direction: ltr; text-align: start; }\n',
  }
  return zip(Object.entries(snippets).map(([name, css]) => text(`rtl/${name}`, css)))
}

/** Letters to customers, ready to fill in, in both languages. */
export function letterPack(letters: readonly { name: string; ar: string; en: string }[]): Buffer {
  return zip(
    letters.flatMap(({ name, ar, en }) => [
      text(`العربية/${name}.md`, `${ar}\n`),
      text(`English/${name}.md`, `${en}\n`),
    ]),
  )
}
