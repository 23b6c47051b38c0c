import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import type { PlanInput, Projection, ProjectionSummary } from '../schema.ts'
import { tellStory } from './tell-story.ts'

type SummaryRow = Omit<ProjectionSummary, 'seed' | 'createdAt'> & { seed: string; createdAt: Date }
type Row = SummaryRow & { input: PlanInput; result: Pick<Projection, 'figures' | 'history'> }

const COLUMNS = sql.raw(`id, plan_id AS "planId", name, seed, engine, paths, created_at AS "createdAt"`)

/** The projections of a plan, the newest first. @throws NotFound for a plan that is not there */
export async function listProjections(
  ctx: Ctx,
  { planId, after, limit }: { planId: string; after?: string | undefined; limit: number },
): Promise<Page<ProjectionSummary>> {
  authorise(ctx, 'planner:read')
  const last = after === undefined ? sql`` : sql`AND id < ${decodeIdCursor(after)}`
  const found = await statement<SummaryRow>(
    ctx,
    sql`SELECT ${COLUMNS} FROM projections
        WHERE workspace_id = ${ctx.workspaceId} AND plan_id = ${planId} ${last} ORDER BY id DESC LIMIT ${limit + 1}`,
  )
  if (found.length === 0) await requirePlan(ctx, planId)
  return toPage(found.map(summaryOf), limit, ({ id }) => encodeCursor([id]))
}

async function requirePlan(ctx: Ctx, id: string): Promise<void> {
  const there = await statement(
    ctx,
    sql`SELECT 1 FROM plans WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
  if (there.length === 0) throw new NotFound()
}

/** One projection as it was made. @throws NotFound */
export function getProjection(ctx: Ctx, id: string): Promise<Projection> {
  authorise(ctx, 'planner:read')
  return readProjection(ctx, id)
}

/** The same for whoever has made it a moment ago. */
export async function readProjection(ctx: Ctx, id: string): Promise<Projection> {
  const [row] = await statement<Row>(
    ctx,
    sql`SELECT ${COLUMNS}, input, result FROM projections WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
  if (row === undefined) throw new NotFound()
  const { input, result } = row
  return { ...summaryOf(row), input, ...result, story: tellStory(input, result.figures, ctx.locale) }
}

function summaryOf({ id, planId, name, seed, engine, paths, createdAt }: SummaryRow): ProjectionSummary {
  return { id, planId, name, seed: Number(seed), engine, paths, createdAt: createdAt.toISOString() }
}
