import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { wrongAt } from '../../../api/errors-of.ts'
import { coverageQuery } from '../../../api/coverage.ts'
import type { PlanInput } from '../../../api/plans.ts'
import { useRight } from '../../../api/session.ts'
import { usePerson } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Card } from '../../../ui/page.tsx'
import type { Draft } from '../../../ui/use-draft.ts'
import { FirstMonth } from './first-month.tsx'
import { AmountField, NumberField } from './number-field.tsx'
import { noMoney, withItem } from './plan-draft.ts'

type Part = { draft: Draft<PlanInput>; error: unknown }

/** The budget of hours and money, what an hour is worth, and the money of its time. */
export function Basics({ draft, error }: Part): ReactNode {
  const { t } = usePerson()
  const { value, change } = draft
  const { currency, firstMonth } = value
  return (
    <>
      <Card title={t('plan.basics')}>
        <div className="stack">
          <TextField
            label={t('plan.field.name')}
            value={value.name}
            onChange={(name) => change({ name })}
            wrong={wrongAt(error, '/input/name')}
          />
          <div className="columns">
            <FirstMonth value={firstMonth} onChange={(month) => change({ firstMonth: month })} />
            <NumberField
              label={t('plan.field.months')}
              value={value.months}
              least={6}
              most={120}
              onChange={(months) => change({ months: Math.round(months) })}
            />
            <NumberField
              label={t('plan.field.hours')}
              hint={t('plan.field.hours-hint')}
              value={value.hoursPerMonth}
              least={0}
              most={400}
              onChange={(hoursPerMonth) => change({ hoursPerMonth })}
            />
            <AmountField
              label={t('plan.field.wage')}
              hint={t('plan.field.wage-hint')}
              currency={currency}
              value={value.hourlyWage}
              onChange={(hourlyWage) => change({ hourlyWage })}
            />
            <AmountField
              label={t('plan.field.money')}
              hint={t('plan.field.money-hint')}
              currency={currency}
              value={value.money}
              onChange={(money) => change({ money })}
            />
            <AmountField
              label={t('plan.field.monthly-money')}
              currency={currency}
              value={value.monthlyMoney}
              onChange={(monthlyMoney) => change({ monthlyMoney })}
            />
          </div>
        </div>
      </Card>
      <LadderFields draft={draft} />
      <EconomyFields draft={draft} />
    </>
  )
}

/** What one lives on, step by step; taken over from the living costs where they are entered. */
function LadderFields({ draft: { value, change } }: { draft: Draft<PlanInput> }): ReactNode {
  const { t } = usePerson()
  const mayRead = useRight('streams:read')
  const coverage = useQuery({ ...coverageQuery, enabled: mayRead }).data
  const known =
    coverage?.steps.filter(({ own }) => own.currency === value.currency && own.amount !== '0') ?? []
  const { ladder } = value
  return (
    <Card
      title={t('plan.ladder.fields')}
      actions={
        known.length > 0 && (
          <Button
            small
            onPress={() =>
              change({
                ladder: known.map(({ step, own }) => ({ name: t(`coverage.step.${step}`), amount: own })),
              })
            }
          >
            {t('plan.ladder.take-over')}
          </Button>
        )
      }
    >
      <div className="stack">
        <p className="hint">{t('plan.ladder.hint')}</p>
        {ladder.map((step, nth) => (
          <div key={nth} className="row rung">
            <TextField
              label={t('plan.ladder.step')}
              value={step.name}
              onChange={(name) => change({ ladder: withItem(ladder, nth, { name }) })}
            />
            <AmountField
              label={t('plan.ladder.amount')}
              currency={value.currency}
              value={step.amount}
              onChange={(amount) => change({ ladder: withItem(ladder, nth, { amount }) })}
            />
            <Button
              look="quiet"
              icon={X}
              label={t('plan.ladder.remove')}
              onPress={() => change({ ladder: ladder.filter((_, at) => at !== nth) })}
            />
          </div>
        ))}
        {ladder.length < 8 && (
          <div>
            <Button
              small
              icon={Plus}
              onPress={() =>
                change({
                  ladder: [...ladder, { name: t('plan.ladder.new'), amount: noMoney(value.currency) }],
                })
              }
            >
              {t('plan.ladder.add')}
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}

/** Taxes, inflation, devaluation, and what other currencies cost. */
function EconomyFields({ draft: { value, change } }: { draft: Draft<PlanInput> }): ReactNode {
  const { t } = usePerson()
  const { economy, rates } = value
  const set = (part: Partial<PlanInput['economy']>) => change({ economy: { ...economy, ...part } })
  const wanted = [...new Set(['USD' as const, ...value.streams.map(({ currency }) => currency)])].filter(
    (currency) => currency !== value.currency,
  )
  const percent = { times: 100, affix: '%', least: 0 }
  return (
    <details className="card more">
      <summary>{t('plan.economy.title')}</summary>
      <div className="stack">
        <p className="hint">{t('plan.economy.hint')}</p>
        <div className="columns">
          {wanted.map((currency) => (
            <NumberField
              key={currency}
              label={t('plan.economy.rate', { currency, own: value.currency })}
              hint={t('plan.economy.rate-hint')}
              value={rates.find((one) => one.currency === currency)?.rate}
              onChange={(rate) =>
                rate > 0 &&
                change({ rates: [...rates.filter((one) => one.currency !== currency), { currency, rate }] })
              }
            />
          ))}
          <NumberField
            {...percent}
            label={t('plan.economy.tax')}
            value={value.taxShare}
            most={0.9}
            onChange={(taxShare) => change({ taxShare })}
          />
          <NumberField
            {...percent}
            label={t('plan.economy.inflation')}
            value={economy.inflation}
            onChange={(inflation) => set({ inflation })}
          />
          <NumberField
            {...percent}
            label={t('plan.economy.inflation-spread')}
            value={economy.inflationSpread}
            onChange={(inflationSpread) => set({ inflationSpread })}
          />
          <NumberField
            label={t('plan.economy.jumps')}
            value={economy.jumpsPerYear}
            least={0}
            most={2}
            onChange={(jumpsPerYear) => set({ jumpsPerYear })}
          />
          <NumberField
            {...percent}
            label={t('plan.economy.jump-size')}
            value={economy.jumpSize}
            onChange={(jumpSize) => set({ jumpSize })}
          />
          <NumberField
            {...percent}
            label={t('plan.economy.pass-through')}
            value={economy.passThrough}
            most={1}
            onChange={(passThrough) => set({ passThrough })}
          />
        </div>
      </div>
    </details>
  )
}
