import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { ArrowUp, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { wrongAt } from '../../../api/errors-of.ts'
import { modelsQuery, type DescribedModel, type PlanInput, type PlannedStream } from '../../../api/plans.ts'
import { useRight } from '../../../api/session.ts'
import { streamsQuery } from '../../../api/streams.ts'
import { usePerson } from '../../../text/person.tsx'
import { Button } from '../../../ui/button.tsx'
import { Select } from '../../../ui/choice-fields.tsx'
import { CurrencyField } from '../../../ui/currency-field.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Card } from '../../../ui/page.tsx'
import type { Draft } from '../../../ui/use-draft.ts'
import { AmountField, NumberField } from './number-field.tsx'
import { Parameters } from './parameters.tsx'
import { newStream, withItem } from './plan-draft.ts'

const MOST_STREAMS = 12

/** The streams of the plan, in the order in which they get hours and money. */
export function Streams({ draft, error }: { draft: Draft<PlanInput>; error: unknown }): ReactNode {
  const { t, locale } = usePerson()
  const { items: models } = useSuspenseQuery(modelsQuery(locale)).data
  const { value: input, change } = draft
  const { streams } = input
  const add = (id: string) => {
    const model = models.find((one) => one.id === id)
    if (model !== undefined) change({ streams: [...streams, newStream(model, input)] })
  }
  return (
    <>
      {streams.map((stream, nth) => {
        const model = models.find(({ id }) => id === stream.model)
        if (model === undefined) return null
        return (
          <StreamCard
            key={stream.key}
            stream={stream}
            model={model}
            input={input}
            wrong={(field) => wrongAt(error, `/input/streams/${nth}/${field}`)}
            onChange={(part) => change({ streams: withItem(streams, nth, part) })}
            onRemove={() => change({ streams: streams.filter((_, at) => at !== nth) })}
            {...(nth === 0 ? {} : { onEarlier: () => change({ streams: movedEarlier(streams, nth) }) })}
          />
        )
      })}
      {streams.length < MOST_STREAMS && (
        <Card title={t(streams.length === 0 ? 'plan.streams.first' : 'plan.streams.add')}>
          <Select
            label={t('plan.streams.kind')}
            hint={t('plan.streams.order-hint')}
            choices={[
              { id: '', label: t('plan.streams.choose') },
              ...models.map(({ id, name, lead }) => ({ id, label: name, hint: lead })),
            ]}
            value=""
            onChange={add}
          />
        </Card>
      )}
    </>
  )
}

function movedEarlier(streams: readonly PlannedStream[], at: number): PlannedStream[] {
  const [before, moved] = [streams[at - 1], streams[at]]
  if (before === undefined || moved === undefined) return [...streams]
  return [...streams.slice(0, at - 1), moved, before, ...streams.slice(at + 1)]
}

function StreamCard(props: {
  stream: PlannedStream
  model: DescribedModel
  input: PlanInput
  wrong: (field: string) => string | undefined
  onChange: (part: Partial<PlannedStream>) => void
  onRemove: () => void
  onEarlier?: () => void
}): ReactNode {
  const { stream, model, input, wrong, onChange, onRemove, onEarlier } = props
  const { t } = usePerson()
  const { currency } = input
  return (
    <Card
      title={<bdi>{stream.name}</bdi>}
      actions={
        <>
          {onEarlier !== undefined && (
            <Button look="quiet" icon={ArrowUp} label={t('plan.streams.earlier')} onPress={onEarlier} />
          )}
          <Button look="quiet" icon={Trash2} label={t('plan.streams.remove')} onPress={onRemove} />
        </>
      }
    >
      <div className="stack">
        <p className="muted">{model.limits}</p>
        <div className="columns">
          <TextField
            label={t('plan.field.stream-name')}
            value={stream.name}
            onChange={(name) => onChange({ name })}
          />
          <NumberField
            label={t('plan.field.start')}
            hint={t('plan.field.start-hint')}
            value={stream.startMonth + 1}
            least={1}
            most={input.months}
            onChange={(month) => onChange({ startMonth: Math.max(0, Math.round(month) - 1) })}
          />
          <AmountField
            label={t(model.family === 'holding' ? 'plan.field.put-in' : 'plan.field.outlay')}
            currency={currency}
            value={stream.outlay}
            wrong={wrong('outlay')}
            onChange={(outlay) => onChange({ outlay })}
          />
          <AmountField
            label={t('plan.field.monthly-cost')}
            currency={currency}
            value={stream.monthlyCost}
            onChange={(monthlyCost) => onChange({ monthlyCost })}
          />
          <NumberField
            label={t('plan.field.build-hours')}
            value={stream.buildHours}
            least={0}
            most={10_000}
            onChange={(buildHours) => onChange({ buildHours })}
          />
          <NumberField
            label={t('plan.field.upkeep-hours')}
            value={stream.upkeepHours}
            least={0}
            most={400}
            onChange={(upkeepHours) => onChange({ upkeepHours })}
          />
          <NumberField
            label={t('plan.field.fees')}
            times={100}
            affix="%"
            value={stream.feeShare}
            least={0}
            most={1}
            onChange={(feeShare) => onChange({ feeShare })}
          />
          <CurrencyField
            label={t('plan.field.stream-currency')}
            value={stream.currency}
            onChange={(code) => onChange({ currency: code })}
          />
          <TextField
            label={t('plan.field.platform')}
            hint={t('plan.field.platform-hint')}
            optional
            value={stream.platform}
            onChange={(platform) => onChange({ platform })}
          />
          <OwnStream stream={stream} model={model} onChange={onChange} />
        </div>
        <details
          className="more"
          open={model.parameters.some(
            ({ name, value }) => value === null && stream.values[name] === undefined,
          )}
        >
          <summary>{t('plan.assumptions')}</summary>
          <Parameters
            model={model}
            stream={stream}
            wrong={(name) => wrong(`values/${name}`)}
            onChange={(values) => onChange({ values })}
          />
        </details>
      </div>
    </Card>
  )
}

/** The stream of the workspace whose own months take over. */
function OwnStream(props: {
  stream: PlannedStream
  model: DescribedModel
  onChange: (part: Partial<PlannedStream>) => void
}): ReactNode {
  const { stream, model, onChange } = props
  const { t } = usePerson()
  const mayRead = useRight('streams:read')
  const { data: streams = [] } = useQuery({ ...streamsQuery, enabled: mayRead })
  if (model.family === 'holding' || streams.length === 0) return null
  return (
    <Select
      label={t('plan.field.own')}
      hint={t('plan.field.own-hint')}
      choices={[
        { id: '', label: t('plan.field.own-none') },
        ...streams.map(({ id, name }) => ({ id, label: name })),
      ]}
      value={stream.streamId ?? ''}
      onChange={(id) => onChange({ streamId: id === '' ? null : id })}
    />
  )
}
