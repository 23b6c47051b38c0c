import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Product, Store } from '../../api/catalog.ts'
import { ordersInQuestionQuery } from '../../api/checkout.ts'
import { troubledMessagesQuery } from '../../api/messages.ts'
import { useRight } from '../../api/session.ts'
import { usePerson } from '../../text/person.tsx'
import { Card } from '../../ui/page.tsx'
import { Said } from '../../ui/show.tsx'

const lowStock = 5

/** What waits for a person's hand. */
export function NeedsDoing({ store, products }: { store: Store; products: readonly Product[] }): ReactNode {
  const { t, pick } = usePerson()
  const mayReadMail = useRight('messages:read')
  const troubled = useQuery({ ...troubledMessagesQuery, enabled: mayReadMail }).data ?? []
  const drafts = products.filter(({ status }) => status === 'draft')
  const scarce = products.filter(
    ({ status, stock }) => status === 'published' && stock !== null && stock.left <= lowStock,
  )
  const testOnly = store.providers.every((name) => name === 'test')
  const mayReadOrders = useRight('orders:read')
  const odd = useQuery({ ...ordersInQuestionQuery, enabled: mayReadOrders }).data?.items ?? []
  const items = [
    ...odd.map(({ id, number }) => (
      <Link key={id} to="/orders/$orderId" params={{ orderId: id }}>
        {t('overview.mismatch')} <bdi dir="ltr">{number}</bdi>
      </Link>
    )),
    ...troubled.map((state) => (
      <Link key={state} to="/messages" search={{ state }}>
        {t(`overview.mail.${state}`)}
      </Link>
    )),
    ...scarce.map(({ id, title, stock }) => (
      <Link key={id} to="/products/$productId" params={{ productId: id }} search={{ tab: 'prices' }}>
        {t('overview.scarce', { count: stock?.left ?? 0 })} <Said>{pick(title)}</Said>
      </Link>
    )),
    ...(drafts.length === 0
      ? []
      : [
          <Link key="drafts" to="/products" search={{ state: 'draft' }}>
            {t('overview.drafts', { count: drafts.length })}
          </Link>,
        ]),
    ...(testOnly
      ? [
          <Link key="test" to="/settings/payments">
            {t('overview.test-only')}
          </Link>,
        ]
      : []),
  ]
  return (
    <Card title={t('overview.needs')}>
      {items.length === 0 ? (
        <p className="row muted">
          <CircleCheck size={18} aria-hidden style={{ color: 'var(--good)' }} />
          {t('overview.nothing')}
        </p>
      ) : (
        <ul className="items">
          {items.map((item) => (
            <li key={item.key}>{item}</li>
          ))}
        </ul>
      )}
    </Card>
  )
}
