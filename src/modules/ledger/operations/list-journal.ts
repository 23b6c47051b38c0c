import { createHash } from 'node:crypto'
import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { rowHash } from '../rules/chain.ts'
import { version } from './chapters.ts'
import { conditionsOf, type JournalFilter } from './journal-filter.ts'
import { readCanonicalRows } from './read-rows.ts'
import { sqlArray } from './sql-array.ts'

/** A line of an entry as readers see it. */
export type JournalPosting = {
  readonly line: number
  readonly account: string
  readonly currency: string
  readonly nameAr: string
  readonly nameEn: string
  readonly amountMinor: bigint
  /** What of it is not reversed yet; null where many entries are listed. */
  readonly openMinor: bigint | null
  readonly stream: { kind: string; id: string } | null
  /** The account's version, its place in the account's statement. */
  readonly version: bigint
  readonly number: number
}

/** An entry with what it has to do with others. */
export type JournalEntry = {
  readonly id: string
  readonly kind: string
  readonly effectiveAt: Date
  readonly recordedAt: Date
  readonly memo: string
  readonly source: { kind: string; id: string } | null
  readonly actor: { kind: string; id: string } | null
  readonly postings: readonly JournalPosting[]
  readonly reverses: string | null
  readonly reversedBy: readonly string[]
  /** The hold that it posts. */
  readonly posts: string | null
}

type Head = {
  id: string
  kind: string
  effectiveAt: Date
  recordedAt: Date
  memo: string
  sourceKind: string
  sourceId: string | null
  actorKind: string | null
  actorId: string | null
}

/** A page of entries, the newest first. */
export async function listJournal(ctx: Ctx, filter: JournalFilter): Promise<JournalEntry[]> {
  authorise(ctx, 'ledger:read')
  return transaction(ctx, (tx) => findEntries(tx, filter))
}

/**
 * Entries for another module, which has asked whether the caller may see them: a page, the newest first, or those with
 * these ids.
 */
export async function findEntries(
  ctx: TxCtx,
  filter: JournalFilter | { readonly ids: readonly string[] },
): Promise<JournalEntry[]> {
  const which =
    'ids' in filter
      ? sql`e.workspace_id = ${ctx.workspaceId} AND e.id = ANY (${sqlArray(filter.ids)}::uuid[]) ORDER BY e.id`
      : sql`${sql.join(await conditionsOf(ctx, filter), sql` AND `)}
            ORDER BY e.id ${filter.oldestFirst === true ? sql`` : sql`DESC`} LIMIT ${filter.limit}`
  const heads = await rows<Head>(
    ctx,
    sql`SELECT ${columns} FROM ledger_entries e ${actorOf(ctx)} WHERE ${which}`,
  )
  return withStories(ctx, heads)
}

/** One entry with its story, and its hash once it is sealed. @throws NotFound */
export async function getEntry(ctx: Ctx, id: string): Promise<JournalEntry & { hash: string | null }> {
  authorise(ctx, 'ledger:read')
  return readEntry(ctx, id)
}

/** The same for whoever has just written it, and may not read the books otherwise. @throws NotFound */
export async function readEntry(ctx: Ctx, id: string): Promise<JournalEntry & { hash: string | null }> {
  return transaction(ctx, async (tx) => {
    const heads = await rows<Head>(
      tx,
      sql`SELECT ${columns} FROM ledger_entries e ${actorOf(tx)} WHERE e.workspace_id = ${tx.workspaceId} AND e.id = ${id}`,
    )
    const [entry] = await withStories(tx, heads)
    if (entry === undefined) throw new NotFound()
    return { ...(await withOpen(tx, entry)), hash: await hashOf(tx, entry) }
  })
}

const columns = sql`e.id, e.kind, e.effective_at AS "effectiveAt", e.recorded_at AS "recordedAt", e.memo,
  e.source_kind AS "sourceKind", e.source_id AS "sourceId", b.kind AS "actorKind", b.id AS "actorId"`

function actorOf({ workspaceId }: TxCtx): SQL {
  return sql`LEFT JOIN ledger_dimensions b ON b.workspace_id = ${workspaceId} AND b.number = e.actor`
}

type Line = Omit<JournalPosting, 'stream' | 'openMinor'> & {
  entryId: string
  streamKind: string | null
  streamId: string | null
}

