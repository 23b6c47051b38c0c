import type { ReactNode } from 'react'
import { monthNames } from '../../../text/month-names.ts'
import { usePerson } from '../../../text/person.tsx'
import { Select } from '../../../ui/choice-fields.tsx'
import { today } from '../../streams/today.ts'

const BEFORE = 12
const AFTER = 36

/** The month with which a plan begins, by name: not every browser has a field for months, and none for another calendar's. */
export function FirstMonth({
  value,
  onChange,
}: {
  value: string
  onChange: (month: string) => void
}): ReactNode {
  const { t, preferences } = usePerson()
  const names = monthNames(preferences)
  const months = new Set([value, ...monthsAround(today().slice(0, 7))])
  return (
    <Select
      label={t('plan.field.first-month')}
      choices={[...months].toSorted().map((month) => ({ id: month, label: names.long(month) }))}
      value={value}
      onChange={onChange}
    />
  )
}

/** A year before a month and three after it. */
function monthsAround(month: string): string[] {
  const [year = 0, nth = 1] = month.split('-').map(Number)
  return Array.from({ length: BEFORE + AFTER + 1 }, (_, at) =>
    new Date(Date.UTC(year, nth - 1 + at - BEFORE)).toISOString().slice(0, 7),
  )
}
