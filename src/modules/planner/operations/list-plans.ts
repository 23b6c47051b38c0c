import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement } from '../../../platform/database/transaction.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import type { Plan } from '../schema.ts'
import { describePlan, PLAN_COLUMNS, readPlan, type PlanRow } from './plan-row.ts'

/** The workspace's plans, the newest first. */
export async function listPlans(
  ctx: Ctx,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Page<Plan>> {
  authorise(ctx, 'planner:read')
  const last = after === undefined ? sql`` : sql`AND id < ${decodeIdCursor(after)}`
  const found = await statement<PlanRow>(
    ctx,
    sql`SELECT ${PLAN_COLUMNS} FROM plans
        WHERE workspace_id = ${ctx.workspaceId} AND deleted_at IS NULL ${last} ORDER BY id DESC LIMIT ${limit + 1}`,
  )
  return toPage(found.map(describePlan), limit, ({ id }) => encodeCursor([id]))
}

/** One plan. @throws NotFound */
export async function getPlan(ctx: Ctx, id: string): Promise<Plan> {
  authorise(ctx, 'planner:read')
  return describePlan(await readPlan(ctx, id))
}
