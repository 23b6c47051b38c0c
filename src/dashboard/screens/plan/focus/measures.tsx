import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { coverageQuery } from '../../../api/coverage.ts'
import { useRight } from '../../../api/session.ts'
import { fromApi } from '../../../../shared/money.ts'
import { usePerson } from '../../../text/person.tsx'
import { Select } from '../../../ui/choice-fields.tsx'
import { typedAmount } from '../../../ui/money-field.tsx'
import type { TypedLimits } from './limits-fields.tsx'

type Measured = {
  value: TypedLimits
  fixedCurrency: boolean
  onChange: (change: Partial<TypedLimits>) => void
}

/** Measures of one’s own life for the rule: a step of the living costs, and hours as one thinks of them. */
export function Measures(props: Measured): ReactNode {
  return (
    <div className="columns">
      <LadderMeasure {...props} />
      <HoursMeasure {...props} />
    </div>
  )
}

function LadderMeasure({ value, fixedCurrency, onChange }: Measured): ReactNode {
  const { t, money } = usePerson()
  const coverage = useQuery({ ...coverageQuery, enabled: useRight('streams:read') }).data
  if (coverage === undefined) return null
  if (!coverage.hasCosts)
    return (
      <p className="hint">
        {t('focus.no-costs')} <Link to="/streams/living-costs">{t('coverage.enter-costs')}</Link>
      </p>
    )
  const steps = coverage.steps.filter(({ own }) => own.amount !== '0')
  const { currency } = coverage
  if (currency === null || (fixedCurrency && currency !== value.currency)) return null
  const taken = steps.find(
    ({ upTo }) => currency === value.currency && fromApi(upTo).amountMinor === value.amount.amountMinor,
  )
  return (
    <Select
      label={t('focus.by-ladder')}
      hint={t('focus.by-ladder-hint')}
      choices={steps.map(({ step, upTo }) => ({
        id: step as string,
        label: t('focus.ladder-step', { step: t(`coverage.step.${step}`), amount: money(upTo) }),
      }))}
      value={taken?.step ?? ''}
      onChange={(chosen) => {
        const upTo = steps.find(({ step }) => step === chosen)?.upTo
        if (upTo === undefined) return
        onChange({
          amount: typedAmount(fromApi(upTo).amountMinor, currency),
          ...(currency === value.currency ? {} : { currency, lossCap: { text: '', amountMinor: undefined } }),
        })
      }}
    />
  )
}

/** Hours a month, as people say them: a month has four weeks and a third, and twenty-two working days. */
const HOURS = ['1', '5', '10', '22', '44'] as const

function HoursMeasure({ value, onChange }: Measured): ReactNode {
  const { t } = usePerson()
  return (
    <Select
      label={t('focus.by-hours')}
      hint={t('focus.by-hours-hint')}
      choices={HOURS.map((id) => ({ id: id as string, label: t(`focus.hours-of.h${id}`) }))}
      value={value.upkeepHours}
      onChange={(upkeepHours) => onChange({ upkeepHours })}
    />
  )
}
