import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { assert, Conflict, Invalid, NotFound, type FieldError } from '../../../platform/errors.ts'
import { getStream } from '../../streams/index.ts'
import { audit } from '../../workspaces/index.ts'
import { PlansFull } from '../errors.ts'
import type { Plan, PlanInput, UpdatePlan } from '../schema.ts'
import { describePlan, PLAN_COLUMNS, type PlanRow } from './plan-row.ts'

const MOST_PLANS = 100

/** Keeps a plan, also one that cannot be reckoned yet. @throws PlansFull, Invalid for a stream that is not there */
export async function createPlan(ctx: Ctx, input: PlanInput): Promise<Plan> {
  authorise(ctx, 'planner:write')
  return transaction(ctx, async (tx) => {
    await checkStreams(tx, input)
    const [there] = await rows<{ count: bigint }>(
      tx,
      sql`SELECT count(*) FROM plans WHERE workspace_id = ${tx.workspaceId} AND deleted_at IS NULL`,
    )
    if (Number(there?.count ?? 0) >= MOST_PLANS) throw new PlansFull(MOST_PLANS)
    const id = ctx.ids.next()
    const now = ctx.clock.now()
    const [row] = await rows<PlanRow>(
      tx,
      sql`INSERT INTO plans (workspace_id, id, name, input, version, created_at, updated_at)
          VALUES (${tx.workspaceId}, ${id}, ${input.name}, ${JSON.stringify(input)}::jsonb, 1, ${now}, ${now})
          RETURNING ${PLAN_COLUMNS}`,
    )
    assert(row !== undefined, 'a plan that was inserted is there')
    await audit(tx, {
      action: 'plan.create',
      subjectKind: 'plan',
      subjectId: id,
      after: { name: input.name },
    })
    return describePlan(row)
  })
}

/** Changes a plan as a whole. @throws NotFound, Conflict if it has changed since */
export async function updatePlan(ctx: Ctx, id: string, { version, input }: UpdatePlan): Promise<Plan> {
  authorise(ctx, 'planner:write')
  return transaction(ctx, async (tx) => {
    await lockPlan(tx, id, version)
    await checkStreams(tx, input)
    const [row] = await rows<PlanRow>(
      tx,
      sql`UPDATE plans SET name = ${input.name}, input = ${JSON.stringify(input)}::jsonb,
            version = version + 1, updated_at = ${ctx.clock.now()}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id} RETURNING ${PLAN_COLUMNS}`,
    )
    assert(row !== undefined, 'a plan that is locked is there')
    await audit(tx, {
      action: 'plan.update',
      subjectKind: 'plan',
      subjectId: id,
      after: { name: input.name },
    })
    return describePlan(row)
  })
}

/** Removes a plan; its projections stay readable to whoever has their address. @throws NotFound */
export async function removePlan(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'planner:write')
  await transaction(ctx, async (tx) => {
    const name = await lockPlan(tx, id)
    await rows(
      tx,
      sql`UPDATE plans SET deleted_at = ${ctx.clock.now()} WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    )
    await audit(tx, { action: 'plan.remove', subjectKind: 'plan', subjectId: id, before: { name } })
  })
}

async function lockPlan(tx: TxCtx, id: string, version?: number): Promise<string> {
  const [row] = await rows<{ name: string; version: number }>(
    tx,
    sql`SELECT name, version FROM plans
        WHERE workspace_id = ${tx.workspaceId} AND id = ${id} AND deleted_at IS NULL FOR NO KEY UPDATE`,
  )
  if (row === undefined) throw new NotFound()
  if (version !== undefined && row.version !== version) throw new Conflict()
  return row.name
}

/** Streams that a plan names must be the workspace's own. */
async function checkStreams(tx: TxCtx, input: PlanInput): Promise<void> {
  const faults: FieldError[] = []
  for (const [nth, { streamId }] of input.streams.entries()) {
    if (streamId !== null && !(await isThere(tx, streamId)))
      faults.push({ pointer: `/streams/${nth}/streamId`, detail: 'problems.field.plan-stream' })
  }
  if (faults.length > 0) throw new Invalid(faults)
}

async function isThere(tx: TxCtx, streamId: string): Promise<boolean> {
  try {
    await getStream(tx, streamId)
    return true
  } catch (error) {
    if (error instanceof NotFound) return false
    throw error
  }
}
