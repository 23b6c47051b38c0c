import { createPlan, createProjection, listPlans, type PlanInput } from '../modules/planner/index.ts'
import { listStreams } from '../modules/streams/index.ts'
import type { Ctx } from '../platform/ctx.ts'

const sar = (riyals: number) => ({ amount: String(riyals * 100), currency: 'SAR' as const })
const SEED = 20_261_121

/** What earns already, something new, and more once that may stand: under one budget of evenings and savings. */
const PLAN = (firstMonth: string, courseId: string | null): PlanInput => ({
  name: 'سنتان من الأمسيات',
  currency: 'SAR',
  firstMonth,
  months: 24,
  money: sar(3_000),
  monthlyMoney: sar(150),
  hoursPerMonth: 40,
  hourlyWage: sar(45),
  taxShare: 0,
  ladder: [
    { name: 'المسكن', amount: sar(1_800) },
    { name: 'الطعام', amount: sar(1_200) },
    { name: 'الصحة والنقل', amount: sar(900) },
  ],
  economy: {
    inflation: 0.025,
    inflationSpread: 0.015,
    exchangeSpread: 0,
    jumpsPerYear: 0,
    jumpSize: 0.3,
    passThrough: 0.4,
  },
  rates: [{ currency: 'USD', rate: 3.75 }],
  streams: [
    {
      key: 'course',
      name: 'دورة التصميم',
      model: 'course',
      streamId: courseId,
      currency: 'USD',
      platform: 'udemy',
      startMonth: 0,
      outlay: sar(0),
      monthlyCost: sar(0),
      buildHours: 0,
      upkeepHours: 2,
      feeShare: 0,
      // Nobody publishes it: her own guess, before her own months came in.
      values: { level: [50, 400] },
    },
    {
      key: 'guides',
      name: 'أدلّة رقمية',
      model: 'digital-product',
      streamId: null,
      currency: 'USD',
      platform: 'rafid',
      startMonth: 0,
      outlay: sar(400),
      monthlyCost: sar(40),
      buildHours: 80,
      upkeepHours: 6,
      feeShare: 0.05,
      values: { launch: [0.8, 0.8] },
    },
    {
      key: 'newsletter',
      name: 'نشرة شهرية',
      model: 'newsletter',
      streamId: null,
      currency: 'USD',
      platform: 'rafid',
      startMonth: 8,
      outlay: sar(200),
      monthlyCost: sar(55),
      buildHours: 30,
      upkeepHours: 20,
      feeShare: 0.1,
      values: {},
    },
  ],
})

/** A plan, and what may come of it. Made once. */
export async function seedPlans(ctx: Ctx): Promise<void> {
  const { items: plans } = await listPlans(ctx, { limit: 1 })
  if (plans.length > 0) return
  const { items: streams } = await listStreams(ctx, { limit: 100 })
  const course = streams.find(({ platform }) => platform === 'Udemy')
  const { id } = await createPlan(ctx, PLAN(ctx.clock.now().toISOString().slice(0, 7), course?.id ?? null))
  await createProjection(ctx, id, { seed: SEED, paths: 10_000 })
}
