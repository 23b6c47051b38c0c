import type { Order } from '../schema.ts'

/** Whether another order may take this one's place: no money came for it or is on its way, as far as anybody knows. */
export function isReplaceable({ status, payment }: Pick<Order, 'status' | 'payment'>): boolean {
  const unpaid = status === 'pending' || status === 'cancelled'
  return unpaid && payment?.status !== 'processing' && (payment?.problem ?? null) === null
}
