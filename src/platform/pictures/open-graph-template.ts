import { palette } from '../../shared/palette.ts'

const { light } = palette

/** The picture of a shared link, 1200 × 630: store, title as large as three lines allow, price. The cover is laid over it. */
export const openGraphTemplate = String.raw`
#let d = json(bytes(sys.inputs.data))
#let arabic = d.lang == "ar"
#let deep = rgb("${light['accent-strong']}")
#let sand = rgb("#f4cf8b")
#set page(width: 1200pt, height: 630pt, margin: 0pt, fill: gradient.linear(rgb("${light.accent}"), deep, angle: 60deg))
#set text(
  font: if arabic { ("IBM Plex Sans Arabic", "IBM Plex Sans") } else { ("IBM Plex Sans", "IBM Plex Sans Arabic") },
  fill: white, lang: d.lang, dir: if arabic { rtl } else { ltr },
)
#let wave(y, paint) = place(top + left, curve(
  fill: paint,
  curve.move((0pt, y)), curve.cubic((300pt, y - 90pt), (500pt, y + 110pt), (800pt, y + 10pt)),
  curve.cubic((950pt, y - 40pt), (1100pt, y - 30pt), (1200pt, y + 20pt)),
  curve.line((1200pt, 630pt)), curve.line((0pt, 630pt)), curve.close(),
))
#wave(470pt, rgb(255, 255, 255, 10))
#wave(545pt, rgb(255, 255, 255, 14))

#let width = if d.cover { 560pt } else { 1040pt }
#let title(size) = {
  set text(size: size, weight: 600, tracking: if arabic { 0pt } else { -0.012em }, hyphenate: false)
  par(leading: if arabic { 0.66em } else { 0.42em }, d.title)
}
#let fitted() = context {
  let sizes = if d.cover { (64, 58, 52, 46, 40, 35, 31, 27, 24) } else { (84, 76, 68, 60, 52, 45, 38, 33) }
  let fits = sizes.filter(s => measure(title(s * 1pt), width: width).height <= 270pt)
  title((if fits.len() > 0 { fits.first() } else { sizes.last() }) * 1pt)
}
#place(top + (if arabic { right } else { left }), dx: if arabic { -80pt } else { 80pt }, dy: 76pt,
  block(width: width, height: 478pt, clip: true, {
    place(top + start, block(width: width, height: 40pt, clip: true, {
      box(baseline: -3pt, circle(radius: 7pt, fill: sand)); h(14pt); text(size: 28pt, weight: 500, fill: rgb(255, 255, 255, 220), d.store)
    }))
    place(horizon + start, block(width: width, height: 300pt, align(horizon + start, fitted())))
    if d.price != "" {
      place(bottom + start, box(fill: sand, radius: 14pt, inset: (x: 24pt, y: 15pt), text(size: 34pt, weight: 600, fill: deep, d.price)))
    }
  }),
)
`
