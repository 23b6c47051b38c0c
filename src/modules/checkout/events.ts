import { defineEvent } from '../../platform/jobs/jobs.ts'
import { orderPaidSchema, orderRefundedSchema } from './schema.ts'

/** An order was paid, or was free: published once per order, in the transaction that made it so. */
export const orderPaid = defineEvent('order.paid', orderPaidSchema)

/** A refund was done: published once per refund, in the transaction that posted it. */
export const orderRefunded = defineEvent('order.refunded', orderRefundedSchema)
