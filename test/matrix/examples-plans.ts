import { createPlan } from '../../src/modules/planner/operations/change-plans.ts'
import { createProjection } from '../../src/modules/planner/operations/project.ts'
import type { Ctx } from '../../src/platform/ctx.ts'
import { barePlan, bareStream } from '../support/plans.ts'
import type { Example } from './examples.ts'
import type { House } from './house.ts'

const plan = barePlan([bareStream('digital-product')], { months: 6 })

/** A plan that was reckoned once. */
export async function furnishPlans(ctx: Ctx): Promise<{ plan: string; projection: string }> {
  const { id } = await createPlan(ctx, plan)
  const projection = await createProjection(ctx, id, { paths: 500 })
  return { plan: id, projection: projection.id }
}

/** Plans and what may come of them. */
export const PLANS: Readonly<Record<string, (house: House) => Example>> = {
  'POST /plans': () => ({ body: plan }),
  'PUT /plans/{id}': () => ({ body: { version: 1, input: plan } }),
  'DELETE /plans/{id}': () => ({ last: true }),
  'POST /plans/{id}/projections': () => ({ body: { paths: 500 } }),
  'POST /what-if': () => ({ body: { input: plan } }),
}
