import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import type { Call, Model } from './ledger-model.ts'

/** What an account holds, as the books say it. */
export type Row = {
  code: string
  currency: string
  balance: bigint
  version: bigint
  debit: bigint
  credit: bigint
}

/** Every account that is open. */
export function readAccounts(ctx: Ctx): Promise<Row[]> {
  return transaction(ctx, (tx) =>
    rows<Row>(
      tx,
      sql`SELECT code, currency, balance, version, pending_debit AS debit, pending_credit AS credit
          FROM ledger_accounts WHERE workspace_id = ${tx.workspaceId}`,
    ),
  )
}

/** A hash of all that the books say. Accounts that were merely opened say nothing yet. */
export async function fingerprint(ctx: Ctx): Promise<string> {
  const of = (table: string, where = sql`true`) =>
    sql`(SELECT coalesce(string_agg(x::text, '|' ORDER BY x::text), '') FROM ${sql.raw(table)} x
      WHERE x.workspace_id = ${ctx.workspaceId} AND ${where})`
  const [row] = await transaction(ctx, (tx) =>
    rows<{ hash: string }>(
      tx,
      sql`SELECT md5(concat_ws('#', ${of('ledger_entries')}, ${of('ledger_postings')}, ${of('ledger_holds')},
            ${of('ledger_relations')}, ${of('ledger_closings')},
            ${of('ledger_accounts', sql`(x.version > 0 OR x.pending_debit > 0 OR x.pending_credit > 0)`)})) AS hash`,
    ),
  )
  return row?.hash ?? ''
}

/** The amounts of the exchanges of a round: two of them may leave the same balances in either order, but not the same gains. */
export async function readExchanges(
  { ctx, ids }: { readonly ctx: Ctx; readonly ids: ReadonlyMap<string, string> },
  calls: readonly Call[],
): Promise<Map<string, string>> {
  const keys = calls.flatMap((call) => (call.do === 'exchange' ? [call.exchange.key] : []))
  const found = await Promise.all(
    keys.map((key) =>
      transaction(ctx, (tx) =>
        rows<{ amount: bigint }>(
          tx,
          sql`SELECT amount FROM ledger_postings WHERE workspace_id = ${tx.workspaceId}
                AND entry_id = ${ids.get(`entry ${key}`) ?? null}::uuid ORDER BY line`,
        ),
      ),
    ),
  )
  return new Map(keys.map((key, at) => [key, (found[at] ?? []).map(({ amount }) => amount).join()]))
}

/** Whether the model posted the same amounts for them. */
export function sameExchanges(model: Model, found: ReadonlyMap<string, string>): boolean {
  return [...found].every(
    ([key, amounts]) =>
      amounts === '' ||
      model.entries
        .get(key)
        ?.lines.map(({ amount }) => amount)
        .join() === amounts,
  )
}

/** Where the books and the model do not hold the same; an account that is not open holds nothing. */
export function differences(model: Model, found: readonly Row[]): string[] {
  const words = ({ balance, version, debit, credit }: Omit<Row, 'code' | 'currency'>) =>
    `${balance} v${version} ${debit} ${credit}`
  const real = new Map(found.map((row) => [`${row.code} ${row.currency}`, words(row)]))
  const modelled = new Map([...model.accounts].map(([key, account]) => [key, words(account)]))
  const nothing = '0 v0 0 0'
  return [...new Set([...real.keys(), ...modelled.keys()])].filter(
    (key) => (real.get(key) ?? nothing) !== (modelled.get(key) ?? nothing),
  )
}

/** All balances and all that is pending sum to zero in each currency. */
export function checkSums(found: readonly Row[]): void {
  for (const group of Map.groupBy(found, ({ currency }) => currency).values()) {
    expect(group.reduce((sum, { balance }) => sum + balance, 0n)).toBe(0n)
    expect(group.reduce((sum, { debit, credit }) => sum + debit - credit, 0n)).toBe(0n)
  }
}
