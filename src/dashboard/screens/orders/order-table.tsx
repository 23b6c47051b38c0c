import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { OrderSummary } from '../../api/checkout.ts'
import { useText } from '../../text/person.tsx'
import { Amount, Said, Time } from '../../ui/show.tsx'
import { Table, type Column, type Selection, type Sorting } from '../../ui/table.tsx'
import { OrderBadge } from './order-badge.tsx'

/** Orders in a table, each leading to its page. */
export function OrderTable(props: {
  orders: readonly OrderSummary[]
  sorting?: Sorting
  selection?: Selection<OrderSummary>
}): ReactNode {
  const { orders, sorting, selection } = props
  const t = useText()
  const columns: Column<OrderSummary>[] = [
    {
      id: 'number',
      title: t('orders.number'),
      main: true,
      cell: ({ id, number, buyerName, email }) => (
        <span className="stack" style={{ gap: 0 }}>
          <Link to="/orders/$orderId" params={{ orderId: id }} className="whole">
            <bdi dir="ltr">{number}</bdi>
          </Link>
          <span className="muted small">
            <Said>{buyerName === '' ? email : buyerName}</Said>
          </span>
        </span>
      ),
    },
    { id: 'state', title: t('orders.state.label'), cell: ({ status }) => <OrderBadge status={status} /> },
    {
      id: 'placed',
      title: t('orders.placed'),
      cell: ({ placedAt }) => <Time at={placedAt} />,
      sort: { by: 'placed', up: t('list.oldest'), down: t('list.newest') },
    },
    {
      id: 'total',
      title: t('orders.total'),
      figure: true,
      cell: ({ total }) => <Amount of={total} />,
      sort: { by: 'total', up: t('list.smallest'), down: t('list.largest') },
    },
  ]
  return (
    <Table
      label={t('nav.orders')}
      columns={columns}
      rows={orders}
      keyOf={({ id }) => id}
      linked
      compact
      {...(sorting === undefined ? {} : { sorting })}
      {...(selection === undefined ? {} : { selection })}
    />
  )
}
