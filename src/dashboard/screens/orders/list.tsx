import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ordersQuery } from '../../api/checkout.ts'
import { useText } from '../../text/person.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Empty, Ghost, ProblemNotice } from '../../ui/show.tsx'
import { More } from '../../ui/table.tsx'
import { OrderTable } from './order-table.tsx'

const states = ['all', 'paid', 'pending', 'partially-refunded', 'refunded', 'cancelled'] as const

/** All orders. */
export function OrdersScreen(): ReactNode {
  const t = useText()
  const { q = '', state: wanted } = useSearch({ from: '/inside/orders' })
  const navigate = useNavigate({ from: '/orders' })
  const state = states.find((known) => known === wanted) ?? 'all'
  const found = useInfiniteQuery(
    ordersQuery({ status: state === 'all' ? undefined : state, search: q === '' ? undefined : q }),
  )
  const orders = found.data?.pages.flatMap(({ items }) => items) ?? []
  const search = (change: { q?: string; state?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  return (
    <>
      <PageHead title={t('nav.orders')} />
      <div className="row">
        <SearchField label={t('orders.search')} value={q} onChange={(text) => search({ q: text })} />
        <Segments
          label={t('orders.state-filter')}
          choices={states.map((id) => ({ id, label: t(`orders.state.${id}`) }))}
          value={state}
          onChange={(id) => search({ state: id === 'all' ? '' : id })}
        />
      </div>
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending ? (
        <Ghost lines={6} />
      ) : orders.length > 0 ? (
        <Card flush>
          <OrderTable orders={orders} />
          <More
            hasMore={found.hasNextPage}
            isPending={found.isFetchingNextPage}
            onMore={() => void found.fetchNextPage()}
          />
        </Card>
      ) : (
        found.error === null && <NoOrders searching={q !== '' || state !== 'all'} />
      )}
    </>
  )
}

function NoOrders({ searching }: { searching: boolean }): ReactNode {
  const t = useText()
  if (searching) return <Empty title={t('orders.none-found')}>{t('orders.none-found-detail')}</Empty>
  return (
    <Empty
      title={t('orders.empty')}
      action={
        <Link to="/products" className={buttonClass('primary')}>
          {t('orders.empty-action')}
        </Link>
      }
    >
      {t('orders.empty-detail')}
    </Empty>
  )
}
