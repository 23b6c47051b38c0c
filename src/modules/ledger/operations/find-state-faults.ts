import { sql, type SQL } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { version } from './chapters.ts'
import { sqlArray } from './sql-array.ts'
import type { Fault } from './verify-books.ts'

/**
 * Rebuilds from the postings all that is kept beside them, sealed or not, and says where the two differ: running balances
 * and versions, accounts, entries, pending amounts, holds and day sums. `ends` are the versions that the seals reach.
 */
export async function findStateFaults(
  ctx: TxCtx,
  ends: ReadonlyMap<number, bigint>,
  limit: number,
): Promise<Fault[]> {
  const ws = ctx.workspaceId
  const ask = (statement: SQL) => rows<Fault>(ctx, sql`${statement} LIMIT ${limit}`)
  const found = [
    await ask(sql`
      SELECT 'balance' AS what, a.code AS account, a.currency, ${version}::text AS version, p.entry_id AS "entryId"
      FROM (
        SELECT *, sum(amount) OVER w AS total, row_number() OVER w AS nth FROM ledger_postings
        WHERE workspace_id = ${ws} WINDOW w AS (PARTITION BY account ORDER BY chapter, place)) p
      JOIN ledger_accounts a ON a.workspace_id = ${ws} AND a.number = p.account
      WHERE p.balance <> p.total OR ${version} <> p.nth ORDER BY p.account, p.chapter, p.place`),
    await ask(sql`
      SELECT 'account-state' AS what, a.code AS account, a.currency FROM ledger_accounts a
      LEFT JOIN (
        SELECT account, sum(amount) AS total, count(*) AS postings FROM ledger_postings
        WHERE workspace_id = ${ws} GROUP BY account) p ON p.account = a.number
      WHERE a.workspace_id = ${ws} AND (a.balance <> coalesce(p.total, 0) OR a.version <> coalesce(p.postings, 0))`),
    await ask(sql`
      SELECT DISTINCT 'entry-unbalanced' AS what, p.entry_id AS "entryId", a.currency FROM ledger_postings p
      JOIN ledger_accounts a ON a.workspace_id = ${ws} AND a.number = p.account
      WHERE p.workspace_id = ${ws} GROUP BY p.entry_id, a.currency HAVING sum(p.amount) <> 0`),
    await ask(sql`
      SELECT 'entry-alone' AS what, e.id AS "entryId" FROM ledger_entries e
      WHERE e.workspace_id = ${ws} AND NOT EXISTS (
        SELECT FROM ledger_postings p WHERE p.workspace_id = ${ws} AND p.entry_id = e.id)`),
    await ask(sql`
      SELECT DISTINCT 'entry-missing' AS what, p.entry_id AS "entryId" FROM ledger_postings p
      WHERE p.workspace_id = ${ws} AND NOT EXISTS (
        SELECT FROM ledger_entries e WHERE e.workspace_id = ${ws} AND e.id = p.entry_id)`),
    await ask(sql`
      SELECT 'pending' AS what, a.code AS account, a.currency FROM ledger_accounts a
      WHERE a.workspace_id = ${ws} AND (
        a.pending_debit <> (SELECT coalesce(sum(amount - posted - voided - expired), 0) FROM ledger_holds h
          WHERE h.workspace_id = ${ws} AND h.debit_account = a.number AND h.resolved_at IS NULL)
        OR a.pending_credit <> (SELECT coalesce(sum(amount - posted - voided - expired), 0) FROM ledger_holds h
          WHERE h.workspace_id = ${ws} AND h.credit_account = a.number AND h.resolved_at IS NULL))`),
    await ask(sql`
      SELECT 'hold' AS what, h.id AS "entryId" FROM ledger_holds h
      WHERE h.workspace_id = ${ws} AND h.posted <> (
        SELECT coalesce(sum(p.amount), 0) FROM ledger_relations x
        JOIN ledger_postings p ON p.workspace_id = ${ws} AND p.entry_id = x.entry_id AND p.amount > 0
        WHERE x.workspace_id = ${ws} AND x.target_id = h.id AND x.kind = 'posts')`),
    await ask(daySums(ws, ends)),
  ]
  return found
    .flat()
    .map((fault) => Object.fromEntries(Object.entries(fault).filter(([, value]) => value !== null)) as Fault)
}

function daySums(ws: string, ends: ReadonlyMap<number, bigint>): SQL {
  return sql`
    SELECT DISTINCT 'day-sums' AS what, a.code AS account, a.currency
    FROM (
      SELECT p.account, (e.effective_at AT TIME ZONE 'UTC')::date AS day, p.stream,
        coalesce(sum(p.amount) FILTER (WHERE p.amount > 0), 0) AS debit,
        coalesce(sum(-p.amount) FILTER (WHERE p.amount < 0), 0) AS credit,
        count(*) AS postings, min(${version}) AS first_version, max(${version}) AS last_version
      FROM unnest(${sqlArray([...ends.keys()])}::int4[], ${sqlArray([...ends.values()])}::int8[]) s(account, version)
      JOIN ledger_postings p ON p.workspace_id = ${ws} AND p.account = s.account AND ${version} <= s.version
      JOIN ledger_entries e ON e.workspace_id = ${ws} AND e.id = p.entry_id
      GROUP BY 1, 2, 3) rebuilt
    FULL JOIN (SELECT * FROM ledger_days WHERE workspace_id = ${ws}) kept USING (account, day, stream)
    LEFT JOIN ledger_accounts a ON a.workspace_id = ${ws} AND a.number = account
    WHERE (rebuilt.debit, rebuilt.credit, rebuilt.postings, rebuilt.first_version, rebuilt.last_version)
      IS DISTINCT FROM (kept.debit, kept.credit, kept.postings, kept.first_version, kept.last_version)`
}
