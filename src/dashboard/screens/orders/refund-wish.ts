import type { ApiMoney } from '../../../shared/money.ts'
import type { OrderStory, RefundOrder } from '../../api/checkout.ts'
import type { TypedAmount } from '../../ui/money-field.tsx'

/** The refund dialog as filled in; `lines` are the numbers of those to refund whole. */
export type RefundForm = {
  how: 'all' | 'amount' | 'lines'
  amount: TypedAmount
  lines: readonly number[]
  reason: string
  /** Whether copies of lines that are given back whole can be sold again. */
  restock: boolean
}

type Refundable = Pick<OrderStory, 'currency' | 'total' | 'refunded' | 'refunds' | 'lines'>

/** What can still be given back of an order: what was paid, less what was, or is about to be, given back. */
export function leftOfOrder(order: Refundable): ApiMoney {
  const pending = order.refunds
    .filter(({ status, kind }) => status === 'pending' && kind === 'order')
    .reduce((sum, { total }) => sum + BigInt(total.amount), 0n)
  const recorded = order.lines.reduce((sum, line) => sum + BigInt(line.refunded.amount), 0n)
  const refunded = BigInt(order.refunded.amount)
  // Lines count a refund from the moment it is asked for, the order's sum once it is done.
  const taken = recorded > refunded + pending ? recorded : refunded + pending
  return { amount: (BigInt(order.total.amount) - taken).toString(), currency: order.currency }
}

/** What can still be given back of one line. */
export function leftOfLine(line: Pick<OrderStory['lines'][number], 'total' | 'refunded'>): bigint {
  return BigInt(line.total.amount) - BigInt(line.refunded.amount)
}

/** What the form asks for and how much that is, or why it cannot be sent yet. */
export function refundWish(
  order: Refundable,
  form: RefundForm,
): { wish?: RefundOrder; total?: bigint; fault?: 'too-much' | 'incomplete' } {
  const left = BigInt(leftOfOrder(order).amount)
  const { restock } = form
  const reason = form.reason.trim()
  if (form.how === 'all')
    return left > 0n ? { wish: { reason, restock }, total: left } : { fault: 'incomplete' }
  if (form.how === 'amount') {
    const { amountMinor } = form.amount
    if (amountMinor === undefined || amountMinor <= 0n) return { fault: 'incomplete' }
    if (amountMinor > left) return { fault: 'too-much' }
    const amount = { amount: amountMinor.toString(), currency: order.currency }
    return { wish: { amount, reason, restock }, total: amountMinor }
  }
  const chosen = order.lines.filter(({ line }) => form.lines.includes(line))
  const total = chosen.reduce((sum, line) => sum + leftOfLine(line), 0n)
  if (total <= 0n) return { fault: 'incomplete' }
  return { wish: { lines: chosen.map(({ line }) => ({ line })), reason, restock }, total }
}

/** Whether the refund may give copies back of which there are only so many. */
export function asksForStock(order: Pick<OrderStory, 'lines'>, form: RefundForm): boolean {
  return order.lines.some(
    ({ line, stocked }) => stocked && (form.how !== 'lines' || form.lines.includes(line)),
  )
}
