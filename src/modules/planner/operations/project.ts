import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { DomainError } from '../../../platform/errors.ts'
import { audit } from '../../workspaces/index.ts'
import { compilePlan, ENGINE } from '../models/compile-plan.ts'
import { hashOf } from '../rules/engine/random.ts'
import type { NewProjection, PlanInput, Projection, WhatIf, WhatIfAnswer } from '../schema.ts'
import { readPlan } from './plan-row.ts'
import { readProjection } from './read-projections.ts'
import { readOwnHistory } from './read-own-history.ts'
import { isCrowded, runScenario } from './run-scenario.ts'
import { tellStory } from './tell-story.ts'

const QUICK_PATHS = 2_000
const RETRY_SECONDS = 2

/**
 * Reckons a plan as it is kept, and keeps what came out with the seed and all that went in.
 * @throws NotFound, PlanNotReady, `rate-limited` where too many are waiting
 */
export async function createProjection(ctx: Ctx, planId: string, wish: NewProjection): Promise<Projection> {
  authorise(ctx, 'planner:write')
  const plan = await readPlan(ctx, planId)
  const id = ctx.ids.next()
  const seed = wish.seed ?? hashOf(id) >>> 0
  const { figures, history } = await reckon(ctx, plan.input, { seed, paths: wish.paths, detail: true })
  const result = JSON.stringify({ figures, history })
  const by = 'userId' in ctx.actor ? ctx.actor.userId : null
  await transaction(ctx, async (tx) => {
    await rows(
      tx,
      sql`INSERT INTO projections (workspace_id, id, plan_id, name, seed, engine, paths, input, result, created_by, created_at)
        VALUES (${tx.workspaceId}, ${id}, ${planId}, ${plan.input.name}, ${String(seed)}, ${ENGINE}, ${wish.paths},
          ${JSON.stringify(plan.input)}::jsonb, ${result}::jsonb, ${by}, ${ctx.clock.now()})`,
    )
    await audit(tx, {
      action: 'projection.create',
      subjectKind: 'projection',
      subjectId: id,
      after: { name: plan.input.name, seed },
    })
  })
  return readProjection(ctx, id)
}

/** Tries a plan that is not kept, while somebody drags: fewer paths, the plan alone. @throws PlanNotReady, `rate-limited` */
export async function tryPlan(ctx: Ctx, { input, seed }: WhatIf): Promise<WhatIfAnswer> {
  authorise(ctx, 'planner:read')
  const { figures, history } = await reckon(ctx, input, { seed, paths: QUICK_PATHS, detail: false })
  return { seed, figures, history, story: tellStory(input, figures, ctx.locale) }
}

async function reckon(
  ctx: Ctx,
  input: PlanInput,
  { seed, paths, detail }: { seed: number; paths: number; detail: boolean },
): Promise<Pick<WhatIfAnswer, 'figures' | 'history'>> {
  if (isCrowded()) throw new DomainError('rate-limited', 429, { retrySeconds: RETRY_SECONDS })
  const own = await readOwnHistory(ctx, input)
  const { scenario, history } = compilePlan(input, { seed, paths }, own)
  return { figures: await runScenario(scenario, { detail, urgent: !detail }), history }
}
