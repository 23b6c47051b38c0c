import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { defineJob, enqueue } from '../../../platform/jobs/jobs.ts'
import { getProvider } from '../providers/index.ts'
import type { PaymentVerdict } from '../rules/payment-state.ts'
import { capturePayment } from './capture-payment.ts'
import { readOrder } from './read-order.ts'
import { startPayment } from './start-payment.ts'

const SETTLEMENT_GRACE_MS = 1000

type Asked = { id: string; orderId: string; provider: string; status: string; reference: string | null }

/** Which payment to confirm: one of an order's attempts, or all that may still change. */
export type Confirmable = { paymentId: string } | { orderId: string }

/**
 * Asks the provider what became of a payment and acts on it. The buyer's return, the provider's message and the sweeper
 * all come here; whoever is first does the work, the others find it done.
 * @returns what was decided for each payment that could still change.
 * @throws ProviderUnavailable
 */
export async function confirmPayment(ctx: Ctx, which: Confirmable): Promise<PaymentVerdict[]> {
  const open = await statement<Asked>(
    ctx,
    sql`SELECT id, order_id AS "orderId", provider, status, provider_reference AS reference FROM payments
        WHERE workspace_id = ${ctx.workspaceId} AND status <> 'captured'
          AND NOT (status = 'cancelled' AND provider_reference IS NULL)
          AND ${'paymentId' in which ? sql`id = ${which.paymentId}` : sql`order_id = ${which.orderId}`}`,
  )
  const verdicts: PaymentVerdict[] = []
  for (const payment of open) verdicts.push(await confirmOne(ctx, payment))
  return verdicts
}

async function confirmOne(ctx: Ctx, payment: Asked): Promise<PaymentVerdict> {
  const reference = payment.reference ?? (await makeKnown(ctx, payment))
  const observed = await getProvider(payment.provider).fetch(ctx, reference)
  const verdict = await capturePayment(ctx, payment.id, observed)
  if (verdict === 'process' && observed.settlesAt !== undefined)
    await checkAgain(ctx, payment.id, observed.settlesAt)
  return verdict
}

/** Looks again when a settlement is due; the sweeper would too, within a minute. */
async function checkAgain(ctx: Ctx, paymentId: string, settlesAt: Date): Promise<void> {
  const startAfter = new Date(settlesAt.getTime() + SETTLEMENT_GRACE_MS)
  await transaction(ctx, (tx) => enqueue(tx, checkPayment, { paymentId }, { startAfter }))
}

/** Confirms a payment at a time that was set for it. */
export const checkPayment = defineJob({
  name: 'check-payment',
  schema: z.object({ paymentId: z.uuid() }),
  handler: async (ctx, inputs) => {
    for (const input of inputs) await confirmPayment(ctx, input)
  },
})

/** Goes on with a payment that stopped before its reference was kept. */
async function makeKnown(ctx: Ctx, { id, orderId }: Asked): Promise<string> {
  const order = await transaction(ctx, (tx) => readOrder(tx, orderId, id))
  await startPayment(ctx, order)
  const [started] = await statement<{ reference: string }>(
    ctx,
    sql`SELECT provider_reference AS reference FROM payments
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${id} AND provider_reference IS NOT NULL`,
  )
  if (started === undefined) throw new NotFound()
  return started.reference
}
