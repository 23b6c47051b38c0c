import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { assert, NotFound } from '../../../platform/errors.ts'
import { MilestonesFull } from '../errors.ts'
import type { Milestone, NewMilestone, UpdateMilestone } from '../focus-schema.ts'
import { mustLockCurrent, today } from './focus-row.ts'

const MOST_MILESTONES = 100
const COLUMNS = sql.raw(`id, title, due_on::text AS "dueOn", done_on::text AS "doneOn"`)

/** Sets a milestone on the way of the present one. @throws NotFound without one, MilestonesFull */
export async function addMilestone(ctx: Ctx, { title, dueOn }: NewMilestone): Promise<Milestone> {
  authorise(ctx, 'planner:write')
  return transaction(ctx, async (tx) => {
    const { id: focusId } = await mustLockCurrent(tx)
    const [there] = await rows<{ count: bigint }>(
      tx,
      sql`SELECT count(*) FROM planner_milestones WHERE workspace_id = ${tx.workspaceId} AND focus_id = ${focusId}`,
    )
    if (Number(there?.count ?? 0) >= MOST_MILESTONES) throw new MilestonesFull(MOST_MILESTONES)
    const [row] = await rows<Milestone>(
      tx,
      sql`INSERT INTO planner_milestones (workspace_id, id, focus_id, title, due_on, created_at)
          VALUES (${tx.workspaceId}, ${ctx.ids.next()}, ${focusId}, ${title}, ${dueOn}::date, ${ctx.clock.now()})
          RETURNING ${COLUMNS}`,
    )
    assert(row !== undefined, 'the milestone was written')
    return row
  })
}

/** Changes a milestone, or says that it is reached. @throws NotFound */
export async function updateMilestone(
  ctx: Ctx,
  { id, change }: { id: string; change: UpdateMilestone },
): Promise<Milestone> {
  authorise(ctx, 'planner:write')
  const { title, dueOn, done } = change
  return transaction(ctx, async (tx) => {
    const [row] = await rows<Milestone>(
      tx,
      sql`UPDATE planner_milestones SET title = coalesce(${title ?? null}::text, title),
            due_on = coalesce(${dueOn ?? null}::date, due_on),
            done_on = CASE WHEN ${done ?? null}::boolean IS NULL THEN done_on
                           WHEN ${done ?? false}::boolean THEN coalesce(done_on, ${today(tx)}::date) END
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id} RETURNING ${COLUMNS}`,
    )
    if (row === undefined) throw new NotFound()
    return row
  })
}

/** Takes a milestone away. @throws NotFound */
export async function removeMilestone(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'planner:write')
  await transaction(ctx, async (tx) => {
    const gone = await rows(
      tx,
      sql`DELETE FROM planner_milestones WHERE workspace_id = ${tx.workspaceId} AND id = ${id} RETURNING 1`,
    )
    if (gone.length === 0) throw new NotFound()
  })
}
