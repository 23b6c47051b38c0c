import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { OrderStory } from '../../api/checkout.ts'
import { usePerson } from '../../text/person.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { Amount, Said } from '../../ui/show.tsx'

/** What was bought, and the sums below. */
export function OrderLines({ order }: { order: OrderStory }): ReactNode {
  const { t, pick, number, percent } = usePerson()
  const tax = t('orders.tax', { rate: percent(order.taxRateBps / 10_000) })
  const refunded = order.refunded.amount !== '0'
  return (
    <Scroll label={t('orders.lines')}>
      <table className="table" aria-label={t('orders.lines')}>
        <thead>
          <tr>
            <th scope="col">{t('orders.product')}</th>
            <th scope="col" className="figure">
              {t('orders.unit')}
            </th>
            <th scope="col" className="figure">
              {t('orders.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.line}>
              <td>
                <Link to="/products/$productId" params={{ productId: line.productId }}>
                  <Said>{pick(line.title)}</Said>
                </Link>
                {line.quantity > 1 && <span className="muted nowrap"> × {number(line.quantity)}</span>}
                {line.refunded.amount !== '0' && (
                  <div className="small muted">
                    {t('orders.line-refunded')} <Amount of={line.refunded} />
                  </div>
                )}
              </td>
              <td className="figure">
                <Amount of={line.unit} />
              </td>
              <td className="figure">
                <Amount of={line.total} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {order.tax.amount !== '0' && (
            <>
              <Sum label={t('orders.net')} amount={order.net} />
              <Sum label={tax} amount={order.tax} />
            </>
          )}
          <Sum label={t('orders.total')} amount={order.total} strong />
          {refunded && (
            <Sum
              label={t('orders.refunded')}
              amount={{ ...order.refunded, amount: `-${order.refunded.amount}` }}
            />
          )}
        </tfoot>
      </table>
    </Scroll>
  )
}

function Sum(props: { label: string; amount: OrderStory['total']; strong?: boolean }): ReactNode {
  const { label, amount, strong = false } = props
  return (
    <tr className={strong ? 'strong' : ''}>
      <th scope="row" colSpan={2}>
        {label}
      </th>
      <td className="figure">
        <Amount of={amount} />
      </td>
    </tr>
  )
}
