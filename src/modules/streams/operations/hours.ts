import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { audit } from '../../workspaces/index.ts'
import { DayAhead, DayFull } from '../errors.ts'
import type { Hours, NewHours } from '../hours-schema.ts'
import { isAhead } from '../rules/days.ts'
import { MOST_MINUTES } from '../rules/hours.ts'
import { mustFindStream, mustKnowStream } from './find-stream.ts'

type HoursRow = Omit<Hours, 'createdAt'> & { createdAt: Date }

const COLUMNS = sql.raw(`id, stream_id AS "streamId", purpose, day::text, minutes, note, user_id AS "userId",
  created_at AS "createdAt"`)

/** Enters time that a person gave to a stream. @throws UnknownStream, DayAhead; DayFull beyond twenty-four hours a day */
export async function enterHours(ctx: Ctx, input: NewHours): Promise<Hours> {
  authorise(ctx, 'streams:write')
  if (isAhead(input.day, ctx.clock.now())) throw new DayAhead('/day')
  return transaction(ctx, async (tx) => {
    await mustKnowStream(tx, input.streamId)
    return insertHours(tx, input)
  })
}

/** Writes time of whoever acts. @throws DayFull */
export async function insertHours(ctx: TxCtx, input: NewHours): Promise<Hours> {
  const { streamId, purpose, day, minutes, note } = input
  const userId = userOf(ctx)
  const [full] = await rows<{ minutes: number }>(
    ctx,
    sql`SELECT coalesce(sum(minutes), 0)::int4 AS minutes FROM stream_hours
        WHERE workspace_id = ${ctx.workspaceId} AND day = ${day}::date AND user_id IS NOT DISTINCT FROM ${userId}::uuid`,
  )
  if ((full?.minutes ?? 0) + minutes > MOST_MINUTES) throw new DayFull()
  const [row] = await rows<HoursRow>(
    ctx,
    sql`INSERT INTO stream_hours (workspace_id, id, stream_id, user_id, purpose, day, minutes, note, created_at)
        VALUES (${ctx.workspaceId}, ${ctx.ids.next()}, ${streamId}, ${userId}::uuid, ${purpose}, ${day}::date, ${minutes}, ${note},
          ${ctx.clock.now()})
        RETURNING ${COLUMNS}`,
  )
  if (row === undefined) throw new Error('assertion failed: the hours were written')
  await audit(ctx, {
    action: 'stream.enter-hours',
    subjectKind: 'stream',
    subjectId: streamId,
    after: { purpose, day, minutes },
  })
  return describe(row)
}

/** Time that was given to a stream, the last entered first. @throws NotFound */
export async function listHours(
  ctx: Ctx,
  { streamId, after, limit }: { streamId: string; after?: string | undefined; limit: number },
): Promise<Page<Hours>> {
  authorise(ctx, 'streams:read')
  return transaction(ctx, async (tx) => {
    await mustFindStream(tx, streamId)
    const found = await rows<HoursRow>(
      tx,
      sql`SELECT ${COLUMNS} FROM stream_hours WHERE workspace_id = ${tx.workspaceId} AND stream_id = ${streamId}
            ${after === undefined ? sql`` : sql`AND id < ${decodeIdCursor(after)}`}
          ORDER BY id DESC LIMIT ${limit + 1}`,
    )
    return toPage(found.map(describe), limit, ({ id }) => encodeCursor([id]))
  })
}

/** Takes an entry of hours out; the log keeps what it was. @throws NotFound */
export async function removeHours(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'streams:write')
  await transaction(ctx, async (tx) => {
    const [row] = await rows<HoursRow>(
      tx,
      sql`DELETE FROM stream_hours WHERE workspace_id = ${tx.workspaceId} AND id = ${id} RETURNING ${COLUMNS}`,
    )
    if (row === undefined) throw new NotFound()
    const { streamId, purpose, day, minutes } = row
    await audit(tx, {
      action: 'stream.remove-hours',
      subjectKind: 'stream',
      subjectId: streamId,
      before: { purpose, day, minutes },
    })
  })
}

/** Whose hours they are; null for the program's own. */
export function userOf({ actor }: Ctx): string | null {
  return actor.kind === 'member' || actor.kind === 'token' ? actor.userId : null
}

function describe({ createdAt, ...row }: HoursRow): Hours {
  return { ...row, createdAt: createdAt.toISOString() }
}
