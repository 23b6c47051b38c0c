import type { CurrencyCode } from '../../../shared/currencies.ts'
import type { Order, PlaceOrder } from '../schema.ts'
import { orderNumber } from './order-number.ts'
import type { PricedCart, TaxPolicy } from './price-cart.ts'

const HOLD_MS = 30 * 60_000

/** What an order is made from. */
export type OrderSource = {
  id: string
  paymentId: string
  provider: string
  wish: Pick<PlaceOrder, 'email' | 'name' | 'locale'>
  currency: CurrencyCode
  priced: PricedCart
  tax: TaxPolicy
  now: Date
}

/** A new order with its prices fixed: waiting for a payment, or paid at once if it costs nothing. Its stock is held for 30 minutes. */
export function draftOrder(source: OrderSource): Order {
  const { id, paymentId, provider, wish, currency, priced, tax, now } = source
  const money = (amountMinor: bigint) => ({ amount: amountMinor.toString(), currency })
  const free = priced.totalMinor === 0n
  const total = money(priced.totalMinor)
  return {
    id,
    number: orderNumber(id),
    status: free ? 'paid' : 'pending',
    locale: wish.locale,
    email: wish.email,
    buyerName: wish.name,
    currency,
    net: money(priced.netMinor),
    tax: money(priced.taxMinor),
    total,
    refunded: money(0n),
    placedAt: now.toISOString(),
    paidAt: free ? now.toISOString() : null,
    lines: priced.lines.map((line) => ({
      line: line.line,
      productId: line.productId,
      kind: line.kind,
      title: { ar: line.titleAr, en: line.titleEn },
      quantity: line.quantity,
      unit: money(line.unitMinor),
      net: money(line.netMinor),
      tax: money(line.taxMinor),
      total: money(line.totalMinor),
      refunded: money(0n),
      stocked: line.limited,
    })),
    taxRateBps: tax.taxRateBps,
    pricesIncludeTax: tax.pricesIncludeTax,
    expiresAt: new Date(now.getTime() + HOLD_MS).toISOString(),
    cancelledAt: null,
    cancelReason: null,
    payment: free
      ? null
      : {
          id: paymentId,
          provider,
          status: 'created',
          amount: total,
          url: null,
          declineReason: null,
          problem: null,
        },
    documents: [],
  }
}
