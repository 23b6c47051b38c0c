/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../../platform/i18n/index.ts'
import { firstName } from '../../../shared/arabic.ts'
import { Icon, type IconName } from '../../../storefront/components/icons.tsx'
import { moneyWords } from '../../../storefront/money-words.ts'
import type { OrderView } from './order-page.tsx'

/** What the buyer has to know first. */
export type OrderPageState =
  'ready' | 'free' | 'preparing' | 'pending' | 'processing' | 'declined' | 'cancelled' | 'refunded'

/** What the buyer has to know first, from the order, its newest payment and what was delivered. */
export function stateOf({ order, rights }: Pick<OrderView, 'order' | 'rights'>): OrderPageState {
  switch (order.status) {
    case 'pending':
      return pendingState(order.payment?.status)
    case 'cancelled':
      return 'cancelled'
    case 'refunded':
      return 'refunded'
    case 'paid':
    case 'partially-refunded':
      if (rights.length < order.lines.length) return 'preparing'
      return order.payment === null ? 'free' : 'ready'
  }
}

function pendingState(payment: string | undefined): OrderPageState {
  if (payment === 'processing') return 'processing'
  return payment === 'declined' || payment === 'cancelled' ? 'declined' : 'pending'
}

const looks: Readonly<Record<OrderPageState, { icon: IconName; tone: string }>> = {
  ready: { icon: 'check', tone: 'state' },
  free: { icon: 'check', tone: 'state' },
  preparing: { icon: 'check', tone: 'state' },
  pending: { icon: 'clock', tone: 'state wait' },
  processing: { icon: 'clock', tone: 'state wait' },
  declined: { icon: 'close', tone: 'state no' },
  cancelled: { icon: 'close', tone: 'state no' },
  refunded: { icon: 'refresh', tone: 'state' },
}

/** The head of the order's page: where things stand, in words, and what the buyer can do about it. */
export function OrderState({ view, state }: { view: OrderView; state: OrderPageState }): JSX.Element {
  const { seen, order, key } = view
  const { locale, paths } = seen
  const { icon, tone } = looks[state]
  const payable = state === 'pending' || state === 'declined'
  const retry = `${paths.order(order.id, key).replace('?', '/payments?')}`
  return (
    <div class={tone}>
      <Icon name={icon} />
      <div>
        <p class="small">{t(locale, 'storefront.order.number', { number: order.number })}</p>
        <h1>{headline(view, state)}</h1>
        <p class="lead">{explanation(view, state)}</p>
        {order.status === 'partially-refunded' && (
          <p>
            {t(locale, 'storefront.order.partially-refunded', { amount: moneyWords(order.refunded, locale) })}
          </p>
        )}
        {payable && (
          <form method="post" action={retry} class="row">
            <button class="button">
              {t(locale, `storefront.order.${state === 'declined' ? 'retry' : 'pay'}`)}
            </button>
          </form>
        )}
        {state === 'cancelled' && (
          <p class="row">
            <a class="button" href={paths.home}>
              {t(locale, 'storefront.nav.all-products')}
            </a>
          </p>
        )}
      </div>
    </div>
  )
}

function headline({ seen: { locale }, order }: OrderView, state: OrderPageState): string {
  switch (state) {
    case 'ready':
    case 'free':
    case 'preparing': {
      const name = firstName(order.buyerName)
      return name === ''
        ? t(locale, 'storefront.order.thanks')
        : t(locale, 'storefront.order.thanks-name', { name })
    }
    case 'pending':
    case 'processing':
    case 'declined':
    case 'cancelled':
    case 'refunded':
      return t(locale, `storefront.order.${state}-title`)
  }
}

function explanation({ seen: { locale }, order }: OrderView, state: OrderPageState): string {
  const { email } = order
  switch (state) {
    case 'ready':
      return t(locale, 'storefront.order.paid', { email })
    case 'free':
      return t(locale, 'storefront.order.paid-free', { email })
    case 'processing':
      return t(locale, 'storefront.order.processing', { email })
    case 'refunded':
      return t(locale, 'storefront.order.refunded', { amount: moneyWords(order.refunded, locale) })
    case 'preparing':
    case 'pending':
    case 'declined':
    case 'cancelled':
      return t(locale, `storefront.order.${state}`)
  }
}
