import { useSuspenseQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { weightsQuery } from '../../../api/assessment.ts'
import { usePerson } from '../../../text/person.tsx'
import { Card } from '../../../ui/page.tsx'
import { Table, type Column } from '../../../ui/table.tsx'

/** Every weight of the assessment with its reason. */
export function WeightsScreen(): ReactNode {
  const { t, locale, number } = usePerson()
  const { leastPoints, streams } = useSuspenseQuery(weightsQuery(locale)).data
  type Weight = (typeof streams)[number]['weights'][number]
  const columns: Column<Weight>[] = [
    {
      id: 'what',
      title: t('weights.what'),
      main: true,
      cell: ({ kind, question, choice }) => (
        <span className="stack" style={{ gap: 0 }}>
          <span>{t(`weights.kind.${kind}`)}</span>
          {question !== null && (
            <span className="muted small">
              {question} {choice !== null && <strong>{choice}</strong>}
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'points',
      title: t('weights.points'),
      figure: true,
      cell: ({ points }) => (points === null ? t('weights.gate') : <bdi dir="ltr">{number(points)}</bdi>),
    },
    { id: 'why', title: t('weights.why'), cell: ({ why }) => why },
  ]
  return (
    <>
      <p className="muted prose">{t('weights.lead', { least: leastPoints })}</p>
      {streams.map(({ stream, name, weights }) => (
        <Card key={stream} title={name} flush>
          <Table
            label={name}
            columns={columns}
            rows={weights}
            keyOf={({ kind, question, choice }) => `${kind} ${question} ${choice}`}
          />
        </Card>
      ))}
    </>
  )
}
