import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import type { Range } from '../rules/chain.ts'
import { chapterOf, version } from './chapters.ts'
import { sqlArray } from './sql-array.ts'

/** A posting in the form that is hashed, and what names it. */
export type CanonicalRow = { account: number; version: bigint; entryId: string; canonical: string }

/**
 * The postings of the ranges, by account and version, each with its entry as a JSON array of everything that they say:
 * names of account, stream and actor instead of numbers, amounts as strings, times in microseconds since 1970.
 */
export async function readCanonicalRows(ctx: TxCtx, ranges: readonly Range[]): Promise<CanonicalRow[]> {
  return rows<CanonicalRow>(
    ctx,
    sql`SELECT p.account, ${version} AS version, p.entry_id AS "entryId", json_build_array(
          a.code, a.currency, ${version}::text, p.amount::text, p.balance::text, p.line, s.kind, s.id,
          e.id, e.key, extract(epoch FROM e.effective_at)::numeric * 1000000, extract(epoch FROM e.recorded_at)::numeric * 1000000,
          b.kind, b.id, e.kind, e.source_kind, e.source_id, e.memo, x.kind, x.target_id)::text AS canonical
        FROM unnest(${sqlArray(ranges.map(({ account }) => account))}::int4[],
          ${sqlArray(ranges.map(({ from }) => from))}::int8[], ${sqlArray(ranges.map(({ to }) => to))}::int8[],
          ${sqlArray(ranges.map(({ from }) => chapterOf(from)))}::int4[],
          ${sqlArray(ranges.map(({ to }) => chapterOf(to)))}::int4[]) r(account, after, until, first, last)
        JOIN ledger_postings p ON p.workspace_id = ${ctx.workspaceId} AND p.account = r.account
          AND p.chapter BETWEEN r.first AND r.last AND ${version} > r.after AND ${version} <= r.until
        LEFT JOIN ledger_accounts a ON a.workspace_id = ${ctx.workspaceId} AND a.number = p.account
        LEFT JOIN ledger_entries e ON e.workspace_id = ${ctx.workspaceId} AND e.id = p.entry_id
        LEFT JOIN ledger_dimensions s ON s.workspace_id = ${ctx.workspaceId} AND s.number = p.stream
        LEFT JOIN ledger_dimensions b ON b.workspace_id = ${ctx.workspaceId} AND b.number = e.actor
        LEFT JOIN ledger_relations x ON x.workspace_id = ${ctx.workspaceId} AND x.entry_id = p.entry_id
        ORDER BY p.account, p.chapter, p.place`,
  )
}
