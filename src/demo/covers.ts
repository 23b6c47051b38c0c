import { typesetSvg } from '../platform/pdf/typst.ts'
import { withSharp } from '../platform/pictures/sharp.ts'

/** What is drawn behind the title of a cover. */
export type Motif = 'stars' | 'waves' | 'grid' | 'rings' | 'arches' | 'tiles'

/** A cover: its words, its colours from dark to light, and what is drawn behind them. */
export type Cover = { title: string; line: string; motif: Motif; palette: readonly [string, string, string] }

const width = 1_600
const height = 1_200

const template = String.raw`
#let d = json(bytes(sys.inputs.data))
#let deep = rgb(d.deep)
#let mid = rgb(d.mid)
#let light = rgb(d.light)
#let soft(p) = light.transparentize(100% - p)
#set page(width: 1600pt, height: 1200pt, margin: 0pt, fill: gradient.linear(mid, deep, angle: 70deg))
#set text(font: ("IBM Plex Sans Arabic", "IBM Plex Sans"), fill: white, lang: "ar", dir: rtl, hyphenate: false)
#let star(x, y, r, paint) = {
  place(top + left, dx: x - r, dy: y - r, rect(width: 2 * r, height: 2 * r, stroke: paint))
  place(top + left, dx: x - r, dy: y - r, rotate(45deg, rect(width: 2 * r, height: 2 * r, stroke: paint)))
  place(top + left, dx: x - r * 0.54, dy: y - r * 0.54, circle(radius: r * 0.54, stroke: paint))
}
#let motifs = (
  stars: () => for i in range(0, 9) { for j in range(0, 7) { star(i * 200pt, j * 200pt, 70pt, 3pt + soft(26%)) } },
  waves: () => for i in range(0, 12) {
    let y = 160pt + i * 95pt
    place(top + left, curve(stroke: 14pt + soft(9% + i * 2%), curve.move((0pt, y)),
      curve.cubic((400pt, y - 190pt), (700pt, y + 210pt), (1100pt, y)), curve.cubic((1300pt, y - 110pt), (1450pt, y - 60pt), (1600pt, y + 40pt))))
  },
  grid: () => {
    for i in range(0, 17) { place(top + left, dx: i * 100pt, line(angle: 90deg, length: 1200pt, stroke: 2pt + soft(20%))) }
    for j in range(0, 13) { place(top + left, dy: j * 100pt, line(length: 1600pt, stroke: 2pt + soft(20%))) }
    for k in range(0, 9) { place(top + left, dx: 100pt + k * 160pt, dy: 1000pt - calc.rem(k * 7, 9) * 62pt - k * 30pt, rect(width: 90pt, height: 1200pt, radius: 12pt, fill: soft(14% + k * 3%))) }
  },
  rings: () => for i in range(1, 11) { place(top + left, dx: 1300pt - i * 105pt, dy: 950pt - i * 105pt, circle(radius: i * 105pt, stroke: (26pt - i * 1.6pt) + soft(32% - i * 2%))) },
  arches: () => for i in range(0, 5) { for k in range(0, 3) {
    let w = 250pt - k * 62pt
    place(top + left, dx: 35pt + i * 315pt + k * 31pt, dy: 230pt + k * 62pt, rect(width: w, height: 1000pt, radius: (top: w / 2), stroke: 9pt + soft(18% + k * 9%)))
  } },
  tiles: () => for i in range(0, 8) { for j in range(0, 6) {
    let turn = calc.rem(i * 5 + j * 3, 4) * 90deg
    place(top + left, dx: i * 200pt, dy: j * 200pt, rotate(turn, box(width: 200pt, height: 200pt, clip: true, {
      place(bottom + left, dx: -200pt, dy: 200pt, circle(radius: 200pt, fill: soft(10% + calc.rem(i + j, 3) * 8%)))
      place(bottom + left, dx: -90pt, dy: 90pt, circle(radius: 90pt, fill: soft(16%)))
    })))
  } },
)
#(motifs.at(d.motif))()
#place(bottom + left, rect(width: 1600pt, height: 640pt, fill: gradient.linear(deep.transparentize(100%), deep.transparentize(4%), angle: 90deg)))
#place(bottom + right, dx: -110pt, dy: -110pt, block(width: 1300pt, {
  set align(right)
  text(size: 112pt, weight: 600, par(leading: 0.55em, d.title))
  v(30pt)
  text(size: 44pt, fill: light, d.line)
}))
`

/** Draws a cover, a PNG of 1600 × 1200 pixels; the same words give the same bytes. */
export async function drawCover({ title, line, motif, palette }: Cover): Promise<Buffer> {
  const [deep, mid, light] = palette
  const svg = await typesetSvg({ source: template, data: { title, line, motif, deep, mid, light } })
  return withSharp((sharp) =>
    sharp(Buffer.from(svg))
      .resize({ width, height, fit: 'fill' })
      .flatten()
      .png({ compressionLevel: 6 })
      .toBuffer(),
  )
}
