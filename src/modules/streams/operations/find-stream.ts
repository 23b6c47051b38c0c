import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { UnknownStream } from '../errors.ts'
import { STREAM_COLUMNS, type StreamRow } from './stream-row.ts'

/** The stream at an address. @throws NotFound */
export async function mustFindStream(ctx: TxCtx, id: string): Promise<StreamRow> {
  const row = await findStream(ctx, id)
  if (row === undefined) throw new NotFound()
  return row
}

/** The stream that a request's content names. @throws UnknownStream */
export async function mustKnowStream(ctx: TxCtx, id: string): Promise<StreamRow> {
  const row = await findStream(ctx, id)
  if (row === undefined) throw new UnknownStream()
  return row
}

async function findStream(ctx: TxCtx, id: string): Promise<StreamRow | undefined> {
  const [row] = await rows<StreamRow>(
    ctx,
    sql`SELECT ${STREAM_COLUMNS} FROM streams WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
  return row
}
