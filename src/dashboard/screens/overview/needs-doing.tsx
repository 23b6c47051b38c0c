import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import type { Product, Store } from '../../api/catalog.ts'
import { ordersInQuestionQuery } from '../../api/checkout.ts'
import { troubledMessagesQuery } from '../../api/messages.ts'
import { useRight } from '../../api/session.ts'
import { statusQuery } from '../../api/status.ts'
import { endpointsQuery } from '../../api/webhooks.ts'
import { usePerson, useText } from '../../text/person.tsx'
import { Card } from '../../ui/page.tsx'
import { Said } from '../../ui/show.tsx'

const lowStock = 5

/** What waits for a person's hand: money first, then what buyers notice, then the server. */
export function NeedsDoing({ store, products }: { store: Store; products: readonly Product[] }): ReactNode {
  const t = useText()
  const items = [
    ...useMoneyInQuestion(),
    ...useTroubledMail(),
    ...useStock(products),
    ...useWebhooks(),
    ...useServer(),
    ...useDrafts(products),
    ...useTestOnly(store),
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

function useMoneyInQuestion(): ReactElement[] {
  const t = useText()
  const found = useQuery({ ...ordersInQuestionQuery, enabled: useRight('orders:read') }).data?.items ?? []
  return found.map(({ id, number }) => (
    <Link key={id} to="/orders/$orderId" params={{ orderId: id }}>
      {t('overview.mismatch')} <bdi dir="ltr">{number}</bdi>
    </Link>
  ))
}

function useTroubledMail(): ReactElement[] {
  const t = useText()
  const troubled = useQuery({ ...troubledMessagesQuery, enabled: useRight('messages:read') }).data ?? []
  return troubled.map((state) => (
    <Link key={state} to="/messages" search={{ state }}>
      {t(`overview.mail.${state}`)}
    </Link>
  ))
}

function useStock(products: readonly Product[]): ReactElement[] {
  const { t, pick } = usePerson()
  return products.flatMap(({ id, title, stock, status }) =>
    status !== 'published' || stock === null || stock.left > lowStock
      ? []
      : [
          <Link key={id} to="/products/$productId" params={{ productId: id }} search={{ tab: 'prices' }}>
            {stock.left === 0 ? t('overview.sold-out') : t('overview.scarce', { count: stock.left })}{' '}
            <Said>{pick(title)}</Said>
          </Link>,
        ],
  )
}

function useWebhooks(): ReactElement[] {
  const t = useText()
  const found = useQuery({ ...endpointsQuery, enabled: useRight('webhooks:read') }).data?.items ?? []
  return found
    .filter(({ state }) => state === 'paused' || state === 'gone')
    .map(({ id, url, description }) => (
      <Link key={id} to="/settings/webhooks/$endpointId" params={{ endpointId: id }}>
        {t('overview.webhook')} <Said ltr={description === ''}>{description === '' ? url : description}</Said>
      </Link>
    ))
}

/** The server speaks for itself, in the reader's language; only its operator hears it. */
function useServer(): ReactElement[] {
  const found = useQuery({ ...statusQuery, enabled: useRight('store:write'), refetchInterval: false }).data
  return (found?.findings ?? [])
    .filter(({ state, check }) => state !== 'good' && check !== 'mail')
    .map(({ check, name, says }) => (
      <Link key={`server ${check} ${says}`} to="/settings/status">
        {name}: {says}
      </Link>
    ))
}

function useDrafts(products: readonly Product[]): ReactElement[] {
  const t = useText()
  const mayWrite = useRight('products:write')
  const drafts = products.filter(({ status }) => status === 'draft')
  const priceless = drafts.filter(({ prices }) => prices.length === 0).length
  const priced = drafts.length - priceless
  const link = (key: string, text: string) => (
    <Link key={key} to="/products" search={{ state: 'draft' }}>
      {text}
    </Link>
  )
  if (!mayWrite) return []
  return [
    ...(priceless === 0 ? [] : [link('no-price', t('overview.no-price', { count: priceless }))]),
    ...(priced === 0 ? [] : [link('drafts', t('overview.drafts', { count: priced }))]),
  ]
}

function useTestOnly(store: Store): ReactElement[] {
  const t = useText()
  if (!store.providers.every((name) => name === 'test')) return []
  return [
    <Link key="test" to="/settings/payments">
      {t('overview.test-only')}
    </Link>,
  ]
}
