import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../../platform/ctx.ts'
import { rows, statement, write } from '../../../../platform/database/transaction.ts'
import type { Locale } from '../../../../shared/locale.ts'
import type { StartPayment } from '../port.ts'

/** The states of a payment in the test provider's books. */
export type TestStatus = 'open' | 'challenge' | 'processing' | 'paid' | 'declined' | 'cancelled'

/** A payment in the test provider's books. */
export type TestPayment = {
  id: string
  status: TestStatus
  currency: string
  amountMinor: bigint
  refundedMinor: bigint
  description: string
  locale: Locale
  returnUrl: string
  settlesAt: Date | null
}

/** What the books say, and whether a test wants the answer to be lost. */
export type Booked<Value> = Value & { faulty: boolean }

/** Opens a payment, or finds the one with the same key. */
export async function openTestPayment(ctx: Ctx, payment: StartPayment): Promise<Booked<{ id: string }>> {
  const { currency, amountMinor } = payment.money
  for (;;) {
    const [booked] = await statement<Booked<{ id: string }>>(
      ctx,
      sql`WITH fault AS (${takeFault(ctx, 'start')}),
        opened AS (
          INSERT INTO test_payments (workspace_id, id, idempotency_key, status, currency, amount_minor, description,
            locale, return_url, created_at)
          VALUES (${ctx.workspaceId}, ${ctx.ids.next()}, ${payment.key}, 'open', ${currency}, ${amountMinor},
            ${payment.description}, ${payment.locale}, ${payment.returnUrl}, ${ctx.clock.now()})
          ON CONFLICT (workspace_id, idempotency_key) DO NOTHING
          RETURNING id)
        SELECT id, EXISTS (SELECT FROM fault) AS faulty FROM opened
        UNION ALL
        SELECT id, EXISTS (SELECT FROM fault) FROM test_payments
        WHERE workspace_id = ${ctx.workspaceId} AND idempotency_key = ${payment.key}
        LIMIT 1`,
    )
    // No row: another call opened it between this statement's start and its insert, and the next look finds it.
    if (booked !== undefined) return booked
  }
}

/** Reads a payment and keeps others from changing it; what was to settle by now has settled. */
export async function lockTestPayment(ctx: TxCtx, id: string): Promise<TestPayment | undefined> {
  const [found] = await rows<TestPayment>(
    ctx,
    sql`SELECT ${COLUMNS} FROM test_payments p WHERE p.workspace_id = ${ctx.workspaceId} AND p.id = ${id} FOR UPDATE`,
  )
  return found === undefined ? undefined : settled(found, ctx.clock.now())
}

/** Reads a payment for someone who asks from outside; what was to settle by now has settled. */
export async function findTestPayment(ctx: Ctx, id: string): Promise<Booked<TestPayment> | undefined> {
  const [found] = await statement<Booked<TestPayment>>(
    ctx,
    sql`WITH fault AS (${takeFault(ctx, 'fetch')})
        SELECT ${COLUMNS}, EXISTS (SELECT FROM fault) AS faulty
        FROM test_payments p WHERE p.workspace_id = ${ctx.workspaceId} AND p.id = ${id}`,
  )
  return found === undefined ? undefined : settled(found, ctx.clock.now())
}

/** Changes a payment's state. `amountMinor` is what the payer paid, where a test wants it to be another amount. */
export function bookTestPayment(
  ctx: TxCtx,
  id: string,
  change: { status: TestStatus; settlesAt?: Date | undefined; amountMinor?: bigint | undefined },
): void {
  write(
    ctx,
    sql`UPDATE test_payments
        SET status = ${change.status}, settles_at = ${change.settlesAt ?? null}::timestamptz,
          amount_minor = coalesce(${change.amountMinor ?? null}::bigint, amount_minor)
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
}

/** Books a refund once per key; undefined if it is more than is left. The payment must be locked. */
export async function bookTestRefund(
  ctx: TxCtx,
  refund: { key: string; paymentId: string; amountMinor: bigint },
): Promise<Booked<{ id: string }> | undefined> {
  const [known] = await rows<{ id: string }>(
    ctx,
    sql`SELECT id FROM test_refunds WHERE workspace_id = ${ctx.workspaceId} AND idempotency_key = ${refund.key}`,
  )
  if (known !== undefined) return { id: known.id, faulty: false }
  const [booked] = await rows<Booked<{ id: string }>>(
    ctx,
    sql`WITH fault AS (${takeFault(ctx, 'refund')}),
      paid AS (
        UPDATE test_payments SET refunded_minor = refunded_minor + ${refund.amountMinor}
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${refund.paymentId}
          AND refunded_minor + ${refund.amountMinor} <= amount_minor
        RETURNING id)
      INSERT INTO test_refunds (workspace_id, id, test_payment_id, idempotency_key, amount_minor, created_at)
      SELECT ${ctx.workspaceId}, ${ctx.ids.next()}, paid.id, ${refund.key}, ${refund.amountMinor}, ${ctx.clock.now()}
      FROM paid
      RETURNING id, EXISTS (SELECT FROM fault) AS faulty`,
  )
  return booked
}

/** Asks for the answers to the next calls of a kind to be lost, after the work was done. */
export async function bookFaults(
  ctx: TxCtx,
  fault: { call: 'start' | 'fetch' | 'refund'; times: number },
): Promise<void> {
  await rows(
    ctx,
    sql`INSERT INTO test_faults (workspace_id, call, remaining)
        VALUES (${ctx.workspaceId}, ${fault.call}, ${fault.times})
        ON CONFLICT (workspace_id, call) DO UPDATE SET remaining = excluded.remaining`,
  )
}

const COLUMNS =
  sql.raw(`p.id, p.status, p.currency, p.amount_minor AS "amountMinor", p.refunded_minor AS "refundedMinor",
  p.description, p.locale, p.return_url AS "returnUrl", p.settles_at AS "settlesAt"`)

function takeFault(ctx: Ctx, call: 'start' | 'fetch' | 'refund') {
  return sql`UPDATE test_faults SET remaining = remaining - 1
    WHERE workspace_id = ${ctx.workspaceId} AND call = ${call} AND remaining > 0 RETURNING true AS faulty`
}

function settled<Payment extends TestPayment>(payment: Payment, now: Date): Payment {
  const due = payment.status === 'processing' && payment.settlesAt !== null && payment.settlesAt <= now
  return due ? { ...payment, status: 'paid' } : payment
}
