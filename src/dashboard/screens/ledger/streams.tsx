import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { productQuery } from '../../api/catalog.ts'
import { streamsQuery, type ReportQuery, type StreamResult } from '../../api/ledger.ts'
import { usePerson } from '../../text/person.tsx'
import { Card } from '../../ui/page.tsx'
import { Amount, Empty, Ghost, ProblemNotice, Said } from '../../ui/show.tsx'
import { Table, type Column } from '../../ui/table.tsx'

/** What each stream earned and cost in a period, the greatest result first. */
export function StreamsReport({ query, title }: { query: ReportQuery; title: string }): ReactNode {
  const { t } = usePerson()
  const found = useQuery(streamsQuery(query))
  const columns: Column<StreamResult>[] = [
    {
      id: 'stream',
      title: t('ledger.stream'),
      main: true,
      cell: (row) => <StreamName stream={row.stream} />,
    },
    { id: 'income', title: t('ledger.type.income'), figure: true, cell: (row) => <Amount of={row.income} /> },
    {
      id: 'expenses',
      title: t('ledger.type.expense'),
      figure: true,
      cell: (row) => <Amount of={row.expenses} />,
    },
    { id: 'result', title: t('ledger.result'), figure: true, cell: (row) => <Amount of={row.result} /> },
  ]
  if (found.error !== null) return <ProblemNotice error={found.error} retry={() => void found.refetch()} />
  if (found.isPending) return <Ghost lines={6} />
  const rows = found.data.items
  if (rows.length === 0) return <Empty title={t('ledger.empty')}>{t('ledger.empty-detail')}</Empty>
  return (
    <Card title={title} flush>
      <Table
        label={title}
        columns={columns}
        rows={rows}
        keyOf={({ stream, result }) => `${stream?.kind ?? ''}/${stream?.id ?? ''} ${result.currency}`}
      />
    </Card>
  )
}

/** What a posting is about, by its name, leading to its entries. */
export function StreamName({ stream }: { stream: StreamResult['stream'] }): ReactNode {
  const { t } = usePerson()
  if (stream === null) return <span className="muted">{t('ledger.no-stream')}</span>
  const search = { stream: `${stream.kind}/${stream.id}` }
  return (
    <Link to="/ledger/journal" search={search}>
      {stream.kind === 'product' ? (
        <ProductName id={stream.id} />
      ) : (
        <Said>{`${stream.kind} ${stream.id}`}</Said>
      )}
    </Link>
  )
}

function ProductName({ id }: { id: string }): ReactNode {
  const { t, pick } = usePerson()
  const { data } = useQuery({ ...productQuery(id), retry: false })
  return data === undefined ? t('ledger.stream-product') : <Said>{pick(data.title)}</Said>
}
