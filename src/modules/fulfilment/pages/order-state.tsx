/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../../platform/i18n/index.ts'
import type { Locale } from '../../../shared/locale.ts'
import { firstName } from '../../../shared/arabic.ts'
import { Icon, type IconName } from '../../../storefront/components/icons.tsx'
import { moneyWords } from '../../../storefront/money-words.ts'
import type { OrderView } from './order-page.tsx'

/** What the buyer has to know first. */
export type OrderPageState =
  | 'ready'
  | 'free'
  | 'preparing'
  | 'pending'
  | 'processing'
  | 'mismatch'
  | 'declined'
  | 'given-up'
  | 'cancelled'
  | 'refunded'

/** What the buyer has to know first, from the order, its newest payment and what was delivered. */
export function stateOf({ order, rights }: Pick<OrderView, 'order' | 'rights'>): OrderPageState {
  const unpaid = order.status === 'pending' || order.status === 'cancelled'
  if (unpaid && order.payment?.problem === 'mismatch') return 'mismatch'
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
  if (payment === 'declined') return 'declined'
  return payment === 'cancelled' ? 'given-up' : 'pending'
}

const looks: Readonly<Record<OrderPageState, { icon: IconName; tone: string }>> = {
  ready: { icon: 'check', tone: 'state' },
  free: { icon: 'check', tone: 'state' },
  preparing: { icon: 'check', tone: 'state' },
  pending: { icon: 'clock', tone: 'state wait' },
  processing: { icon: 'clock', tone: 'state wait' },
  mismatch: { icon: 'alert', tone: 'state wait' },
  declined: { icon: 'close', tone: 'state no' },
  'given-up': { icon: 'clock', tone: 'state wait' },
  cancelled: { icon: 'close', tone: 'state no' },
  refunded: { icon: 'refresh', tone: 'state' },
}

/** The head of the order's page: where things stand, in words, and what the buyer can do about it. */
export function OrderState({ view, state }: { view: OrderView; state: OrderPageState }): JSX.Element {
  const { seen, order, key } = view
  const { locale, paths } = seen
  const { icon, tone } = looks[state]
  const payable = state === 'pending' || state === 'declined' || state === 'given-up'
  const retry = `${paths.order(order.id, key).replace('?', '/payments?')}`
  return (
    <div class={tone}>
      <Icon name={icon} />
      <div>
        <p class="small">{t(locale, 'storefront.order.number', { number: order.number })}</p>
        <h1>{headline(view, state)}</h1>
        <p class="lead">{explanation(view, state)}</p>
        {mailed.has(state) && <p>{mailWords(view)}</p>}
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
    case 'mismatch':
    case 'declined':
    case 'given-up':
    case 'cancelled':
    case 'refunded':
      return t(locale, `storefront.order.${state}-title`)
  }
}

function explanation({ seen: { locale }, order }: OrderView, state: OrderPageState): string {
  switch (state) {
    case 'ready':
      return t(locale, 'storefront.order.paid')
    case 'free':
      return t(locale, 'storefront.order.paid-free')
    case 'refunded':
      return t(locale, 'storefront.order.refunded', { amount: moneyWords(order.refunded, locale) })
    case 'preparing':
      return t(locale, `storefront.order.preparing${order.payment === null ? '-free' : ''}`)
    case 'pending':
    case 'processing':
    case 'mismatch':
    case 'declined':
    case 'given-up':
      return t(locale, `storefront.order.${state}`)
    case 'cancelled':
      return cancelledWords(order, locale)
  }
}

function cancelledWords({ payment, cancelReason }: OrderView['order'], locale: Locale): string {
  if (payment?.status === 'captured')
    return t(locale, 'storefront.order.cancelled-returned', { amount: moneyWords(payment.amount, locale) })
  return t(locale, `storefront.order.cancelled${cancelReason === 'seller' ? '-by-store' : ''}`)
}

/** The states in which a mail about the purchase is written, or will be once the money is there. */
const mailed: ReadonlySet<OrderPageState> = new Set(['ready', 'free', 'preparing', 'processing'])

/** What is true of the mail: nobody waits for one that cannot come. */
function mailWords({ seen: { locale }, order, mail }: OrderView): string {
  const { email } = order
  if (order.paidAt === null) {
    return mail === 'no-server'
      ? t(locale, 'storefront.order.mail.none-later')
      : t(locale, 'storefront.order.mail.later', { email })
  }
  return t(locale, `storefront.order.mail.${mail}`, { email })
}
