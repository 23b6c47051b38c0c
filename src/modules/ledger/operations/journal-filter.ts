import { sql, type SQL } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { sqlArray } from './sql-array.ts'

/** What to look for in the journal. Effective time: `from` counts, `before` does not. */
export type JournalFilter = {
  readonly kind?: string
  /** Its sub-accounts count too. */
  readonly account?: string
  readonly sourceKind?: string
  readonly sourceId?: string
  /** `kind/id`. */
  readonly stream?: string
  readonly from?: Date
  readonly before?: Date
  /** The id of the last entry of the page before. */
  readonly after?: string
  /** In the order in which they were recorded; else the newest first. */
  readonly oldestFirst?: boolean
  readonly limit: number
}

/** Up to this many postings are all looked up; of more, some are met soon when entries are walked through from the newest. */
const FEW = 20_000

/** The conditions on entries `e` that a filter means. */
export async function conditionsOf(ctx: TxCtx, filter: JournalFilter): Promise<SQL[]> {
  const { kind, account, sourceKind, sourceId, stream, from, before, after } = filter
  const about = account === undefined && stream === undefined ? undefined : await find(ctx, account, stream)
  return [
    sql`e.workspace_id = ${ctx.workspaceId}`,
    ...(after === undefined
      ? []
      : [filter.oldestFirst === true ? sql`e.id > ${after}` : sql`e.id < ${after}`]),
    ...(kind === undefined ? [] : [sql`e.kind = ${kind}`]),
    ...(sourceKind === undefined ? [] : [sql`e.source_kind = ${sourceKind}`]),
    ...(sourceId === undefined ? [] : [sql`e.source_id = ${sourceId}`]),
    ...(from === undefined ? [] : [sql`e.effective_at >= ${from}`]),
    ...(before === undefined ? [] : [sql`e.effective_at < ${before}`]),
    ...(about === undefined ? [] : [posted(ctx, about)]),
  ]
}

/** Numbers of accounts and of a stream, undefined where any is meant; `few` if there cannot be many such postings. */
type About = { accounts: number[] | undefined; stream: number | undefined; few: boolean }

type Counted = { number: number; count: bigint }

async function find(ctx: TxCtx, account?: string, stream?: string): Promise<About> {
  const accounts = account === undefined ? undefined : await findAccounts(ctx, account)
  const about = stream === undefined ? undefined : await findStream(ctx, stream)
  const ofAccounts = accounts?.reduce((sum, { count }) => sum + count, 0n)
  const counts = [ofAccounts, about?.count].filter((count) => count !== undefined)
  return {
    accounts: accounts?.map(({ number }) => number),
    stream: about?.number,
    few: counts.some((count) => count <= FEW),
  }
}

function findAccounts(ctx: TxCtx, code: string): Promise<Counted[]> {
  return rows<Counted>(
    ctx,
    sql`SELECT number, version AS count FROM ledger_accounts
        WHERE workspace_id = ${ctx.workspaceId} AND (code = ${code} OR starts_with(code, ${`${code}.`}))`,
  )
}

/** The stream’s number, −1 if nothing was ever posted to it, and how many of its postings are sealed. */
async function findStream(ctx: TxCtx, stream: string): Promise<Counted> {
  const cut = stream.indexOf('/')
  const [row] = await rows<Counted>(
    ctx,
    sql`SELECT d.number, coalesce((
          SELECT sum(x.postings) FROM ledger_days x WHERE x.workspace_id = ${ctx.workspaceId} AND x.stream = d.number), 0)::int8 AS count
        FROM ledger_dimensions d WHERE d.workspace_id = ${ctx.workspaceId}
          AND d.kind = ${stream.slice(0, Math.max(0, cut))} AND d.id = ${stream.slice(cut + 1)}`,
  )
  return row ?? { number: -1, count: 0n }
}

/** The entry has a line on one of the accounts, and of the stream; one line must be both. */
function posted({ workspaceId }: TxCtx, { accounts, stream, few }: About): SQL {
  const wanted = sql`p.workspace_id = ${workspaceId}
    ${accounts === undefined ? sql`` : sql`AND p.account = ANY (${sqlArray(accounts)}::int4[])`}
    ${stream === undefined ? sql`` : sql`AND p.stream = ${stream}`}`
  return few
    ? sql`e.id = ANY (ARRAY(SELECT DISTINCT p.entry_id FROM ledger_postings p WHERE ${wanted}))`
    : sql`EXISTS (SELECT FROM ledger_postings p WHERE ${wanted} AND p.entry_id = e.id)`
}
