import { sql, type SQL } from 'drizzle-orm'
import type { Readable } from 'node:stream'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { DomainError, NotFound, NotSignedIn } from '../../../platform/errors.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import type { PrivacyRequest } from '../schema.ts'

/** A row of `privacy_requests`. */
export type RequestRow = {
  id: string
  kind: 'export' | 'erasure'
  about: 'buyer' | 'member'
  email: string | null
  user_id: string | null
  status: PrivacyRequest['status']
  done: number
  parts: number
  rows_touched: number
  size_bytes: bigint | null
  created_at: Date
  finished_at: Date | null
  expires_at: Date | null
}

/** An archive that can be taken along. */
export type Archive = { name: string; sizeBytes: number; stream: Readable }

const COLUMNS = sql.raw(
  'id, kind, about, email, user_id, status, done, parts, rows_touched, size_bytes, created_at, finished_at, expires_at',
)

/** Exports and erasures of customers, newest first. */
export async function listRequests(
  ctx: Ctx,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Page<PrivacyRequest>> {
  authorise(ctx, 'customers:write')
  const before = after === undefined ? undefined : decodeIdCursor(after)
  const found = await transaction(ctx, (tx) =>
    rows<RequestRow>(
      tx,
      sql`SELECT ${COLUMNS} FROM privacy_requests WHERE workspace_id = ${tx.workspaceId} AND about = 'buyer'
            ${before === undefined ? sql`` : sql`AND id < ${before}`} ORDER BY id DESC LIMIT ${limit + 1}`,
    ),
  )
  return toPage(found.map(toRequest), limit, ({ id }) => encodeCursor([id]))
}

/** How far one of them is. @throws NotFound */
export async function getRequest(ctx: Ctx, id: string): Promise<PrivacyRequest> {
  authorise(ctx, 'customers:write')
  return toRequest(await transaction(ctx, (tx) => findRequest(tx, id, sql`about = 'buyer'`)))
}

/** The archive of an export of a customer’s data. @throws NotFound until it is there, and once it is gone */
export async function openArchive(ctx: Ctx, id: string): Promise<Archive> {
  authorise(ctx, 'customers:write')
  return streamOf(ctx, await transaction(ctx, (tx) => findRequest(tx, id, sql`about = 'buyer'`)))
}

/** How far the export of one’s own data is. @throws NotFound, also for another’s */
export async function getOwnExport(ctx: Ctx, id: string): Promise<PrivacyRequest> {
  const mine = own(ctx)
  return toRequest(await transaction(ctx, (tx) => findRequest(tx, id, mine)))
}

/** The archive of one’s own data. @throws NotFound, also for another’s */
export async function openOwnArchive(ctx: Ctx, id: string): Promise<Archive> {
  const mine = own(ctx)
  return streamOf(ctx, await transaction(ctx, (tx) => findRequest(tx, id, mine)))
}

/** A request as a job or a reader finds it. @throws NotFound */
export async function findRequest(ctx: TxCtx, id: string, also: SQL = sql`true`): Promise<RequestRow> {
  const [found] = await rows<RequestRow>(
    ctx,
    sql`SELECT ${COLUMNS} FROM privacy_requests WHERE workspace_id = ${ctx.workspaceId} AND id = ${id} AND ${also}`,
  )
  if (found === undefined) throw new NotFound()
  return found
}

/** Where the archive of a request lies. */
export function archiveKey(workspaceId: string, id: string): string {
  return `${workspaceId}/exports/${id}`
}

/** What is one's own, for a member. @throws NotSignedIn, `workspace-required` */
function own({ actor }: Ctx): SQL {
  if (actor.kind === 'person') throw new DomainError('workspace-required', 403)
  if (actor.kind !== 'member') throw new NotSignedIn()
  return sql`about = 'member' AND user_id = ${actor.userId}`
}

async function streamOf(ctx: Ctx, row: RequestRow): Promise<Archive> {
  const key = archiveKey(ctx.workspaceId ?? '', row.id)
  const sizeBytes = row.kind === 'export' && row.status === 'done' ? await ctx.files.size(key) : undefined
  if (sizeBytes === undefined) throw new NotFound()
  return { name: `personal-data-${row.id.slice(-6)}.zip`, sizeBytes, stream: await ctx.files.read(key) }
}

/** A row as the API tells it. */
export function toRequest(row: RequestRow): PrivacyRequest {
  return {
    id: row.id,
    kind: row.kind,
    about: row.about,
    email: row.email,
    status: row.status,
    progress: { done: row.done, parts: row.parts },
    rows: row.rows_touched,
    sizeBytes: row.size_bytes === null ? null : Number(row.size_bytes),
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    expiresAt: row.expires_at?.toISOString() ?? null,
  }
}