/** Lines and relations of entries, in two statements whatever their number. */
async function withStories(ctx: TxCtx, heads: readonly Head[]): Promise<JournalEntry[]> {
  const ids = sqlArray(heads.map(({ id }) => id))
  const ws = ctx.workspaceId
  const lines = await rows<Line>(
    ctx,
    sql`SELECT p.entry_id AS "entryId", p.line, a.code AS account, a.currency, c.name_ar AS "nameAr", c.name_en AS "nameEn",
          p.amount AS "amountMinor", ${version} AS version, p.account AS number, s.kind AS "streamKind", s.id AS "streamId"
        FROM ledger_postings p
        JOIN ledger_accounts a ON a.workspace_id = ${ws} AND a.number = p.account
        JOIN ledger_chart c ON c.workspace_id = ${ws} AND c.code = a.code
        LEFT JOIN ledger_dimensions s ON s.workspace_id = ${ws} AND s.number = p.stream
        WHERE p.workspace_id = ${ws} AND p.entry_id = ANY (${ids}::uuid[]) ORDER BY p.entry_id, p.line`,
  )
  const relations = await rows<{ entryId: string; kind: 'reverses' | 'posts'; targetId: string }>(
    ctx,
    sql`SELECT entry_id AS "entryId", kind, target_id AS "targetId" FROM ledger_relations
        WHERE workspace_id = ${ws} AND (entry_id = ANY (${ids}::uuid[]) OR target_id = ANY (${ids}::uuid[]))
        ORDER BY entry_id`,
  )
  const byEntry = Map.groupBy(lines, ({ entryId }) => entryId)
  return heads.map((head) => {
    const own = relations.find(({ entryId }) => entryId === head.id)
    const { sourceKind, sourceId, actorKind, actorId, ...rest } = head
    return {
      ...rest,
      source: sourceId === null ? null : { kind: sourceKind, id: sourceId },
      actor: actorKind === null ? null : { kind: actorKind, id: actorId ?? '' },
      postings: (byEntry.get(head.id) ?? []).map(({ streamKind, streamId, ...line }) => ({
        ...line,
        openMinor: null,
        stream: streamKind === null ? null : { kind: streamKind, id: streamId ?? '' },
      })),
      reverses: own?.kind === 'reverses' ? own.targetId : null,
      posts: own?.kind === 'posts' ? own.targetId : null,
      reversedBy: relations.filter(({ targetId }) => targetId === head.id).map(({ entryId }) => entryId),
    }
  })
}

/** With what is left of each line: those of a reversal have the numbers of the lines that they reverse. */
async function withOpen(ctx: TxCtx, entry: JournalEntry): Promise<JournalEntry> {
  const reversed = await rows<{ line: number; sum: bigint }>(
    ctx,
    sql`SELECT line, sum(amount)::int8 AS sum FROM ledger_postings
        WHERE workspace_id = ${ctx.workspaceId} AND entry_id = ANY (${sqlArray(entry.reversedBy)}::uuid[]) GROUP BY line`,
  )
  const sums = new Map(reversed.map(({ line, sum }) => [line, sum]))
  const postings = entry.postings.map((posting) => ({
    ...posting,
    openMinor: posting.amountMinor + (sums.get(posting.line) ?? 0n),
  }))
  return { ...entry, postings }
}

/** SHA-256 over the hashes of the entry's lines, which the chain is made of; null until all of them are sealed. */
async function hashOf(ctx: TxCtx, { id, postings }: JournalEntry): Promise<string | null> {
  const [row] = await rows<{ open: boolean }>(
    ctx,
    sql`SELECT EXISTS (
          SELECT FROM ledger_postings p
          LEFT JOIN ledger_sealed s ON s.workspace_id = ${ctx.workspaceId} AND s.account = p.account
          WHERE p.workspace_id = ${ctx.workspaceId} AND p.entry_id = ${id} AND ${version} > coalesce(s.version, 0)) AS open`,
  )
  if (row?.open !== false) return null
  const found = await readCanonicalRows(
    ctx,
    postings.map(({ number, version }) => ({ account: number, from: version - 1n, to: version })),
  )
  const hash = createHash('sha256')
  for (const { canonical } of found) hash.update(rowHash(canonical))
  return hash.digest('hex')
}
