import type { ReactNode } from 'react'
import type { DescribedModel, PlannedStream } from '../../../api/plans.ts'
import { usePerson } from '../../../text/person.tsx'
import { Badge } from '../../../ui/show.tsx'
import { NumberField } from './number-field.tsx'

type Parameter = DescribedModel['parameters'][number]

const tones = { published: 'good', fitted: 'good', judgement: 'plain', none: 'warm', own: 'accent' } as const

/** The assumptions of a stream, each with where it comes from beside it. What nobody has data of comes first. */
export function Parameters(props: {
  model: DescribedModel
  stream: PlannedStream
  onChange: (values: PlannedStream['values']) => void
  wrong: (name: string) => string | undefined
}): ReactNode {
  const { model, stream, onChange, wrong } = props
  const ordered = model.parameters.toSorted((a, b) => Number(b.value === null) - Number(a.value === null))
  return (
    <ul className="assumptions">
      {ordered.map((parameter) => (
        <li key={parameter.name}>
          <Value
            parameter={parameter}
            currency={stream.currency}
            value={stream.values[parameter.name]}
            wrong={wrong(parameter.name)}
            onChange={(value) => onChange({ ...stream.values, [parameter.name]: value })}
          />
          <Evidence parameter={parameter} />
        </li>
      ))}
    </ul>
  )
}

function Value(props: {
  parameter: Parameter
  currency: string
  value: [number, number] | undefined
  wrong: string | undefined
  onChange: (value: [number, number]) => void
}): ReactNode {
  const { parameter, currency, value, wrong, onChange } = props
  const { t } = usePerson()
  const { label, unit, least, most, isRange } = parameter
  const isMoney = unit === 'money' || unit === 'money-hour'
  // A default in dollars is the default of a stream in dollars alone; the server converts it for the others.
  const usual = isMoney && currency !== 'USD' ? null : parameter.value
  const [low, high] = value ?? usual ?? [undefined, undefined]
  const shared = {
    least,
    ...(isMoney ? {} : { most }),
    ...(unit.startsWith('share') ? { times: 100, affix: '%' } : isMoney ? { affix: currency } : {}),
  }
  if (!isRange)
    return (
      <NumberField
        {...shared}
        label={label}
        value={low}
        wrong={wrong}
        onChange={(next) => onChange([next, next])}
      />
    )
  return (
    <fieldset className="group">
      <legend className="label">{label}</legend>
      <div className="columns">
        <NumberField
          {...shared}
          label={t('plan.field.from')}
          value={low}
          wrong={wrong}
          onChange={(next) => onChange([next, Math.max(next, high ?? next)])}
        />
        <NumberField
          {...shared}
          label={t('plan.field.to')}
          value={high}
          onChange={(next) => onChange([Math.min(next, low ?? next), next])}
        />
      </div>
    </fieldset>
  )
}

/** Source, year, sample, and who is left out. */
function Evidence({ parameter: { evidence, note, source } }: { parameter: Parameter }): ReactNode {
  const { t, number } = usePerson()
  return (
    <div className="stack tight small">
      <span>
        <Badge tone={tones[evidence]}>{t(`plan.evidence.${evidence}`)}</Badge>
      </span>
      <span className="muted">{note}</span>
      {source !== null && (
        <span className="muted">
          <bdi>{source.title}</bdi>
          {source.year !== null && <> · {t('plan.source.year', { year: String(source.year) })}</>}
          {source.sample !== null && <> · {t('plan.source.sample', { count: number(source.sample) })}</>}
          <br />
          {t('plan.source.left-out', { who: source.survivorship })}
        </span>
      )}
    </div>
  )
}
