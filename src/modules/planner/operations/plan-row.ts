import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { Plan, PlanInput } from '../schema.ts'

/** A plan's row. */
export type PlanRow = { id: string; version: number; input: PlanInput; createdAt: Date; updatedAt: Date }

/** The columns of PlanRow. */
export const PLAN_COLUMNS = sql.raw(
  `id, version, input, created_at AS "createdAt", updated_at AS "updatedAt"`,
)

/** A row as the API has it. */
export function describePlan({ id, version, input, createdAt, updatedAt }: PlanRow): Plan {
  return { id, version, input, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
}

/** A plan that was not removed. @throws NotFound */
export async function readPlan(ctx: Ctx, id: string): Promise<PlanRow> {
  const [row] = await statement<PlanRow>(
    ctx,
    sql`SELECT ${PLAN_COLUMNS} FROM plans
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${id} AND deleted_at IS NULL`,
  )
  if (row === undefined) throw new NotFound()
  return row
}
