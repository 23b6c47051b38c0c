import { scaleOf, stack } from '../../shared/chart-scale.ts'
import type { ChartBand, ChartProps } from './chart.tsx'

/** A rectangle of the picture. */
type Box = { x: number; y: number; width: number; height: number }

/** Where everything of a chart stands, in pixels. */
export type Drawing = {
  readonly width: number
  readonly rtl: boolean
  /** Where the picture ends and the labels of the steps begin. */
  readonly floor: number
  /** How wide a step is. */
  readonly step: number
  readonly ticks: readonly number[]
  /** The steps that have room for their label. */
  readonly labelled: readonly number[]
  readonly y: (value: number) => number
  readonly left: (at: number) => number
  readonly center: (at: number) => number
  /** The middle of a step's label, which stays inside of the picture. */
  readonly labelAt: (at: number) => number
  readonly parts: (at: number) => Box[]
  readonly pathOf: (values: readonly (number | null)[]) => string
  readonly areaOf: (band: ChartBand) => string
}

const LABEL_ROOM = 28
const HEAD_ROOM = 16
/** Of a step's label with what stands free beside it, at least. */
const LABEL_WIDTH = 64
const LABEL_APART = 16
/** At the edge where time begins, at least: the words of the ticks stand there, free of what is drawn. */
const AXIS_ROOM = 44
const LETTER_WIDTH = 6.5

/** Lays a chart out: time runs with the text. */
export function drawingOf(
  { steps, bars = [], lines = [], bands = [], worded, ticked = worded }: ChartProps,
  { width, height, rtl }: { width: number; height: number; rtl: boolean },
): Drawing {
  const floor = height - LABEL_ROOM
  const scale = scaleOf([
    ...steps.flatMap((_, at) => stack(bars, at).map(({ to }) => to)),
    ...lines.flatMap(({ values }) => values.filter((value) => value !== null)),
    ...bands.flatMap(({ low, high }) => [...low, ...high]),
  ])
  const room = Math.max(AXIS_ROOM, roomOf(scale.ticks.filter((tick) => tick !== 0).map(ticked)))
  const labelRoom = Math.max(LABEL_WIDTH, roomOf(steps.map(({ short }) => short)) + LABEL_APART)
  const step = (width - room) / Math.max(1, steps.length)
  const y = (value: number) => floor - ((value - scale.low) / (scale.high - scale.low)) * (floor - HEAD_ROOM)
  const left = (at: number) => (rtl ? width - room - (at + 1) * step : room + at * step)
  const center = (at: number) => left(at) + step / 2
  const apart = Math.max(1, Math.ceil(labelRoom / step))
  return {
    width,
    rtl,
    floor,
    step,
    ticks: scale.ticks,
    labelled: steps
      .map((_, at) => at)
      .filter((at) => (steps.length - 1 - at) % apart === 0 && at * step + step / 2 >= labelRoom / 4),
    y,
    left,
    center,
    labelAt: (at) => {
      const half = (labelRoom - LABEL_APART) / 2
      return Math.min(width - half, Math.max(half, center(at)))
    },
    parts: (at) =>
      stack(bars, at).map(({ from, to }) => ({
        x: left(at) + step * 0.16,
        y: Math.min(y(from), y(to)),
        width: step * 0.68,
        height: Math.abs(y(from) - y(to)),
      })),
    pathOf: (values) =>
      pathThrough(values.map((value, at) => (value === null ? null : [center(at), y(value)]))),
    areaOf: ({ low, high }) => {
      const there = high.map((value, at) => `${center(at)},${y(value)}`)
      const back = low.map((value, at) => `${center(at)},${y(value)}`).toReversed()
      return there.length === 0 ? '' : `M${[...there, ...back].join('L')}Z`
    },
  }
}

/** What the longest of some words takes. */
function roomOf(words: readonly string[]): number {
  const letters = words.map((word) => word.replaceAll(/[\u200e\u200f\u061c\u2066-\u2069]/gu, '').length)
  return Math.max(0, ...letters) * LETTER_WIDTH
}

/** A line that is interrupted where nothing is known. */
function pathThrough(points: readonly ([number, number] | null)[]): string {
  return points
    .map((point, at) =>
      point === null ? '' : `${(points[at - 1] ?? null) === null ? 'M' : 'L'}${point.join(',')}`,
    )
    .join('')
}
