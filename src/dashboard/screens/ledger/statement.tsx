import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { accountsQuery, statementQuery, type StatementLine } from '../../api/ledger.ts'
import { usePerson } from '../../text/person.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { Amount, Empty, Ghost, ProblemNotice, Said, Time } from '../../ui/show.tsx'
import { More, Table, type Column } from '../../ui/table.tsx'
import { BalanceThen } from './balance-then.tsx'
import { EntryKind } from './entry-kind.tsx'
import { isDebit, onNormalSide } from './sides.ts'

/** All that moved on one account, with the balance after each. */
export function StatementScreen(): ReactNode {
  const { t, pick } = usePerson()
  const { code, currency } = useParams({ from: '/inside/ledger/accounts/$code/$currency' })
  const { data } = useSuspenseQuery(accountsQuery)
  const account = data.items.find((one) => one.code === code && one.currency === currency)
  const found = useInfiniteQuery(statementQuery(code, currency))
  const lines = found.data?.pages.flatMap(({ items }) => items) ?? []
  const title = account === undefined ? code : `${pick(account.name)} · ${currency}`
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
    <>
      <PageHead
        title={<Said>{title}</Said>}
        name={title}
        back={{ to: '/ledger', label: t('nav.ledger') }}
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
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending ? (
        <Ghost lines={6} />
      ) : lines.length === 0 ? (
        <Empty title={t('ledger.no-lines')} />
      ) : (
        <Card flush>
          <Table label={title} columns={columns} rows={lines} keyOf={({ version }) => version} linked />
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
