import { NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { isId } from '../../../shared/ids.ts'
import { visit } from '../../catalog/index.ts'
import { OrderNotPayable, ProviderUnavailable } from '../errors.ts'
import { retryPayment } from '../operations/retry-payment.ts'

/** Another attempt to pay for an order: on to the payment page, or back to the order where there is nothing to pay any more. */
export async function answerRetryForm(c: HttpContext): Promise<Response> {
  const { ctx, paths } = await visit(c)
  const orderId = c.req.param('id') ?? ''
  const key = c.req.query('key') ?? ''
  if (!isId(orderId)) throw new NotFound()
  const order = paths.order(orderId, key)
  try {
    const payment = await retryPayment(ctx, { orderId, key })
    return c.redirect(payment.url ?? order, 303)
  } catch (error) {
    if (error instanceof OrderNotPayable) return c.redirect(order, 303)
    if (error instanceof ProviderUnavailable) return c.redirect(`${order}&did=provider`, 303)
    throw error
  }
}
