import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { accountsQuery, statementQuery, type Account, type StatementLine } from '../../api/ledger.ts'
import { sortIn } from '../../search.ts'
import { usePerson } from '../../text/person.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { Amount, Empty, Ghost, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column, type Sorting } from '../../ui/table.tsx'
import { BalanceThen } from './balance-then.tsx'
import { EntryKind } from './entry-kind.tsx'
import { Holds } from './holds.tsx'
import { isDebit, onNormalSide } from './sides.ts'

const sorts = ['-recorded', 'recorded'] as const

/** All that moved on one account, with the balance after each. */
export function StatementScreen(): ReactNode {
  const { t, pick } = usePerson()
  const { code, currency } = useParams({ from: '/inside/ledger/accounts/$code/$currency' })
  const { data } = useSuspenseQuery(accountsQuery)
  const account = data.items.find((one) => one.code === code && one.currency === currency)
  const sort = sortIn(sorts, useSearch({ from: '/inside/ledger/accounts/$code/$currency' }).sort)
  const navigate = useNavigate({ from: '/ledger/accounts/$code/$currency' })
  const found = useInfiniteQuery(statementQuery({ account: code, currency }, sort))
  const lines = found.data?.pages.flatMap(({ items }) => items) ?? []
  const title = account === undefined ? code : `${pick(account.name)} · ${currency}`
  return (
    <>
      <PageHead
        title={<Said>{title}</Said>}
        name={title}
        back={{ to: '/ledger', label: t('nav.ledger') }}
        actions={
          lines.length > 0 && (
            <FileButton
              path="/exports/statement"
              name={`${title}.csv`}
              query={{ account: code, currency, sort }}
            >
              {t('list.export')}
            </FileButton>
          )
        }
        lead={
          <span className="row">
            <bdi dir="ltr" className="code">
              {code}
            </bdi>
            {account !== undefined && (
              <span>
                {t('ledger.balance-now')} <Amount of={account.normal} />
              </span>
            )}
          </span>
        }
      />
      {account !== undefined && <BalanceThen account={account} />}
      {account !== undefined && hasHolds(account) && <Holds account={account} />}
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending ? (
        <Ghost lines={6} />
      ) : lines.length === 0 ? (
        <Empty title={t('ledger.no-lines')} />
      ) : (
        <Card flush>
          <Lines
            title={title}
            lines={lines}
            account={account}
            sorting={{
              value: sort,
              onChange: (id) =>
                void navigate({
                  search: id === sorts[0] ? {} : { sort: id },
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
      )}
    </>
  )
}

function hasHolds({ pendingDebit, pendingCredit }: Account): boolean {
  return pendingDebit.amount !== '0' || pendingCredit.amount !== '0'
}

function Lines(props: {
  title: string
  lines: readonly StatementLine[]
  account: Account | undefined
  sorting: Sorting
}): ReactNode {
  const { title, lines, account, sorting } = props
  const { t } = usePerson()
  const columns: Column<StatementLine>[] = [
    {
      id: 'what',
      title: t('ledger.what'),
      main: true,
      cell: ({ entryId, kind, memo }) => (
        <span className="stack" style={{ gap: 0 }}>
          <Link to="/ledger/entries/$entryId" params={{ entryId }} className="whole">
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
    { id: 'when', title: t('ledger.effective'), cell: ({ effectiveAt }) => <Time at={effectiveAt} exact /> },
    {
      id: 'recorded',
      title: t('ledger.recorded'),
      cell: ({ recordedAt }) => <Time at={recordedAt} exact />,
      sort: { by: 'recorded', up: t('list.oldest'), down: t('list.newest') },
    },
    {
      id: 'debit',
      title: t('ledger.debit'),
      figure: true,
      cell: ({ amount }) => isDebit(amount) && <Amount of={amount} />,
    },
    {
      id: 'credit',
      title: t('ledger.credit'),
      figure: true,
      cell: ({ amount }) => !isDebit(amount) && <Amount of={{ ...amount, amount: amount.amount.slice(1) }} />,
    },
    {
      id: 'balance',
      title: t('ledger.balance-after'),
      figure: true,
      cell: ({ balance }) => <Amount of={account === undefined ? balance : onNormalSide(account, balance)} />,
    },
  ]
  return (
    <Table
      label={title}
      columns={columns}
      rows={lines}
      keyOf={({ version }) => version}
      linked
      sorting={sorting}
    />
  )
}
