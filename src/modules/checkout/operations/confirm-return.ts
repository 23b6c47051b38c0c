import type { Ctx } from '../../../platform/ctx.ts'
import { NotFound } from '../../../platform/errors.ts'
import { confirmPayment } from './confirm-payment.ts'
import { isOrderKey } from './order-key.ts'

/**
 * The buyer is back from the provider: what they paid is confirmed before they see their order. Should the provider not
 * answer, they see it as it is, and its message or the sweeper settles it.
 * @throws NotFound if the key is not the order's
 */
export async function confirmReturn(ctx: Ctx, orderId: string, key: string): Promise<void> {
  if (!isOrderKey(ctx, orderId, key)) throw new NotFound()
  try {
    await confirmPayment(ctx, { orderId })
  } catch (error) {
    ctx.log.warn({ err: error, orderId }, 'payment could not be confirmed on return')
  }
}
