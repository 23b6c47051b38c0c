import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import { fromApi } from '../../../shared/money.ts'
import { getProvider } from '../providers/index.ts'
import type { StartedPayment } from '../providers/port.ts'
import { inLocale } from '../rules/refuse-sale.ts'
import type { Order, Payment } from '../schema.ts'
import { cachedStore } from './cached-store.ts'
import { returnUrl } from './order-url.ts'

/**
 * Makes the provider know the order's newest payment and keeps its reference. Safe to repeat: the provider is called
 * with the payment's id as the key, and a payment that it knows already is answered as it is.
 * @throws ProviderUnavailable
 */
export async function startPayment(ctx: Ctx, order: Order): Promise<Payment> {
  const { payment } = order
  assert(payment !== null, 'an order that costs something has a payment')
  if (payment.status !== 'created') return payment
  const store = await cachedStore(ctx)
  const started = await getProvider(payment.provider).start(ctx, {
    key: payment.id,
    money: fromApi(payment.amount),
    description: `${inLocale(store.name, order.locale)} – ${order.number}`,
    locale: order.locale,
    buyer: { email: order.email, name: order.buyerName },
    returnUrl: returnUrl(ctx, store.slug, order),
  })
  return { ...payment, status: 'started', url: await keepReference(ctx, payment.id, started) }
}

/**
 * Keeps what the provider said. Whoever was first wins; both were told the same, since they used the same key, and would be
 * told it again.
 */
async function keepReference(ctx: Ctx, paymentId: string, started: StartedPayment): Promise<string> {
  await statement(
    ctx,
    sql`UPDATE payments SET status = 'started', provider_reference = ${started.reference},
          redirect_url = ${started.redirectUrl}, updated_at = ${ctx.clock.now()}
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${paymentId} AND status = 'created'`,
    { repeatable: true },
  )
  return started.redirectUrl
}
