import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, type ReactNode } from 'react'
import { storeQuery } from '../../api/catalog.ts'
import { chartQuery, entriesQuery, type Entry } from '../../api/ledger.ts'
import { sortIn } from '../../search.ts'
import { usePerson } from '../../text/person.tsx'
import { SearchSelect, Select } from '../../ui/choice-fields.tsx'
import { TextField } from '../../ui/fields.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Card } from '../../ui/page.tsx'
import { Amount, Empty, Ghost, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column, type Sorting } from '../../ui/table.tsx'
import { Views } from '../../ui/views.tsx'
import { EntryKind } from './entry-kind.tsx'
import { StreamName } from './streams.tsx'
import { turnoverOf } from './turnover.ts'

const kinds = [
  'all',
  'sale',
  'refund',
  'manual',
  'reversal',
  'exchange',
  'surplus-payment',
  'surplus-refund',
] as const

const sorts = ['-recorded', 'recorded'] as const

/** All entries, the newest first unless told, narrowed by kind, account and days. */
export function JournalScreen(): ReactNode {
  const { t } = usePerson()
  const search = useSearch({ from: '/inside/ledger-frame/ledger/journal' })
  const { kind, account, stream, source, from, to } = search
  const navigate = useNavigate({ from: '/ledger/journal' })
  const [sourceKind, sourceId] = source?.split('/', 2) ?? []
  const { timeZone } = useSuspenseQuery(storeQuery).data
  const sort = sortIn(sorts, search.sort)
  const filter = { kind, account, stream, sourceKind, sourceId, from, to, sort, timeZone }
  const found = useInfiniteQuery(entriesQuery(filter))
  const entries = found.data?.pages.flatMap(({ items }) => items) ?? []
  const filtered = Object.keys(search).some((name) => name !== 'sort')
  return (
    <>
      <Views
        screen="journal"
        search={search}
        onOpen={(view) => void navigate({ search: view, replace: true, resetScroll: false })}
      />
      <Filters />
      {(stream !== undefined || source !== undefined) && <About />}
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending ? (
        <Ghost lines={6} />
      ) : entries.length > 0 ? (
        <Card
          title={t('ledger.tab.journal')}
          flush
          actions={
            <FileButton path="/exports/journal" name={`${t('ledger.tab.journal')}.csv`} query={filter}>
              {t('list.export')}
            </FileButton>
          }
        >
          <EntryList
            entries={entries}
            sorting={{
              value: sort,
              onChange: (id) =>
                void navigate({
                  search: (before) => ({ ...before, sort: id === sorts[0] ? '' : id }),
                  replace: true,
                  resetScroll: false,
                }),
            }}
          />
          <More
            hasMore={found.hasNextPage}
            isPending={found.isFetchingNextPage}
            onMore={() => void found.fetchNextPage()}
          />
        </Card>
      ) : (
        found.error === null && (
          <Empty title={t(filtered ? 'ledger.none-found' : 'ledger.empty')}>
            {t(filtered ? 'ledger.none-found-detail' : 'ledger.empty-detail')}
          </Empty>
        )
      )}
    </>
  )
}

/** What else narrows the list, and the way out of it. */
function About(): ReactNode {
  const { t } = usePerson()
  const { stream, source } = useSearch({ from: '/inside/ledger-frame/ledger/journal' })
  const [kind = '', id = ''] = stream?.split('/', 2) ?? []
  return (
    <div className="row">
      <span>
        {stream === undefined ? (
          t('ledger.of-source')
        ) : (
          <>
            {t('ledger.of-stream')} <StreamName stream={{ kind, id }} />
          </>
        )}
        {stream !== undefined && source !== undefined && ` · ${t('ledger.of-source')}`}
      </span>
      <Link to="/ledger/journal">{t('ledger.show-all')}</Link>
    </div>
  )
}

function Filters(): ReactNode {
  const { t, pick } = usePerson()
  const { kind, account, from, to } = useSearch({ from: '/inside/ledger-frame/ledger/journal' })
  const navigate = useNavigate({ from: '/ledger/journal' })
  const { data } = useSuspenseQuery(chartQuery)
  const accounts = useMemo(() => {
    const chart = data.items.map(({ code, name }) => ({ id: code, label: `${code} · ${pick(name)}` }))
    return [{ id: '', label: t('ledger.any-account') }, ...chart]
  }, [data, pick, t])
  const put = (change: { kind?: string; account?: string; from?: string; to?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  return (
    <div className="columns">
      <Select
        label={t('ledger.kind.label')}
        choices={kinds.map((id) => ({ id, label: t(`ledger.kind.${id}`) }))}
        value={kinds.find((id) => id === kind) ?? 'all'}
        onChange={(id) => put({ kind: id === 'all' ? '' : id })}
      />
      <SearchSelect
        label={t('ledger.account')}
        choices={accounts}
        value={account ?? ''}
        onChange={(id) => put({ account: id })}
      />
      <TextField
        label={t('ledger.from')}
        type="date"
        direction="ltr"
        value={from ?? ''}
        onChange={(day) => put({ from: day })}
      />
      <TextField
        label={t('ledger.to')}
        type="date"
        direction="ltr"
        value={to ?? ''}
        onChange={(day) => put({ to: day })}
      />
    </div>
  )
}

function EntryList({ entries, sorting }: { entries: readonly Entry[]; sorting: Sorting }): ReactNode {
  const { t } = usePerson()
  const columns: Column<Entry>[] = [
    {
      id: 'what',
      title: t('ledger.what'),
      main: true,
      cell: ({ id, kind, memo }) => (
        <span className="stack" style={{ gap: 0 }}>
          <Link to="/ledger/entries/$entryId" params={{ entryId: id }} className="whole">
            <EntryKind kind={kind} />
          </Link>
          {memo !== '' && (
            <span className="muted small">
              <Said>{memo}</Said>
            </span>
          )}
        </span>
      ),
    },
    { id: 'when', title: t('ledger.effective'), cell: ({ effectiveAt }) => <Time at={effectiveAt} /> },
    {
      id: 'recorded',
      title: t('ledger.recorded'),
      desk: true,
      cell: ({ recordedAt }) => <Time at={recordedAt} />,
      sort: { by: 'recorded', up: t('list.oldest'), down: t('list.newest') },
    },
    {
      id: 'amount',
      title: t('ledger.amount'),
      figure: true,
      cell: ({ postings }) =>
        turnoverOf(postings).map((sum) => (
          <div key={sum.currency}>
            <Amount of={sum} />
          </div>
        )),
    },
  ]
  return (
    <Table
      label={t('ledger.tab.journal')}
      columns={columns}
      rows={entries}
      keyOf={({ id }) => id}
      linked
      compact
      sorting={sorting}
    />
  )
}
