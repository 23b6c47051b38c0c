import type { Order, OrderPaid } from '../schema.ts'

/** What a sale needs to know of an order. */
export type SoldOrder = Pick<
  Order,
  'id' | 'number' | 'locale' | 'email' | 'buyerName' | 'currency' | 'tax' | 'total' | 'lines'
>

/** What the readers of `order.paid` are told about an order. */
export function toOrderPaid(order: SoldOrder, paidAt: string): OrderPaid {
  return {
    orderId: order.id,
    number: order.number,
    locale: order.locale,
    email: order.email,
    buyerName: order.buyerName,
    currency: order.currency,
    taxMinor: order.tax.amount,
    totalMinor: order.total.amount,
    paidAt,
    lines: order.lines.map(({ line, productId, kind, title, quantity, total }) => ({
      line,
      productId,
      kind,
      titleAr: title.ar,
      titleEn: title.en,
      quantity,
      totalMinor: total.amount,
    })),
  }
}
