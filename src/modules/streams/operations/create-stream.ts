import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { isUniqueViolation, rows, transaction } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import { audit } from '../../workspaces/index.ts'
import { EndBeforeBeginning, StoreStreamExists, StreamsFull } from '../errors.ts'
import { endsTooEarly } from '../rules/days.ts'
import type { IncomeStream, NewStream } from '../schema.ts'
import { streams } from '../tables.ts'
import { describeStream } from './stream-row.ts'

const MOST_STREAMS = 1_000

/** Adds a stream; nothing is posted to it yet. @throws StreamsFull, StoreStreamExists, EndBeforeBeginning */
export async function createStream(ctx: Ctx, input: NewStream): Promise<IncomeStream> {
  authorise(ctx, 'streams:write')
  if (endsTooEarly(input)) throw new EndBeforeBeginning()
  try {
    return await transaction(ctx, (tx) => insertStream(tx, input))
  } catch (error) {
    if (isUniqueViolation(error, 'streams_dimension')) throw new StoreStreamExists()
    throw error
  }
}

async function insertStream(ctx: TxCtx, input: NewStream): Promise<IncomeStream> {
  const [there] = await rows<{ count: bigint }>(
    ctx,
    sql`SELECT count(*) FROM streams WHERE workspace_id = ${ctx.workspaceId}`,
  )
  if (Number(there?.count ?? 0) >= MOST_STREAMS) throw new StreamsFull(MOST_STREAMS)
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  const isStore = input.kind === 'store'
  const [row] = await ctx.tx.db
    .insert(streams)
    .values({
      ...input,
      workspaceId: ctx.workspaceId,
      id,
      dimensionKind: isStore ? 'store' : 'stream',
      // A workspace has one store.
      dimensionId: isStore ? ctx.workspaceId : id,
      createdAt: now,
      updatedAt: now,
    })
    .returning()
  assert(row !== undefined, 'the stream was written')
  await audit(ctx, { action: 'stream.create', subjectKind: 'stream', subjectId: id, after: input })
  return describeStream(row)
}
