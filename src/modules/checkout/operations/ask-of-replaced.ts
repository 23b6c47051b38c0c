import type { Ctx } from '../../../platform/ctx.ts'
import { confirmPayment } from './confirm-payment.ts'

/** Learns from the provider whether an order that another is to replace has been paid after all; then it is taken as paid. */
export async function askOfReplaced(ctx: Ctx, orderId: string): Promise<void> {
  await confirmPayment(ctx, { orderId })
}
