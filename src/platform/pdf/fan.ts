import { scaleOf } from '../../shared/chart-scale.ts'
import { userText } from './text.ts'

/** A spread over months: between the low and the high values, with the usual ones as a line. */
export type ReportFan = {
  /** What it shows; what the three lines and what lies between them are called. */
  caption: string
  names: { low: string; middle: string; high: string; between: string }
  low: readonly number[]
  middle: readonly number[]
  high: readonly number[]
  /** Each month in the reader’s calendar, and in the other one below it. */
  months: readonly { name: string; below: string }[]
  /** A value beside the axis. */
  worded: (value: number) => string
}

const MOST_LABELS = 8
const PADDING = 0.04

/** What the template draws: places between 0 and 1, from the first month to the last and from the lowest value to the highest. */
export function fanContent({ caption, names, months, worded, ...values }: ReportFan) {
  const { low, middle, high } = values
  const scale = scaleOf([...low, ...middle, ...high])
  const x = (at: number) => (months.length < 2 ? 0.5 : at / (months.length - 1))
  // Below zero there is seldom much: no more room than it takes.
  const least = Math.min(0, ...low)
  const floor = Math.max(scale.low, least - (scale.high - least) * PADDING)
  const y = (value: number) => (value - floor) / (scale.high - floor)
  const points = (row: readonly number[]) => row.map((value, at) => [x(at), y(value)])
  const apart = Math.max(1, Math.ceil(months.length / MOST_LABELS))
  return {
    caption: userText(caption),
    names: {
      low: userText(names.low),
      middle: userText(names.middle),
      high: userText(names.high),
      between: userText(names.between),
    },
    low: points(low),
    middle: points(middle),
    high: points(high),
    ticks: scale.ticks
      .filter((tick) => tick >= floor)
      .map((tick) => ({ y: y(tick), label: userText(worded(tick)), isZero: tick === 0 })),
    months: months.flatMap(({ name, below }, at) =>
      at % apart === 0 ? [{ x: x(at), name: userText(name), below: userText(below) }] : [],
    ),
  }
}

/**
 * Draws `d.fan`, where there is one: lines and an area as vectors, time running as the text does, told apart by their strokes
 * so that they can be read without colour.
 */
export const fanTemplate = String.raw`
#let stroke-of = (
  low: (paint: ink, thickness: 0.7pt, dash: (3pt, 2pt)),
  middle: (paint: ink, thickness: 1.8pt),
  high: (paint: ink, thickness: 0.7pt),
)
#let key(mark, words) = box({ box(baseline: -2pt, mark); h(4pt); text(size: 8pt, words) })
#let fan(f) = block(width: 100%, breakable: false, above: 2mm, below: 6mm, {
  par(text(size: 10pt, weight: 600, fill: accent, f.caption))
  v(1mm)
  layout(size => {
    let labels = f.ticks.map(t => text(size: 7.5pt, fill: muted, t.label))
    let gutter = calc.max(..labels.map(l => measure(l).width)) + 3mm
    let tall = 58mm
    let plot = size.width - gutter - 8mm
    let rtl = d.lang == "ar"
    let px(x) = if rtl { 8mm + plot * (1 - x) } else { gutter + plot * x }
    let py(y) = tall * (1 - y)
    let at(p) = (px(p.at(0)), py(p.at(1)))
    let drawn(points, s) = place(top + left, curve(stroke: s, curve.move(at(points.first())), ..points.slice(1).map(p => curve.line(at(p)))))
    box(width: size.width, height: tall + 11mm, {
      place(top + left, polygon(fill: accent.lighten(78%), stroke: none, ..f.low.map(at), ..f.high.rev().map(at)))
      for (t, l) in f.ticks.zip(labels) {
        place(top + left, line(start: (px(0), py(t.y)), end: (px(1), py(t.y)), stroke: if t.isZero { 0.6pt + muted } else { 0.4pt + rule }))
        let m = measure(l)
        place(top + left, dx: if rtl { size.width - m.width } else { 0pt }, dy: py(t.y) - m.height / 2, l)
      }
      drawn(f.low, stroke-of.low)
      drawn(f.high, stroke-of.high)
      drawn(f.middle, stroke-of.middle)
      for m in f.months {
        let x = px(m.x)
        place(top + left, line(start: (x, tall), end: (x, tall + 1.2mm), stroke: 0.5pt + muted))
        let under(body, dy) = {
          let wide = measure(body).width
          place(top + left, dx: calc.max(0pt, calc.min(size.width - wide, x - wide / 2)), dy: dy, body)
        }
        under(text(size: 7.5pt, m.name), tall + 2.4mm)
        under(text(size: 7pt, fill: muted, m.below), tall + 6.4mm)
      }
    })
  })
  v(1mm)
  let mark(s) = line(length: 8mm, stroke: s)
  par({
    key(mark(stroke-of.high), f.names.high); h(6mm)
    key(mark(stroke-of.middle), f.names.middle); h(6mm)
    key(mark(stroke-of.low), f.names.low); h(6mm)
    key(rect(width: 8mm, height: 6pt, fill: accent.lighten(78%), stroke: none), f.names.between)
  })
})
#if d.fan != none { fan(d.fan) }
`
