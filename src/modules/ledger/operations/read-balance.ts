import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { version } from './chapters.ts'
import { postedIn } from './sum-postings.ts'

/** Which account, and as of when: what had been recorded by then, or what is effective by then as far as is known now. */
export type BalanceQuery = {
  readonly account: string
  readonly currency: string
  readonly recordedAt?: Date
  readonly effectiveAt?: Date
}

/** A balance: debits positive, and on the account's normal side. `version` is that of its last posting, if by record. */
export type Balance = {
  readonly balanceMinor: bigint
  readonly normalMinor: bigint
  readonly version?: bigint
  /** Of now only: what holds would debit and credit, and what can be taken. */
  readonly pending?: {
    readonly debitMinor: bigint
    readonly creditMinor: bigint
    readonly availableMinor: bigint
  }
}

type Account = {
  number: number
  sign: number
  balance: bigint
  version: bigint
  pendingDebit: bigint
  pendingCredit: bigint
}

/**
 * The balance of one account: now; as it was recorded at a moment, which nothing recorded later can change; or by
 * effective time up to and including a moment, which later entries for that time do change.
 * @throws NotFound if the account is not open.
 */
export async function readBalance(ctx: Ctx, query: BalanceQuery): Promise<Balance> {
  authorise(ctx, 'ledger:read')
  return transaction(ctx, async (tx) => {
    const account = await getAccount(tx, query)
    if (query.recordedAt !== undefined) return balanceRecorded(tx, account, query.recordedAt)
    if (query.effectiveAt !== undefined) return balanceEffective(tx, account, query.effectiveAt)
    const { sign, balance, version, pendingDebit, pendingCredit } = account
    const normalMinor = balance * BigInt(sign)
    const availableMinor = normalMinor - (sign > 0 ? pendingCredit : pendingDebit)
    const pending = { debitMinor: pendingDebit, creditMinor: pendingCredit, availableMinor }
    return { balanceMinor: balance, normalMinor, version, pending }
  })
}

/** The account's row. @throws NotFound */
export async function getAccount(
  ctx: TxCtx,
  { account, currency }: { account: string; currency: string },
): Promise<Account> {
  const [row] = await rows<Account>(
    ctx,
    sql`SELECT number, sign, balance, version, pending_debit AS "pendingDebit", pending_credit AS "pendingCredit"
        FROM ledger_accounts WHERE workspace_id = ${ctx.workspaceId} AND code = ${account} AND currency = ${currency}`,
  )
  if (row === undefined) throw new NotFound()
  return row
}

async function balanceRecorded(ctx: TxCtx, { number, sign }: Account, at: Date): Promise<Balance> {
  const [row] = await rows<{ balance: bigint; version: bigint }>(
    ctx,
    sql`SELECT p.balance, ${version} AS version
        FROM (
          SELECT v.version >> 6 AS chapter, v.version & 63 AS place
          FROM (SELECT ledger_version_at(${ctx.workspaceId}, ${number}, ${at}) AS version OFFSET 0) v OFFSET 0) l
        JOIN ledger_postings p ON p.workspace_id = ${ctx.workspaceId} AND p.account = ${number}
          AND p.chapter = l.chapter AND p.place = l.place`,
  )
  const found = row ?? { balance: 0n, version: 0n }
  return {
    balanceMinor: found.balance,
    normalMinor: found.balance * BigInt(sign),
    version: found.version,
  }
}

async function balanceEffective(ctx: TxCtx, { number, sign }: Account, at: Date): Promise<Balance> {
  const before = new Date(at.getTime() + 1)
  const [row] = await rows<{ balance: string }>(
    ctx,
    sql`SELECT coalesce(sum(x.debit - x.credit), 0)::text AS balance
        FROM (${postedIn(ctx.workspaceId, { before }, number)}) x`,
  )
  const balanceMinor = BigInt(row?.balance ?? 0)
  return { balanceMinor, normalMinor: balanceMinor * BigInt(sign) }
}
