import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { toApi } from '../../../shared/money.ts'
import { audit } from '../../workspaces/index.ts'
import type { JumpDecision, JumpFigures, NewJump } from '../focus-schema.ts'
import { daysUntil, judge, minutesOf, type MonthFigures } from '../rules/focus.ts'
import { jumpsOf, usualMinutes, type LeftStream } from '../rules/focus-jumps.ts'
import { endCurrent } from './change-focus.ts'
import { findCurrent, mustLockCurrent, readFigures, ruleOf, today, type FocusRow } from './focus-row.ts'
import { personOf } from './own-assessment.ts'

type Figures = ReadonlyMap<string, readonly MonthFigures[]>

/** What to look at before another stream is begun: one's own last jumps, what they took, and the present one. */
export async function getJumpFigures(ctx: Ctx): Promise<JumpFigures> {
  authorise(ctx, 'planner:read')
  return transaction(ctx, async (tx) => figuresOf(tx, await findCurrent(tx)))
}

/**
 * Keeps what a person decided when another stream was wanted, with the figures that they saw. `jump` ends the present one.
 * @throws NotFound where there is no present one: then nothing stands in the way of another
 */
export async function decideJump(ctx: Ctx, input: NewJump): Promise<JumpDecision> {
  authorise(ctx, 'planner:write')
  return transaction(ctx, async (tx) => {
    const current = await mustLockCurrent(tx)
    const figures = await figuresOf(tx, current)
    const id = ctx.ids.next()
    const now = ctx.clock.now()
    await rows(
      tx,
      sql`INSERT INTO planner_jumps (workspace_id, id, focus_id, wanted, decision, reason, figures, decided_by, created_at)
          VALUES (${tx.workspaceId}, ${id}, ${current.id}, ${input.wanted}, ${input.decision}, ${input.reason},
                  ${JSON.stringify(figures)}::jsonb, ${personOf(ctx)}, ${now})`,
    )
    await audit(tx, { action: 'focus.decide', subjectKind: 'focus', subjectId: current.id, after: input })
    if (input.decision === 'jump') await endCurrent(tx, { as: 'left', note: input.reason })
    return { id, ...input, streamName: current.streamName, figures, createdAt: now.toISOString() }
  })
}

const MOST_DECISIONS = 50

/** What was decided so far, the latest first. */
export async function listJumps(ctx: Ctx): Promise<JumpDecision[]> {
  authorise(ctx, 'planner:read')
  return transaction(ctx, async (tx) => {
    const found = await rows<Omit<JumpDecision, 'createdAt'> & { createdAt: Date }>(
      tx,
      sql`SELECT j.id, j.wanted, j.decision, j.reason, s.name AS "streamName", j.figures, j.created_at AS "createdAt"
          FROM planner_jumps j
          JOIN planner_focuses f ON f.workspace_id = j.workspace_id AND f.id = j.focus_id
          JOIN streams s ON s.workspace_id = f.workspace_id AND s.id = f.stream_id
          WHERE j.workspace_id = ${tx.workspaceId} ORDER BY j.id DESC LIMIT ${MOST_DECISIONS}`,
    )
    return found.map((one) => ({ ...one, createdAt: one.createdAt.toISOString() }))
  })
}

async function figuresOf(ctx: TxCtx, current: FocusRow | undefined): Promise<JumpFigures> {
  const figures = await readFigures(ctx)
  const jumps = jumpsOf(await leftStreams(ctx, figures))
  return {
    jumps: jumps.map(({ net, ...jump }) => ({
      ...jump,
      net: net.map(({ currency, netMinor }) => toApi({ amountMinor: netMinor, currency })),
    })),
    usualMinutes: usualMinutes(jumps) ?? null,
    present:
      current === undefined ? null : describePresent(ctx, current, figures.get(current.streamId) ?? []),
  }
}

function describePresent(
  ctx: TxCtx,
  row: FocusRow,
  figures: readonly MonthFigures[],
): NonNullable<JumpFigures['present']> {
  const day = today(ctx)
  return {
    streamName: row.streamName,
    killOn: row.killOn,
    daysToKill: daysUntil(row.killOn, day),
    minutes: minutesOf(figures, row.begunOn),
    met: judge(ruleOf(row), figures, day).met,
    needed: row.ruleMonths,
  }
}

/** Streams that were the one and were left, and streams that were ended or put away. */
async function leftStreams(ctx: TxCtx, figures: Figures): Promise<LeftStream[]> {
  const found = await rows<{ id: string; name: string; begunOn: string; leftOn: string }>(
    ctx,
    sql`SELECT s.id, s.name, coalesce(s.began_on, min(f.begun_on), s.created_at::date)::text AS "begunOn",
          coalesce(s.ended_on, max(f.ended_on) FILTER (WHERE f.ended_as <> 'stable'), s.archived_at::date)::text AS "leftOn"
        FROM streams s
        LEFT JOIN planner_focuses f ON f.workspace_id = s.workspace_id AND f.stream_id = s.id
        WHERE s.workspace_id = ${ctx.workspaceId} AND s.kind <> 'salary'
        GROUP BY s.workspace_id, s.id
        HAVING coalesce(s.ended_on, max(f.ended_on) FILTER (WHERE f.ended_as <> 'stable'), s.archived_at::date) IS NOT NULL
           AND bool_or(f.id IS NOT NULL AND f.ended_on IS NULL) IS NOT TRUE`,
  )
  return found
    .filter(({ begunOn, leftOn }) => begunOn <= leftOn)
    .map(({ id, ...stream }) => ({ ...stream, figures: figures.get(id) ?? [] }))
}
