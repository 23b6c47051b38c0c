import type { ReactNode } from 'react'
import type { StreamFigures } from '../../api/streams.ts'
import { usePerson } from '../../text/person.tsx'
import { Card } from '../../ui/page.tsx'
import { Amount } from '../../ui/show.tsx'
import { saidDuration } from './duration.ts'
import { PassivityWords, PerHour, TrendWords } from './figure-words.tsx'

/** What it comes to: what is left, for an hour, and how much of it comes by itself. */
export function FiguresCards({ figures }: { figures: StreamFigures }): ReactNode {
  const { t, number, money } = usePerson()
  const hours = (minutes: number) => saidDuration(minutes, t, number)
  const { income, cost, upkeepMinutes, writtenOffMinutes } = figures
  return (
    <Card>
      <div className="figures">
        <Figure label={t('streams.figures.net')} value={<Amount of={figures.net} />}>
          {t('streams.figures.net-of', { income: money(income), cost: money(cost) })}
        </Figure>
        <Figure
          label={t('streams.figures.per-upkeep-hour')}
          value={<PerHour of={figures.netPerUpkeepHour} />}
        >
          {t('streams.figures.upkeep', { duration: hours(upkeepMinutes) })}
        </Figure>
        <Figure label={t('streams.figures.per-hour')} value={<PerHour of={figures.netPerHour} />}>
          {t('streams.figures.with-building', { duration: hours(writtenOffMinutes) })}
        </Figure>
        <Figure
          label={t('streams.figures.passivity')}
          value={<PassivityWords passivity={figures.passivity} />}
        >
          {t('streams.figures.passivity-means')}
        </Figure>
        <Figure label={t('streams.figures.trend')} value={<TrendWords trend={figures.trend} full />} plain />
      </div>
    </Card>
  )
}

function Figure(props: {
  label: string
  value: ReactNode
  plain?: boolean
  children?: ReactNode
}): ReactNode {
  return (
    <div className="stack tight">
      <span className="muted small">{props.label}</span>
      <span className={props.plain === true ? '' : 'value'}>{props.value}</span>
      {props.children !== undefined && <span className="muted small">{props.children}</span>}
    </div>
  )
}
