import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import type { IncomeStream } from '../schema.ts'
import { describeStream, STREAM_COLUMNS, type StreamRow } from './stream-row.ts'

/** Which streams to list; all unless it is said. */
export type StreamFilter = {
  readonly archived?: boolean | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** Streams, in the order in which they were added. */
export async function listStreams(ctx: Ctx, filter: StreamFilter): Promise<Page<IncomeStream>> {
  authorise(ctx, 'streams:read')
  const { archived, after, limit } = filter
  const found = await statement<StreamRow>(
    ctx,
    sql`SELECT ${STREAM_COLUMNS} FROM streams WHERE workspace_id = ${ctx.workspaceId}
          ${archived === undefined ? sql`` : sql`AND (archived_at IS NOT NULL) = ${archived}`}
          ${after === undefined ? sql`` : sql`AND id > ${decodeIdCursor(after)}`}
        ORDER BY id LIMIT ${limit + 1}`,
  )
  return toPage(found.map(describeStream), limit, ({ id }) => encodeCursor([id]))
}

/** One stream. @throws NotFound */
export async function getStream(ctx: Ctx, id: string): Promise<IncomeStream> {
  authorise(ctx, 'streams:read')
  const [row] = await statement<StreamRow>(
    ctx,
    sql`SELECT ${STREAM_COLUMNS} FROM streams WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
  if (row === undefined) throw new NotFound()
  return describeStream(row)
}
