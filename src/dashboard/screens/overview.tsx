import { useInfiniteQuery, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState, type ReactNode } from 'react'
import { productsQuery, storeQuery, type Store } from '../api/catalog.ts'
import { latestOrdersQuery, paidSinceQuery } from '../api/checkout.ts'
import { useRight, useSession } from '../api/session.ts'
import type { CurrencyCode } from '../../shared/currencies.ts'
import { usePerson } from '../text/person.tsx'
import { Segments } from '../ui/segments.tsx'
import { Card, PageHead } from '../ui/page.tsx'
import { Badge, Empty, Ghost, ProblemNotice } from '../ui/show.tsx'
import { OrderTable } from './orders/order-table.tsx'
import { FirstSale } from './overview/first-sale.tsx'
import { IncomeChart } from './overview/income-chart.tsx'
import { changeOf, incomeByDay, lastDays, sumOf } from './overview/income.ts'
import { NeedsDoing } from './overview/needs-doing.tsx'

const shownDays = 30

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
      {hasOrder && <Income store={store} />}
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
        <NeedsDoing store={store} products={all ?? []} />
      </div>
    </>
  )
}

function Income({ store }: { store: Store }): ReactNode {
  const { t, money, percent, number } = usePerson()
  const [chosen, setChosen] = useState<CurrencyCode | undefined>(undefined)
  const currency = chosen ?? store.currencies[0] ?? 'SAR'
  const { timeZone } = store
  const days = useMemo(() => lastDays(2 * shownDays, new Date(), timeZone), [timeZone])
  const since = useQuery(paidSinceQuery(`${days[0] ?? ''}T00:00:00.000Z`))
  const income = incomeByDay(since.data?.paid ?? [], { days, currency, timeZone })
  const [before, now] = [income.slice(0, shownDays), income.slice(shownDays)]
  const [past, sum] = [sumOf(before), sumOf(now)]
  const change = changeOf(sum.amountMinor, past.amountMinor)
  return (
    <Card
      title={t('overview.income-30')}
      actions={
        store.currencies.length > 1 && (
          <Segments
            label={t('overview.currency')}
            choices={store.currencies.map((id) => ({ id, label: id }))}
            value={currency}
            onChange={setChosen}
          />
        )
      }
    >
      <ProblemNotice error={since.error} retry={() => void since.refetch()} />
      <dl className="figures">
        <div>
          <dt className="muted small">{t('overview.income')}</dt>
          <dd className="value">
            <bdi>{money({ amount: sum.amountMinor.toString(), currency })}</bdi>
          </dd>
          {change !== undefined && (
            <dd>
              <Badge tone={change >= 0 ? 'good' : 'warm'}>
                {t(change >= 0 ? 'overview.more' : 'overview.less', { share: percent(Math.abs(change)) })}
              </Badge>
            </dd>
          )}
        </div>
        <div>
          <dt className="muted small">{t('overview.sales')}</dt>
          <dd className="value">{number(sum.orders)}</dd>
          <dd className="muted small">{t('overview.sales-before', { count: past.orders })}</dd>
        </div>
      </dl>
      {since.isPending ? <Ghost lines={4} /> : <IncomeChart days={now} currency={currency} />}
      {since.data?.complete === false && <p className="hint">{t('overview.not-all')}</p>}
    </Card>
  )
}
