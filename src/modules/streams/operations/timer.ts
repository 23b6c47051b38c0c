import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, statement, transaction } from '../../../platform/database/transaction.ts'
import { NotAllowed, NotFound } from '../../../platform/errors.ts'
import { DayAhead, TimerForgotten, TimerRunning } from '../errors.ts'
import type { Hours, StartTimer, StopTimer, Timer } from '../hours-schema.ts'
import { isAhead } from '../rules/days.ts'
import { clocked } from '../rules/hours.ts'
import type { HoursPurpose } from '../schema.ts'
import { mustKnowStream } from './find-stream.ts'
import { insertHours, userOf } from './hours.ts'

type TimerRow = { streamId: string; streamName: string; purpose: HoursPurpose; day: string; startedAt: Date }

/** The clock that the caller has running, if any. */
export async function findTimer(ctx: Ctx): Promise<Timer | undefined> {
  authorise(ctx, 'streams:read')
  const userId = userOf(ctx)
  if (userId === null) return undefined
  const [row] = await statement<TimerRow>(ctx, timerOf(ctx, userId))
  return row && describe(row)
}

/** Starts the caller's clock; it runs wherever they sign in until they stop it. @throws UnknownStream, TimerRunning, DayAhead */
export async function startTimer(ctx: Ctx, input: StartTimer): Promise<Timer> {
  authorise(ctx, 'streams:write')
  const userId = mustBeSomebody(ctx)
  const now = ctx.clock.now()
  const { streamId, purpose, day = now.toISOString().slice(0, 10) } = input
  if (isAhead(day, now)) throw new DayAhead('/day')
  return transaction(ctx, async (tx) => {
    const { name } = await mustKnowStream(tx, streamId)
    const started = await rows(
      tx,
      sql`INSERT INTO stream_timers (workspace_id, user_id, stream_id, purpose, day, started_at)
          VALUES (${tx.workspaceId}, ${userId}, ${streamId}, ${purpose}, ${day}::date, ${now})
          ON CONFLICT (workspace_id, user_id) DO NOTHING RETURNING true AS started`,
    )
    if (started.length === 0) throw new TimerRunning()
    return describe({ streamId, streamName: name, purpose, day, startedAt: now })
  })
}

/**
 * Stops the caller's clock and enters the time on the day on which it was started; nothing for less than half a minute, or
 * if it is to be discarded.
 * @throws NotFound if none runs; TimerForgotten if it has run too long to be believed and it is not said how long it was; DayFull
 */
export async function stopTimer(ctx: Ctx, input: StopTimer): Promise<Hours | undefined> {
  authorise(ctx, 'streams:write')
  const userId = mustBeSomebody(ctx)
  return transaction(ctx, async (tx) => {
    const [timer] = await rows<TimerRow>(tx, sql`${timerOf(tx, userId)} FOR UPDATE OF t`)
    if (timer === undefined) throw new NotFound()
    const { minutes, forgotten } = clocked(timer.startedAt, ctx.clock.now())
    if (forgotten && input.minutes === undefined && !input.discard)
      throw new TimerForgotten(Math.round(minutes / 60))
    await rows(
      tx,
      sql`DELETE FROM stream_timers WHERE workspace_id = ${tx.workspaceId} AND user_id = ${userId}`,
    )
    const counted = input.discard ? 0 : (input.minutes ?? minutes)
    if (counted === 0) return undefined
    const { streamId, purpose, day } = timer
    return insertHours(tx, { streamId, purpose, day, minutes: counted, note: input.note })
  })
}

function timerOf({ workspaceId }: Ctx, userId: string): SQL {
  return sql`SELECT t.stream_id AS "streamId", s.name AS "streamName", t.purpose, t.day::text, t.started_at AS "startedAt"
    FROM stream_timers t JOIN streams s ON s.workspace_id = t.workspace_id AND s.id = t.stream_id
    WHERE t.workspace_id = ${workspaceId} AND t.user_id = ${userId}`
}

function mustBeSomebody(ctx: Ctx): string {
  const userId = userOf(ctx)
  if (userId === null) throw new NotAllowed('streams:write')
  return userId
}

function describe({ streamId, streamName, purpose, startedAt }: TimerRow): Timer {
  return { streamId, streamName, purpose, startedAt: startedAt.toISOString() }
}
