import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { MailPlus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { orderSorts, ordersQuery, resendReceipt, type OrderSummary } from '../../api/checkout.ts'
import { newKey } from '../../api/client-key.ts'
import { useRight } from '../../api/session.ts'
import { endOfDay, startOfDay } from '../../days.ts'
import { sortIn } from '../../search.ts'
import { useText } from '../../text/person.tsx'
import { BulkBar } from '../../ui/bulk.tsx'
import { buttonClass } from '../../ui/button.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Card, PageHead } from '../../ui/page.tsx'
import { Empty, Ghost, ProblemNotice } from '../../ui/show.tsx'
import { More, type Sorting } from '../../ui/table.tsx'
import { Views } from '../../ui/views.tsx'
import { OrderFilters, orderStates, type OrdersSearch } from './order-filters.tsx'
import { OrderTable } from './order-table.tsx'

/** All orders: narrowed and sorted by the address, kept as views, taken along as a file. */
export function OrdersScreen(): ReactNode {
  const t = useText()
  const search: OrdersSearch = useSearch({ from: '/inside/orders' })
  const navigate = useNavigate({ from: '/orders' })
  const filter = filterOf(search)
  const found = useInfiniteQuery(ordersQuery(filter))
  const orders = found.data?.pages.flatMap(({ items }) => items) ?? []
  const change = (part: OrdersSearch) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  return (
    <>
      <PageHead
        title={t('nav.orders')}
        actions={
          orders.length > 0 && (
            <FileButton path="/exports/orders" name={`${t('nav.orders')}.csv`} query={filter}>
              {t('list.export')}
            </FileButton>
          )
        }
      />
      <Views
        screen="orders"
        search={search}
        onOpen={(view) => void navigate({ search: view, replace: true })}
      />
      <OrderFilters search={search} onChange={change} />
      <ProblemNotice error={found.error} retry={() => void found.refetch()} />
      {found.isPending ? (
        <Ghost lines={6} />
      ) : orders.length > 0 ? (
        <>
          <Card flush>
            <ChosenOrders
              orders={orders}
              sorting={{
                value: filter.sort,
                onChange: (sort) => change({ sort: sort === orderSorts[0] ? '' : sort }),
              }}
            />
            <More
              hasMore={found.hasNextPage}
              isPending={found.isFetchingNextPage}
              onMore={() => void found.fetchNextPage()}
            />
          </Card>
        </>
      ) : (
        found.error === null && (
          <NoOrders searching={Object.values({ ...search, sort: '' }).some((part) => part !== '')} />
        )
      )}
    </>
  )
}

function filterOf({ q, state, from, to, sort }: OrdersSearch) {
  const status = orderStates.find((known) => known === state && known !== 'all')
  return {
    status: status as OrderSummary['status'] | undefined,
    search: q === '' ? undefined : q,
    placedFrom: startOfDay(from),
    placedBefore: endOfDay(to),
    sort: sortIn(orderSorts, sort),
  }
}

/** The table, with receipts sent again for many at once. */
function ChosenOrders(props: { orders: readonly OrderSummary[]; sorting: Sorting }): ReactNode {
  const { orders } = props
  const t = useText()
  const queries = useQueryClient()
  const mayWrite = useRight('orders:write')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  if (!mayWrite) return <OrderTable {...props} />
  return (
    <>
      <OrderTable {...props} selection={{ chosen, onChange: setChosen, nameOf: ({ number }) => number }} />
      <BulkBar
        chosen={orders.filter(({ id }) => chosen.has(id)).map(({ id, number }) => ({ id, name: number }))}
        actions={[
          {
            id: 'receipt',
            label: t('orders.resend-receipt'),
            icon: MailPlus,
            one: (id) => resendReceipt(id, newKey()),
          },
        ]}
        onClear={() => setChosen(new Set())}
        onDone={() => void queries.invalidateQueries({ queryKey: ['messages'] })}
      />
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
