import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { Table2 } from 'lucide-react'
import { dir } from '../../shared/locale.ts'
import '../styles/chart.css'
import { usePerson } from '../text/person.tsx'
import { Button } from './button.tsx'
import { drawingOf, type Drawing } from './chart-drawing.ts'

/** A place on the axis of time: how it is called in full, and in the little room below the picture. */
export type ChartStep = { readonly label: string; readonly short: string }

/** What is drawn for each step; null where nothing is known. `color` counts from 1; by its place unless it is said. */
export type ChartSeries = {
  readonly id: string
  readonly label: string
  readonly values: readonly (number | null)[]
  readonly color?: number
  readonly dashed?: boolean
}

/** A spread: between which two values it lies at each step. Wider ones come first. */
export type ChartBand = {
  readonly id: string
  readonly label: string
  readonly low: readonly number[]
  readonly high: readonly number[]
  readonly color?: number
}

/** What a chart is made of: stacked bars, lines over them, and spreads under them. */
export type ChartProps = {
  /** What it shows, for those who do not see it and above its table. */
  readonly caption: string
  readonly steps: readonly ChartStep[]
  /** What a step is: `Month`. */
  readonly stepTitle: string
  readonly bars?: readonly ChartSeries[]
  readonly lines?: readonly ChartSeries[]
  readonly bands?: readonly ChartBand[]
  /** A value in full. */
  readonly worded: (value: number) => string
  /** A value beside the axis; in full unless it is given. */
  readonly ticked?: (value: number) => string
  readonly height?: number
}

/**
 * Figures over time. Time runs as the text does. The same figures stand in a table that screen readers meet, that
 * anybody can show, and that is printed.
 */
export function Chart(props: ChartProps): ReactNode {
  const { height = 220 } = props
  const { t, locale } = usePerson()
  const [frame, width] = useWidth()
  const [tabled, setTabled] = useState(false)
  const drawing = drawingOf(props, { width, height, rtl: dir(locale) === 'rtl' })
  return (
    <figure className="plot stack tight" ref={frame}>
      <Key {...props} />
      <svg viewBox={`0 0 ${width} ${height}`} height={height} aria-hidden>
        <Axis drawing={drawing} {...props} />
        <Marks drawing={drawing} {...props} />
      </svg>
      <div className="no-print">
        <Button small look="quiet" icon={Table2} onPress={() => setTabled(!tabled)}>
          {t(tabled ? 'chart.hide-figures' : 'chart.show-figures')}
        </Button>
      </div>
      <div className={tabled ? 'tabled' : 'tabled hide'} {...(tabled && scrolled(props.caption))}>
        <Figures {...props} />
      </div>
    </figure>
  )
}

/** What can be scrolled must be reached by the keyboard, and have a name. */
function scrolled(caption: string) {
  return { tabIndex: 0, role: 'region', 'aria-label': caption } as const
}

/** The colour of a series by its number. */
export function chartColor(color: number): string {
  return `var(--c${((color - 1) % 8) + 1})`
}

function Key({ bars = [], lines = [], bands = [] }: ChartProps): ReactNode {
  if (bars.length + lines.length + bands.length < 2) return null
  const colorOf = (one: { color?: number }, at: number) => chartColor(one.color ?? at + 1)
  return (
    <ul className="key" aria-hidden>
      {bands.map((band, at) => (
        <li key={band.id}>
          <span className="swatch" style={{ background: colorOf(band, 0), opacity: opacityOf(at) }} />
          {band.label}
        </li>
      ))}
      {bars.map((one, at) => (
        <li key={one.id}>
          <span className="swatch" style={{ background: colorOf(one, at) }} />
          <bdi>{one.label}</bdi>
        </li>
      ))}
      {lines.map((one, at) => (
        <li key={one.id}>
          <span
            className={`swatch stroke${one.dashed === true ? ' dashed' : ''}`}
            style={{ borderColor: colorOf(one, bars.length + at) }}
          />
          <bdi>{one.label}</bdi>
        </li>
      ))}
    </ul>
  )
}

/** Narrower spreads lie on wider ones and are denser. */
function opacityOf(band: number): number {
  return Math.min(0.55, 0.18 + band * 0.16)
}

