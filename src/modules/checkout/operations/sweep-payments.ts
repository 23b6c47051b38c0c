import { sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { listStoreDirectory } from '../../workspaces/index.ts'
import { expireOrder } from './cancel-order.ts'
import { confirmPayment } from './confirm-payment.ts'
import { finishRefund } from './finish-refund.ts'

const MOST_STORES = 100_000
const BATCH = 200
const CLAIM_MS = 60_000

/** For how long an order waits for a provider's word before its stock is free all the same. */
const LONGEST_WAIT_MS = 24 * 3_600_000

/** How many things a sweep has looked at. */
export type Swept = { payments: number; refunds: number; orders: number }

/** With `all`, what is still open is looked at although its time has not come: the program was away and may have missed it. */
export type Sweep = { all: boolean }

/**
 * Goes on with whatever stopped midway in any store: payments and refunds whose time to be looked at has come, and
 * orders that were not paid in time. Several processes may sweep at once; each takes other rows.
 */
export async function sweepPayments(ctx: Ctx, sweep: Sweep = { all: false }): Promise<Swept> {
  const swept: Swept = { payments: 0, refunds: 0, orders: 0 }
  for (const { workspaceId } of await listStoreDirectory(ctx, MOST_STORES)) {
    const one = await sweepStore({ ...ctx, workspaceId }, sweep)
    swept.payments += one.payments
    swept.refunds += one.refunds
    swept.orders += one.orders
  }
  return swept
}

/** Sweeps one store: that of the context's workspace. */
export async function sweepStore(ctx: Ctx, sweep: Sweep = { all: false }): Promise<Swept> {
  const payments = await claim(ctx, sql`payments`, sweep)
  for (const id of payments) await tryOne(ctx, { paymentId: id }, () => sweepPayment(ctx, id))
  const refunds = await claim(ctx, sql`refunds`, sweep)
  for (const id of refunds) await tryOne(ctx, { refundId: id }, () => finishRefund(ctx, id))
  const orders = await overdueOrders(ctx)
  for (const order of orders) await tryOne(ctx, { orderId: order.id }, () => expire(ctx, order))
  return { payments: payments.length, refunds: refunds.length, orders: orders.length }
}

/**
 * Takes rows for a minute, the most urgent first, so that no other sweeper does them at the same time and a crash gives
 * them back.
 */
async function claim(ctx: Ctx, table: SQL, { all }: Sweep): Promise<string[]> {
  const now = ctx.clock.now()
  const due = all ? sql`check_at IS NOT NULL` : sql`check_at <= ${now}`
  const claimed = await transaction(ctx, (tx) =>
    rows<{ id: string }>(
      tx,
      sql`UPDATE ${table} SET check_at = ${new Date(now.getTime() + CLAIM_MS)}
          WHERE workspace_id = ${tx.workspaceId} AND id IN (
            SELECT id FROM ${table} WHERE workspace_id = ${tx.workspaceId} AND ${due}
            ORDER BY check_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
          RETURNING id`,
    ),
  )
  return claimed.map(({ id }) => id)
}

/** What the provider says is final and known already need not be asked again. */
async function sweepPayment(ctx: Ctx, id: string): Promise<void> {
  const verdicts = await confirmPayment(ctx, { paymentId: id })
  if (verdicts.some((verdict) => verdict !== 'ignore')) return
  await transaction(ctx, (tx) =>
    rows(tx, sql`UPDATE payments SET check_at = NULL WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`),
  )
}

type Overdue = { id: string; expiresAt: Date }

async function overdueOrders(ctx: Ctx): Promise<Overdue[]> {
  return transaction(ctx, (tx) =>
    rows<Overdue>(
      tx,
      sql`SELECT id, expires_at AS "expiresAt" FROM orders WHERE workspace_id = ${tx.workspaceId} AND status = 'pending'
            AND expires_at <= ${ctx.clock.now()} ORDER BY expires_at LIMIT ${BATCH}`,
    ),
  )
}

/**
 * A buyer may have paid in the last minute, so the provider is asked first; if it does not answer, the order waits, but
 * not for ever: one whose payment the provider has lost would keep its stock, and its place among those to be looked at.
 * Money that comes after all is dealt with as any that comes late.
 */
async function expire(ctx: Ctx, { id, expiresAt }: Overdue): Promise<void> {
  try {
    await confirmPayment(ctx, { orderId: id })
  } catch (error) {
    if (ctx.clock.now().getTime() - expiresAt.getTime() < LONGEST_WAIT_MS) throw error
    ctx.log.warn({ err: error, orderId: id }, 'order expires without the word of its provider')
  }
  await expireOrder(ctx, id)
}

async function tryOne(ctx: Ctx, what: object, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    ctx.log.warn({ err: error, ...what }, 'sweeper could not settle this yet')
  }
}
