import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'

/** An amount set aside, and what became of it: amount = posted + voided + expired + pending. */
export type Hold = {
  readonly id: string
  readonly kind: string
  /** The account that will be debited. */
  readonly debit: string
  readonly credit: string
  readonly currency: string
  readonly amountMinor: bigint
  readonly postedMinor: bigint
  readonly voidedMinor: bigint
  readonly expiredMinor: bigint
  readonly pendingMinor: bigint
  readonly memo: string
  readonly recordedAt: Date
  readonly expiresAt: Date | null
  readonly resolvedAt: Date | null
}

/** Which holds to list: those of an account in a currency, those of which something is still pending. */
export type HoldFilter = {
  readonly account?: string | undefined
  readonly currency?: string | undefined
  readonly open: boolean
  /** The id of the last hold of the page before. */
  readonly after?: string
  readonly limit: number
}

/** A page of holds, the newest first. */
export async function listHolds(ctx: Ctx, filter: HoldFilter): Promise<Hold[]> {
  authorise(ctx, 'ledger:read')
  const { account, currency, open, after, limit } = filter
  return transaction(ctx, (tx) =>
    rows<Hold>(
      tx,
      sql`${select(tx)}
          WHERE h.workspace_id = ${tx.workspaceId}
            ${after === undefined ? sql`` : sql`AND h.id < ${after}`}
            ${open ? sql`AND h.resolved_at IS NULL` : sql``}
            ${account === undefined ? sql`` : sql`AND (d.code = ${account} OR c.code = ${account})`}
            ${currency === undefined ? sql`` : sql`AND d.currency = ${currency}`}
          ORDER BY h.id DESC LIMIT ${limit}`,
    ),
  )
}

/** One hold. @throws NotFound */
export async function getHold(ctx: Ctx, id: string): Promise<Hold> {
  authorise(ctx, 'ledger:read')
  return readHold(ctx, id)
}

/** The same for whoever has just changed it, and may not read the books otherwise. @throws NotFound */
export async function readHold(ctx: Ctx, id: string): Promise<Hold> {
  const [hold] = await transaction(ctx, (tx) =>
    rows<Hold>(tx, sql`${select(tx)} WHERE h.workspace_id = ${tx.workspaceId} AND h.id = ${id}`),
  )
  if (hold === undefined) throw new NotFound()
  return hold
}

function select({ workspaceId }: TxCtx) {
  return sql`SELECT h.id, h.kind, d.code AS debit, c.code AS credit, d.currency, h.amount AS "amountMinor",
      h.posted AS "postedMinor", h.voided AS "voidedMinor", h.expired AS "expiredMinor",
      h.amount - h.posted - h.voided - h.expired AS "pendingMinor", h.memo, h.recorded_at AS "recordedAt",
      h.expires_at AS "expiresAt", h.resolved_at AS "resolvedAt"
    FROM ledger_holds h
    JOIN ledger_accounts d ON d.workspace_id = ${workspaceId} AND d.number = h.debit_account
    JOIN ledger_accounts c ON c.workspace_id = ${workspaceId} AND c.number = h.credit_account`
}
