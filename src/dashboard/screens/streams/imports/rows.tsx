import { useInfiniteQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { importRowsQuery, type ImportRow, type RowFate, type StreamImport } from '../../../api/imports.ts'
import { usePerson, useText } from '../../../text/person.tsx'
import { Card } from '../../../ui/page.tsx'
import { Segments } from '../../../ui/segments.tsx'
import { Amount, Badge, Ghost, ProblemNotice, Said, type Tone } from '../../../ui/show.tsx'
import { More, Table, type Column } from '../../../ui/table.tsx'
import { useDayIn } from './calendar-notice.tsx'
import { reasonKey } from './preview.tsx'

const tones: Readonly<Record<RowFate, Tone>> = {
  new: 'accent',
  posted: 'good',
  duplicate: 'plain',
  skipped: 'plain',
  problem: 'bad',
  undone: 'plain',
}

const before: readonly RowFate[] = ['problem', 'new', 'duplicate', 'skipped']
const after: readonly RowFate[] = ['posted', 'duplicate', 'skipped', 'problem', 'undone']

/** Each row of the file, with what becomes or became of it. */
export function ImportRows({ of: one }: { of: StreamImport }): ReactNode {
  const t = useText()
  const [fate, setFate] = useState<RowFate | 'all'>('all')
  const found = useInfiniteQuery(importRowsQuery(one.id, fate === 'all' ? undefined : fate, one.state))
  const rows = found.data?.pages.flatMap(({ items }) => items) ?? []
  const fates = one.state === 'ready' ? before : after
  const choices = (['all', ...fates] as const).map((id) => ({
    id,
    label: id === 'all' ? t('imports.all') : t(`imports.fate.${id}`),
  }))
  return (
    <Card title={t('imports.rows')} flush>
      <div style={{ padding: '0 var(--s4) var(--s3)' }}>
        <Segments label={t('imports.fate.label')} choices={choices} value={fate} onChange={setFate} />
      </div>
      <ProblemNotice error={found.error} />
      {found.isPending ? (
        <Ghost lines={6} />
      ) : rows.length === 0 ? (
        <p className="muted" style={{ padding: '0 var(--s4) var(--s4)' }}>
          {t('imports.no-rows')}
        </p>
      ) : (
        <RowTable rows={rows} hijri={one.preview?.calendar === 'hijri'} />
      )}
      <More
        hasMore={found.hasNextPage}
        isPending={found.isFetchingNextPage}
        onMore={() => void found.fetchNextPage()}
      />
    </Card>
  )
}

function RowTable({ rows, hijri }: { rows: readonly ImportRow[]; hijri: boolean }): ReactNode {
  const { t, number, date } = usePerson()
  const dayIn = useDayIn()
  const columns: Column<ImportRow>[] = [
    { id: 'line', title: t('imports.line'), figure: true, cell: ({ line }) => number(line) },
    {
      id: 'fate',
      title: t('imports.fate.label'),
      cell: ({ fate, reason, cell }) => (
        <span className="stack" style={{ gap: 0, justifyItems: 'start' }}>
          <Badge tone={tones[fate]}>{t(`imports.fate.${fate}`)}</Badge>
          {reason !== null && <span className="small">{t(reasonKey(reason))}</span>}
          {cell !== '' && (
            <span className="muted small">
              <Said>{cell}</Said>
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'day',
      title: t('imports.day'),
      cell: ({ day }) =>
        day === null ? (
          '—'
        ) : hijri ? (
          <span className="stack" style={{ gap: 0 }}>
            <span>{dayIn(day, 'gregorian')}</span>
            <span className="muted small">{dayIn(day, 'hijri')}</span>
          </span>
        ) : (
          date(`${day}T12:00:00`)
        ),
    },
    {
      id: 'what',
      title: t('imports.what'),
      main: true,
      cell: ({ what, payer }) => (
        <span className="stack" style={{ gap: 0 }}>
          <span>
            <Said>{what === '' ? '—' : what}</Said>
          </span>
          {payer !== '' && (
            <span className="muted small">
              <Said>{payer}</Said>
            </span>
          )}
        </span>
      ),
    },
    {
      id: 'amount',
      title: t('imports.amount'),
      figure: true,
      cell: ({ amount }) => (amount === null ? '—' : <Amount of={amount} />),
    },
    {
      id: 'fee',
      title: t('imports.kind.fee'),
      figure: true,
      cell: ({ fee }) => (fee === null || fee.amount === '0' ? '—' : <Amount of={fee} />),
    },
  ]
  return <Table label={t('imports.rows')} columns={columns} rows={rows} keyOf={({ line }) => String(line)} />
}
