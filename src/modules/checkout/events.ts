import { z } from 'zod'
import { defineEvent } from '../../platform/jobs/jobs.ts'
import { idSchema } from '../../shared/ids.ts'
import { orderPaidSchema, orderRefundedSchema } from './schema.ts'

/** An order was paid, or was free: published once per order, in the transaction that made it so. */
export const orderPaid = defineEvent('order.paid', orderPaidSchema)

/** A refund was done: published once per refund, in the transaction that posted it. */
export const orderRefunded = defineEvent('order.refunded', orderRefundedSchema)

/** A provider or a bank declined a payment; the buyer may try again. */
export const paymentFailed = defineEvent(
  'payment.failed',
  z.object({
    paymentId: idSchema,
    orderId: idSchema,
    provider: z.string(),
    amountMinor: z.string(),
    currency: z.string(),
    /** As the provider put it; may be empty. */
    reason: z.string(),
    failedAt: z.string(),
  }),
)

/** An order was cancelled before it was paid: by the seller, because its time had run out, or by a new order of its buyer. */
export const orderCancelled = defineEvent(
  'order.cancelled',
  z.object({ orderId: idSchema, reason: z.enum(['seller', 'expired', 'buyer']), cancelledAt: z.string() }),
)
