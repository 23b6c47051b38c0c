import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { chapterOf, version } from './chapters.ts'
import { getAccount } from './read-balance.ts'

/** One line of a statement, with the account's balance after it. */
export type StatementLine = {
  readonly version: bigint
  readonly amountMinor: bigint
  readonly balanceMinor: bigint
  readonly entryId: string
  readonly effectiveAt: Date
  readonly recordedAt: Date
  readonly kind: string
  readonly memo: string
  readonly sourceKind: string
  readonly sourceId: string | null
  readonly streamKind: string | null
  readonly streamId: string | null
}

/**
 * A page of an account's postings, latest recorded first, before a version; with `afterVersion` in the order in which they were
 * recorded, the first after it. Versions have no gaps, so a page is a range of them and costs the same wherever it lies.
 */
export async function listStatement(
  ctx: Ctx,
  query: { account: string; currency: string; beforeVersion?: bigint; afterVersion?: bigint; limit: number },
): Promise<StatementLine[]> {
  authorise(ctx, 'ledger:read')
  const direction = sql.raw(query.afterVersion === undefined ? 'DESC' : 'ASC')
  return transaction(ctx, async (tx) => {
    const { number, version: newest } = await getAccount(tx, query)
    const { first, last } = rangeOf(query, newest)
    return rows<StatementLine>(
      tx,
      sql`SELECT ${version} AS version, p.amount AS "amountMinor", p.balance AS "balanceMinor", p.entry_id AS "entryId",
            e.effective_at AS "effectiveAt", e.recorded_at AS "recordedAt", e.kind, e.memo, e.source_kind AS "sourceKind",
            e.source_id AS "sourceId", s.kind AS "streamKind", s.id AS "streamId"
          FROM ledger_postings p
          JOIN ledger_entries e ON e.workspace_id = ${tx.workspaceId} AND e.id = p.entry_id
          LEFT JOIN ledger_dimensions s ON s.workspace_id = ${tx.workspaceId} AND s.number = p.stream
          WHERE p.workspace_id = ${tx.workspaceId} AND p.account = ${number}
            AND p.chapter BETWEEN ${chapterOf(first)}::int4 AND ${chapterOf(last)}::int4
            AND ${version} BETWEEN ${first}::int8 AND ${last}::int8
          ORDER BY p.chapter ${direction}, p.place ${direction}`,
    )
  })
}

type Asked = { beforeVersion?: bigint; afterVersion?: bigint; limit: number }

function rangeOf({ beforeVersion, afterVersion, limit }: Asked, newest: bigint) {
  const count = BigInt(limit)
  if (afterVersion !== undefined) {
    const read = afterVersion > newest ? newest : afterVersion
    return { first: read + 1n, last: read + count }
  }
  const beyond = beforeVersion ?? newest + 1n
  const last = (beyond > newest + 1n ? newest + 1n : beyond) - 1n
  return { first: last - count + 1n, last }
}
