import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { once } from '../../../platform/http/idempotency.ts'
import { refundOrderSchema, type Refund, type RefundOrder } from '../schema.ts'
import { finishRefund } from './finish-refund.ts'
import { readRefund } from './read-refund.ts'
import { requestRefund } from './request-refund.ts'

/**
 * Gives back all that is left of an order, an amount of it, or lines. The refund is written down, then the provider is
 * asked, then the books are changed; should the provider not answer, it stays `pending` and the sweeper goes on.
 * @throws NotFound, RefundTooMuch, Conflict
 */
export async function refundOrder(
  ctx: Ctx,
  orderId: string,
  input: RefundOrder & { idempotencyKey?: string },
): Promise<Refund> {
  authorise(ctx, 'orders:refund')
  const { idempotencyKey, ...wish } = input
  const parsed = refundOrderSchema.parse(wish)
  const refundId =
    idempotencyKey === undefined
      ? await transaction(ctx, (tx) => requestRefund(tx, orderId, parsed))
      : await once(ctx, { scope: `refunds/${orderId}`, key: idempotencyKey, request: parsed }, (tx) =>
          requestRefund(tx, orderId, parsed),
        )
  await finishRefund(ctx, refundId).catch((error: unknown) =>
    ctx.log.warn({ err: error, refundId }, 'refund is not finished yet'),
  )
  return transaction(ctx, (tx) => readRefund(tx, refundId))
}
