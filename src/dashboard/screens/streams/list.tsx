import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { streamsQuery, type IncomeStream } from '../../api/streams.ts'
import { useText } from '../../text/person.tsx'
import { Card } from '../../ui/page.tsx'
import { Empty, Ghost, ProblemNotice, Said } from '../../ui/show.tsx'
import { Table, type Column } from '../../ui/table.tsx'

/** Everything that earns. */
export function StreamsScreen(): ReactNode {
  const t = useText()
  const found = useQuery(streamsQuery)
  if (found.isPending) return <Ghost lines={6} />
  if (found.error !== null) return <ProblemNotice error={found.error} retry={() => void found.refetch()} />
  if (found.data.length === 0) return <Empty title={t('streams.empty')}>{t('streams.empty-lead')}</Empty>
  const columns: Column<IncomeStream>[] = [
    { id: 'name', title: t('streams.name'), main: true, cell: ({ name }) => <Said>{name}</Said> },
    { id: 'kind', title: t('streams.kind'), cell: ({ kind }) => t(`streams.kinds.${kind}`) },
  ]
  return (
    <Card flush>
      <Table label={t('nav.streams')} columns={columns} rows={found.data} keyOf={({ id }) => id} />
    </Card>
  )
}
