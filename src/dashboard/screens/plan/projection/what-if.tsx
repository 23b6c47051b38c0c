import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { currencyExponent } from '../../../../shared/currencies.ts'
import { modelsQuery, type PlanInput } from '../../../api/plans.ts'
import { usePerson } from '../../../text/person.tsx'
import { Card } from '../../../ui/page.tsx'
import { Empty, ProblemNotice } from '../../../ui/show.tsx'
import type { Draft } from '../../../ui/use-draft.ts'
import { Slider } from './number-field.tsx'
import { Fan, History, Odds, Story, useWords } from './outcome.tsx'
import { withItem } from './plan-draft.ts'
import { useWhatIf } from './use-what-if.ts'

const MOST_HOURS = 160

/** What may come of the plan as it stands in the fields, and sliders that move them. */
export function WhatIf({ draft }: { draft: Draft<PlanInput> }): ReactNode {
  const { t, locale } = usePerson()
  const { answer, error } = useWhatIf(draft.value, locale)
  if (draft.value.streams.length === 0)
    return <Empty title={t('plan.preview.empty')}>{t('plan.preview.empty-lead')}</Empty>
  return (
    <>
      <Card title={t('plan.preview.title')}>
        <div className="stack loose">
          <Sliders draft={draft} />
          {error !== undefined && <ProblemNotice error={error} />}
          {/* Months and streams of the answer are those that it was made of. */}
          {answer !== undefined && error === undefined && (
            <>
              <Fan input={draft.value} figures={answer.figures} height={220} />
              <Odds input={draft.value} figures={answer.figures} />
              <p className="hint">{t('plan.preview.quick')}</p>
            </>
          )}
        </div>
      </Card>
      {answer !== undefined && error === undefined && (
        <>
          <History input={draft.value} history={answer.history} />
          <Story story={answer.story} />
        </>
      )}
    </>
  )
}

function Sliders({ draft: { value: input, change } }: { draft: Draft<PlanInput> }): ReactNode {
  const { t, locale } = usePerson()
  const { items: models } = useSuspenseQuery(modelsQuery(locale)).data
  const { amount, share } = useWords(input)
  const money = Number(input.money.amount)
  const step = 100 * 10 ** currencyExponent(input.currency)
  const most = Math.max(100 * step, Math.ceil((2 * money) / step) * step)
  return (
    <div className="slides">
      <Slider
        label={t('plan.field.hours')}
        value={input.hoursPerMonth}
        least={0}
        most={MOST_HOURS}
        step={1}
        worded={t('plan.hours-count', { hours: input.hoursPerMonth })}
        onChange={(hoursPerMonth) => change({ hoursPerMonth })}
      />
      <Slider
        label={t('plan.field.money')}
        value={money}
        least={0}
        most={most}
        step={step}
        worded={amount(money)}
        onChange={(next) => change({ money: { amount: String(next), currency: input.currency } })}
      />
      {input.streams.map((stream, nth) => {
        const parameter = models
          .find(({ id }) => id === stream.model)
          ?.parameters.find(({ name }) => name === 'launch')
        const launch = stream.values['launch']?.[0] ?? parameter?.value?.[0]
        if (parameter === undefined || launch === undefined) return null
        return (
          <Slider
            key={stream.key}
            label={`${stream.name}: ${parameter.label}`}
            value={launch}
            least={0}
            most={1}
            step={0.05}
            worded={share(launch)}
            onChange={(next) =>
              change({
                streams: withItem(input.streams, nth, {
                  values: { ...stream.values, launch: [next, next] },
                }),
              })
            }
          />
        )
      })}
    </div>
  )
}