function Axis({ drawing, steps, worded, ticked = worded }: ChartProps & { drawing: Drawing }): ReactNode {
  const { rtl, width, floor, y, ticks, labelled, labelAt } = drawing
  return (
    <>
      {ticks.map((tick) => (
        <g key={tick}>
          <line className={tick === 0 ? 'zero' : 'grid'} x1="0" x2={width} y1={y(tick)} y2={y(tick)} />
          {tick !== 0 && (
            <text className="tick" x={rtl ? width : 0} y={y(tick) - 4} textAnchor={rtl ? 'end' : 'start'}>
              {isolated(ticked(tick), rtl)}
            </text>
          )}
        </g>
      ))}
      {labelled.map((at) => (
        <text key={at} x={labelAt(at)} y={floor + 20} textAnchor="middle">
          {isolated(steps[at]?.short ?? '', rtl)}
        </text>
      ))}
    </>
  )
}

function Marks({ drawing, ...props }: ChartProps & { drawing: Drawing }): ReactNode {
  const { steps, bars = [], lines = [], bands = [], worded } = props
  const { step, left, floor, parts, pathOf, areaOf } = drawing
  return (
    <>
      {bands.map((band, at) => (
        <path
          key={band.id}
          className="band"
          d={areaOf(band)}
          fill={chartColor(band.color ?? 1)}
          opacity={opacityOf(at)}
        />
      ))}
      {steps.map(({ label }, at) => (
        <g key={label} className="step">
          <title>{wordsOf(props, at, worded)}</title>
          <rect className="hit" x={left(at)} y="0" width={step} height={floor} opacity="0.5" />
          {parts(at).map(({ x, y, width, height }, nth) => (
            <rect
              key={bars[nth]?.id}
              className="part"
              x={x}
              y={y}
              width={width}
              height={height}
              fill={chartColor(bars[nth]?.color ?? nth + 1)}
            />
          ))}
        </g>
      ))}
      {lines.map((one, at) => (
        <path
          key={one.id}
          className={one.dashed === true ? 'line dashed' : 'line'}
          d={pathOf(one.values)}
          stroke={chartColor(one.color ?? bars.length + at + 1)}
        />
      ))}
    </>
  )
}

function wordsOf(
  { steps, bars = [], lines = [], bands = [] }: ChartProps,
  at: number,
  worded: ChartProps['worded'],
): string {
  const known = [...bars, ...lines].flatMap(({ label, values }) => {
    const value = values[at]
    return value === null || value === undefined || value === 0 ? [] : [`${label}: ${worded(value)}`]
  })
  const spread = bands.map(
    ({ label, low, high }) => `${label}: ${worded(low[at] ?? 0)} – ${worded(high[at] ?? 0)}`,
  )
  return [steps[at]?.label ?? '', ...known, ...spread].join('\n')
}

function Figures({
  caption,
  steps,
  stepTitle,
  bars = [],
  lines = [],
  bands = [],
  worded,
}: ChartProps): ReactNode {
  return (
    <table className="table">
      <caption className="hide">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{stepTitle}</th>
          {[...bars, ...lines, ...bands].map(({ id, label }) => (
            <th key={id} scope="col" className="figure">
              <bdi>{label}</bdi>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {steps.map(({ label }, at) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {[...bars, ...lines].map(({ id, values }) => (
              <td key={id} className="figure">
                <bdi>{said(values[at], worded)}</bdi>
              </td>
            ))}
            {bands.map(({ id, low, high }) => (
              <td key={id} className="figure">
                <bdi>{said(low[at], worded)}</bdi> – <bdi>{said(high[at], worded)}</bdi>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function said(value: number | null | undefined, worded: ChartProps['worded']): string {
  return value === null || value === undefined ? '—' : worded(value)
}

/** Drawn text has no paragraph to take its direction from. */
function isolated(text: string, rtl: boolean): string {
  return `${rtl ? '\u2067' : '\u2066'}${text}\u2069`
}

/** The width that the chart has: it is drawn in the page's own pixels, so that its words keep their size. */
function useWidth(): [RefObject<HTMLElement | null>, number] {
  const frame = useRef<HTMLElement>(null)
  const [width, setWidth] = useState(720)
  useEffect(() => {
    if (frame.current === null) return undefined
    const observer = new ResizeObserver(
      ([entry]) => entry !== undefined && setWidth(Math.max(200, Math.round(entry.contentRect.width))),
    )
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [])
  return [frame, width]
}
