import type { ReactNode } from 'react'
import { usePerson } from '../../text/person.tsx'
import { Segments } from '../../ui/segments.tsx'
import { today } from './today.ts'

/** How many months back. */
export const PERIODS = ['12', '24', '36'] as const

/** One of PERIODS. */
export type PeriodMonths = (typeof PERIODS)[number]

/** How far back the figures go. */
export function PeriodChoice(props: {
  value: PeriodMonths
  onChange: (months: PeriodMonths) => void
}): ReactNode {
  const { t, number } = usePerson()
  return (
    <Segments
      label={t('streams.period')}
      choices={PERIODS.map((id) => ({
        id,
        label: t('streams.months', { months: Number(id), said: number(Number(id)) }),
      }))}
      {...props}
    />
  )
}

/** The first month of the last so many, the present one counted. */
export function firstMonth(months: PeriodMonths): string {
  const [year = 0, month = 1] = today().split('-').map(Number)
  const at = year * 12 + month - Number(months)
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}
