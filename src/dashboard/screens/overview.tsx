import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { productsQuery, storeQuery } from '../api/catalog.ts'
import { latestOrdersQuery } from '../api/checkout.ts'
import { useRight, useSession } from '../api/session.ts'
import { usePerson } from '../text/person.tsx'
import { Card, PageHead } from '../ui/page.tsx'
import { Empty, Ghost, ProblemNotice } from '../ui/show.tsx'
import { OrderTable } from './orders/order-table.tsx'
import { FirstSale } from './overview/first-sale.tsx'
import { IncomeCard } from './overview/income-card.tsx'
import { NeedsDoing } from './overview/needs-doing.tsx'
import { NextSteps } from './overview/next-steps.tsx'

/** How the store does, what waits, and what to do next. */
export function OverviewScreen(): ReactNode {
  const { t } = usePerson()
  const { person } = useSession()
  const mayReadOrders = useRight('orders:read')
  const { data: store } = useSuspenseQuery(storeQuery)
  const products = useInfiniteQuery(productsQuery({}))
  const latest = useQuery({ ...latestOrdersQuery, enabled: mayReadOrders })
  const all = products.data?.pages.flatMap(({ items }) => items)
  const hasOrder = (latest.data?.items.length ?? 0) > 0
  return (
    <>
      <PageHead title={t('overview.welcome', { name: person.name })} name={t('nav.overview')} />
      {all !== undefined && (latest.isSuccess || !mayReadOrders) && (
        <FirstSale store={store} products={all} hasOrder={hasOrder} />
      )}
      {hasOrder && <IncomeCard store={store} />}
      <div className="split">
        <Card
          title={t('overview.latest')}
          flush
          actions={hasOrder && <Link to="/orders">{t('overview.all-orders')}</Link>}
        >
          <ProblemNotice error={latest.error} retry={() => void latest.refetch()} />
          {latest.isPending && mayReadOrders ? (
            <div style={{ padding: 'var(--s4) var(--s5)' }}>
              <Ghost lines={4} />
            </div>
          ) : hasOrder ? (
            <OrderTable orders={latest.data?.items ?? []} />
          ) : (
            <Empty title={t('orders.empty')}>{t('orders.empty-detail')}</Empty>
          )}
        </Card>
        <div className="stack loose">
          <NeedsDoing store={store} />
          {hasOrder && all !== undefined && <NextSteps store={store} products={all} />}
        </div>
      </div>
    </>
  )
}
