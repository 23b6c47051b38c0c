import { sql, type SQL } from 'drizzle-orm'
import { version } from './chapters.ts'

/** A period of effective time: `from` counts, `before` does not. Without `from`, from the beginning. */
export type Period = { readonly from?: Date; readonly before: Date }

/**
 * A query of what was posted in a period, by account, stream (0 for none) and UTC day: `account, stream, day, debit, credit,
 * postings`. Whole days that are sealed come from the sums by day, parts of days and what is not sealed from the postings,
 * all in one statement and so of one moment: exact at every moment, whether sealing has run or not.
 */
export function postedIn(workspaceId: string, period: Period, account?: number): SQL {
  const { sealed, fresh } = postedParts(workspaceId, period, account)
  return sql`${sealed} UNION ALL ${fresh}`
}

/**
 * The same as two queries: `sealed` has one row for an account, stream and day, and there is but little in `fresh`, as often
 * as it was posted. So whoever needs sums by day need not group the whole.
 */
export function postedParts(
  workspaceId: string,
  { from, before }: Period,
  account?: number,
): { sealed: SQL; fresh: SQL } {
  const first = from === undefined ? undefined : dayOf(from)
  const last = dayOf(before)
  const wholeFrom = from === undefined ? undefined : isMidnight(from) ? first : nextDay(from)
  const parts = [from, before]
    .filter((at) => at !== undefined && !isMidnight(at))
    .map((at) => at && dayOf(at))
  const only = (column: SQL) => (account === undefined ? sql`` : sql`AND ${column} = ${account}`)
  const within = sql`AND e.effective_at < ${before} ${from === undefined ? sql`` : sql`AND e.effective_at >= ${from}`}`
  const whole = sql`
    SELECT d.account, d.stream, d.day, d.debit, d.credit, d.postings FROM ledger_days d
    WHERE d.workspace_id = ${workspaceId} ${only(sql`d.account`)} AND d.day < ${last}::date
      ${wholeFrom === undefined ? sql`` : sql`AND d.day >= ${wholeFrom}::date`}`
  // OFFSET 0 keeps these two from being joined any other way than by index, account by account: what they look for is
  // little, though its statistics cannot say so. Chapters are reckoned apart, for an index that stands behind the policy.
  const partial = sql`
    SELECT d.account, d.stream, d.day, x.debit, x.credit, 1::int8 AS postings
    FROM ledger_days d CROSS JOIN LATERAL (
      SELECT ${sides} FROM ledger_postings p
      JOIN ledger_entries e ON e.workspace_id = ${workspaceId} AND e.id = p.entry_id
      WHERE p.workspace_id = ${workspaceId} AND p.account = d.account
        AND p.chapter BETWEEN (d.first_version >> 6) AND (d.last_version >> 6)
        AND ${version} BETWEEN d.first_version AND d.last_version AND p.stream = d.stream
        AND e.effective_at >= d.day::timestamp AT TIME ZONE 'UTC' AND e.effective_at < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
        ${within} OFFSET 0) x
    WHERE d.workspace_id = ${workspaceId} ${only(sql`d.account`)}
      AND d.day = ANY (${`{${[...new Set(parts)].join(',')}}`}::date[])`
  const unsealed = sql`
    SELECT o.account, x.stream, x.day, x.debit, x.credit, 1::int8 AS postings
    FROM (
      SELECT a.number AS account, coalesce(s.version, 0) AS sealed, coalesce(s.version, 0) >> 6 AS first, a.version >> 6 AS last
      FROM ledger_accounts a
      LEFT JOIN ledger_sealed s ON s.workspace_id = ${workspaceId} AND s.account = a.number
      WHERE a.workspace_id = ${workspaceId} ${only(sql`a.number`)} AND a.version > coalesce(s.version, 0) OFFSET 0) o
    CROSS JOIN LATERAL (
      SELECT p.stream, (e.effective_at AT TIME ZONE 'UTC')::date AS day, ${sides}
      FROM ledger_postings p
      JOIN ledger_entries e ON e.workspace_id = ${workspaceId} AND e.id = p.entry_id
      WHERE p.workspace_id = ${workspaceId} AND p.account = o.account AND p.chapter BETWEEN o.first AND o.last
        AND ${version} > o.sealed ${within} OFFSET 0) x`
  return { sealed: whole, fresh: parts.length === 0 ? unsealed : sql`${partial} UNION ALL ${unsealed}` }
}

const sides = sql`greatest(p.amount, 0)::numeric AS debit, greatest(-p.amount::numeric, 0) AS credit`

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

function nextDay(at: Date): string {
  return dayOf(new Date(at.getTime() + 86_400_000))
}

function isMidnight(at: Date): boolean {
  return at.getTime() % 86_400_000 === 0
}
