import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { dir } from '../../../shared/locale.ts'
import { usePerson } from '../../text/person.tsx'
import type { IncomeDay } from './income.ts'

const height = 200
const floor = 172

/** Income by day as bars: time runs as the text does. A table of the same figures is there for those who do not see it. */
export function IncomeChart({
  days,
  currency,
}: {
  days: readonly IncomeDay[]
  currency: CurrencyCode
}): ReactNode {
  const { t, locale, money, date, number } = usePerson()
  const [frame, width] = useWidth()
  const rtl = dir(locale) === 'rtl'
  const step = width / days.length
  const most = days.reduce((peak, { amountMinor }) => (amountMinor > peak ? amountMinor : peak), 1n)
  const tall = (amountMinor: bigint) =>
    amountMinor <= 0n ? 0 : Math.max(2, Number((amountMinor * 1000n) / most) * ((floor - 12) / 1000))
  const left = (at: number) => (rtl ? width - (at + 1) * step : at * step)
  const worded = (amountMinor: bigint) => money({ amount: amountMinor.toString(), currency })
  const apart = width < 500 ? 10 : 7
  const labelled = days.filter((_, at) => (days.length - 1 - at) % apart === 0)
  return (
    <figure className="stack tight" ref={frame}>
      <svg className="chart" viewBox={`0 0 ${width} ${height}`} aria-hidden>
        <line className="axis" x1="0" x2={width} y1={floor + 0.5} y2={floor + 0.5} />
        {days.map((day, at) => (
          <g key={day.date} className="day">
            <title>{`${date(noonOf(day.date))}: ${worded(day.amountMinor)}`}</title>
            <rect className="hit" x={left(at)} y="0" width={step} height={floor} />
            <rect
              className="bar"
              x={left(at) + step * 0.16}
              y={floor - tall(day.amountMinor)}
              width={step * 0.68}
              height={tall(day.amountMinor)}
              rx="2"
            />
          </g>
        ))}
        {labelled.map((day) => (
          <text
            key={day.date}
            x={left(days.indexOf(day)) + step / 2}
            y={height - 8}
            textAnchor={endOf(days.indexOf(day), days.length, rtl)}
          >
            {shortDay(day.date, locale, number)}
          </text>
        ))}
      </svg>
      <table className="hide">
        <caption>{t('overview.income-by-day')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('overview.day')}</th>
            <th scope="col">{t('overview.income')}</th>
            <th scope="col">{t('nav.orders')}</th>
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.date}>
              <th scope="row">{date(noonOf(day.date))}</th>
              <td>{worded(day.amountMinor)}</td>
              <td>{number(day.orders)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

/** The width that the chart has: it is drawn in the page's own pixels, so that its words keep their size. */
function useWidth(): [RefObject<HTMLElement | null>, number] {
  const frame = useRef<HTMLElement>(null)
  const [width, setWidth] = useState(720)
  useEffect(() => {
    if (frame.current === null) return undefined
    const observer = new ResizeObserver(
      ([entry]) => entry !== undefined && setWidth(Math.round(entry.contentRect.width)),
    )
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [])
  return [frame, width]
}

function noonOf(date: string): Date {
  return new Date(`${date}T12:00:00`)
}

function shortDay(date: string, locale: 'ar' | 'en', number: (value: number) => string): string {
  const month = new Intl.DateTimeFormat(locale, { month: 'short', calendar: 'gregory' }).format(noonOf(date))
  // Drawn text has no paragraph to take its direction from.
  return `${locale === 'ar' ? '\u2067' : '\u2066'}${number(Number(date.slice(8)))} ${month}\u2069`
}

/** The last label ends at the edge, so that it is not cut off. */
function endOf(at: number, count: number, rtl: boolean): 'start' | 'middle' | 'end' {
  if (at < count - 1) return 'middle'
  return rtl ? 'start' : 'end'
}
