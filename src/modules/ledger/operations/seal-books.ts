import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { blockHash, CHAIN_START, rowHash, takeRanges, type Range } from '../rules/chain.ts'
import { readCanonicalRows } from './read-rows.ts'
import { sqlArray } from './sql-array.ts'

const BLOCK_POSTINGS = 16_384

type Head = { number: number; hash: Buffer }

/**
 * Chains every posting that is not sealed yet, in blocks, and adds them to the sums by day. Takes no lock that posting
 * waits for: what it reads can no longer change. Two sealers at once do the work once. Returns how many were sealed.
 */
export async function sealBooks(ctx: Ctx): Promise<number> {
  let sealed = 0
  for (;;) {
    const block = await transaction(ctx, sealBlock)
    sealed += block
    if (block < BLOCK_POSTINGS) return sealed
  }
}

async function sealBlock(ctx: TxCtx): Promise<number> {
  const [head] = await rows<Head>(
    ctx,
    sql`SELECT number, hash FROM ledger_seals WHERE workspace_id = ${ctx.workspaceId} ORDER BY number DESC LIMIT 1`,
  )
  const open = await rows<Range>(
    ctx,
    sql`SELECT a.number AS account, coalesce(s.version, 0) AS "from", a.version AS "to"
        FROM ledger_accounts a
        LEFT JOIN ledger_sealed s ON s.workspace_id = a.workspace_id AND s.account = a.number
        WHERE a.workspace_id = ${ctx.workspaceId} AND a.version > coalesce(s.version, 0) ORDER BY a.number`,
  )
  const ranges = takeRanges(open, BLOCK_POSTINGS)
  if (ranges.length === 0) return 0
  const found = await readCanonicalRows(ctx, ranges)
  const number = (head?.number ?? 0) + 1
  const previous = head?.hash ?? CHAIN_START
  const { hash, locators } = blockHash(
    previous,
    { number, ranges },
    found.map(({ canonical }) => rowHash(canonical)),
  )
  const [answer] = await rows<{ done: boolean }>(
    ctx,
    sql`SELECT ledger_seal(${ctx.workspaceId}, ${ctx.clock.now()}, ${number},
          ${sqlArray(ranges.map(({ account }) => account))}::int4[], ${sqlArray(ranges.map(({ from }) => from))}::int8[],
          ${sqlArray(ranges.map(({ to }) => to))}::int8[], ${previous}, ${hash}, ${locators}) AS done`,
  )
  return answer?.done === true ? found.length : 0
}
