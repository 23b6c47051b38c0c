import type { ReactNode } from 'react'
import type { StreamFigures } from '../../api/streams.ts'
import { usePerson } from '../../text/person.tsx'
import { Amount, Badge } from '../../ui/show.tsx'

/** Where it goes, with its uncertainty: no line is drawn through noise. */
export function TrendWords({
  trend,
  full = false,
}: {
  trend: StreamFigures['trend']
  full?: boolean
}): ReactNode {
  const { t, money, number } = usePerson()
  if (trend.direction === 'too-short') {
    const text = full
      ? t('streams.trend.too-short-full', { months: trend.months, wanted: trend.wanted })
      : t('streams.trend.too-short')
    return <span className="muted">{text}</span>
  }
  const { direction, perMonth, low, high, months } = trend
  // A line may end after a hyphen, and a minus would stay behind.
  const kept = (amount: typeof low) => money(amount).replace('-', '-\u2060')
  const tone = direction === 'up' ? 'good' : direction === 'down' ? 'warm' : 'plain'
  if (!full) return <Badge tone={tone}>{t(`streams.trend.${direction}`)}</Badge>
  return (
    <span className="stack tight">
      <span>
        <Badge tone={tone}>{t(`streams.trend.${direction}`)}</Badge>
      </span>
      <span className="muted small">
        {t('streams.trend.detail', {
          change: kept(perMonth),
          low: kept(low),
          high: kept(high),
          months: number(months),
        })}
      </span>
    </span>
  )
}

/** The share of income that came with hardly any upkeep. */
export function PassivityWords({ passivity }: { passivity: number | null }): ReactNode {
  const { percent } = usePerson()
  return passivity === null ? (
    <span className="muted">—</span>
  ) : (
    <bdi>{percent(Math.round(passivity * 100) / 100)}</bdi>
  )
}

/** An amount for an hour; a dash where no hour was given. */
export function PerHour({ of }: { of: StreamFigures['netPerHour'] }): ReactNode {
  return of === null ? <span className="muted">—</span> : <Amount of={of} />
}
