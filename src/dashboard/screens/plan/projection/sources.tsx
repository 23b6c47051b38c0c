import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { modelsQuery, type DescribedModel, type PlanInput, type PlannedStream } from '../../../api/plans.ts'
import { usePerson } from '../../../text/person.tsx'
import { Card } from '../../../ui/page.tsx'
import { Badge, Said } from '../../../ui/show.tsx'

/** What was assumed of each stream, and where it comes from. */
export function Sources({ input }: { input: PlanInput }): ReactNode {
  const { t, locale } = usePerson()
  const { items } = useSuspenseQuery(modelsQuery(locale)).data
  return (
    <Card title={t('plan.assumptions')}>
      <div className="stack loose">
        {input.streams.map((stream) => {
          const model = items.find(({ id }) => id === stream.model)
          return model === undefined ? null : <Assumed key={stream.key} stream={stream} model={model} />
        })}
      </div>
    </Card>
  )
}

function Assumed({ stream, model }: { stream: PlannedStream; model: DescribedModel }): ReactNode {
  const { t, number, percent } = usePerson()
  const worded = (unit: string, value: number) =>
    unit.startsWith('share')
      ? percent(value)
      : unit.startsWith('money')
        ? `${number(value)} ${stream.currency}`
        : number(value)
  return (
    <section className="stack tight">
      <h3>
        <Said>{stream.name}</Said> <span className="muted">· {model.name}</span>
      </h3>
      <p className="muted">{model.limits}</p>
      <ul className="assumed">
        {model.parameters.map(({ name, label, unit, value, evidence, source }) => {
          const set = stream.values[name]
          const [low, high] = set ?? value ?? [0, 0]
          return (
            <li key={name}>
              <span>{label}</span>
              <bdi className="amount">
                {low === high ? worded(unit, low) : `${worded(unit, low)} – ${worded(unit, high)}`}
              </bdi>
              <span className="muted small">
                <Badge>{t(set === undefined ? `plan.evidence.${evidence}` : 'plan.evidence.set')}</Badge>{' '}
                {source !== null && set === undefined && (
                  <>
                    {source.title}
                    {source.year !== null &&
                      !source.title.includes(String(source.year)) &&
                      ` · ${source.year}`}
                    {source.sample !== null &&
                      ` · ${t('plan.source.sample', { count: number(source.sample) })}`}
                    {' · '}
                    {source.survivorship}
                  </>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
