import type { ReactNode } from 'react'
import type { OrderSummary } from '../../api/checkout.ts'
import { useText } from '../../text/person.tsx'
import { Badge, type Tone } from '../../ui/show.tsx'

const tones: Record<OrderSummary['status'], Tone> = {
  pending: 'warm',
  paid: 'good',
  'partially-refunded': 'accent',
  refunded: 'plain',
  cancelled: 'plain',
}

/** Where an order stands. */
export function OrderBadge({ status }: { status: OrderSummary['status'] }): ReactNode {
  const t = useText()
  return <Badge tone={tones[status]}>{t(`orders.state.${status}`)}</Badge>
}
