/**
 * What may come of a plan: 10,000 paths × 120 months × 10 correlated streams on two threads, in a process of its own; and
 * what-ifs of 2,000 paths of the same plan over HTTP, one after the other, as somebody drags one of its sliders.
 */
import { compilePlan } from '../src/modules/planner/models/compile-plan.ts'
import { endThreads, runScenario } from '../src/modules/planner/operations/run-scenario.ts'
import type { PlanInput } from '../src/modules/planner/schema.ts'
import { barePlan, bareStream } from '../test/support/plans.ts'
import { createClient } from './support/http.ts'
import { cpuSeconds, residentMb } from './support/processes.ts'
import { median, quantile, runBench } from './support/report.ts'
import { startServer } from './support/server.ts'
import { openShop } from './support/shop.ts'

const RUNS = 15
const WHAT_IFS = 60
const MODELS = [
  'digital-product',
  'e-book',
  'course',
  'newsletter',
  'blog-or-channel',
  'affiliates',
  'services',
  'micro-tasks',
  'dividends',
  'staking',
]
const VALUES: Readonly<Record<string, PlanInput['streams'][number]['values']>> = {
  course: { level: [20, 200] },
  'blog-or-channel': { 'per-thousand-views': [1, 4] },
  services: { 'per-hour': [10, 30] },
}
const dollars = (amount: number) => ({ amount: String(amount * 100), currency: 'USD' as const })

const plan = barePlan(
  MODELS.map((model, nth) =>
    bareStream(model, {
      startMonth: nth,
      outlay: dollars(100),
      monthlyCost: dollars(5),
      buildHours: 20,
      upkeepHours: 4,
      values: VALUES[model] ?? {},
    }),
  ),
  {
    months: 120,
    money: dollars(2_000),
    monthlyMoney: dollars(50),
    hoursPerMonth: 60,
    ladder: [400, 300, 200, 400, 200].map((amount, nth) => ({
      name: `Step ${nth + 1}`,
      amount: dollars(amount),
    })),
    economy: {
      inflation: 0.03,
      inflationSpread: 0.015,
      exchangeSpread: 0.05,
      jumpsPerYear: 0.1,
      jumpSize: 0.3,
      passThrough: 0.4,
    },
  },
)

/** The plan with another chance that one of its streams is launched. */
function withLaunch(input: PlanInput, at: number, chance: number): PlanInput {
  const streams = input.streams.map((stream, nth) =>
    nth === at
      ? { ...stream, values: { ...stream.values, launch: [chance, chance] as [number, number] } }
      : stream,
  )
  return { ...input, streams }
}

await runBench(async (report) => {
  const { scenario } = compilePlan(plan, { seed: 1, paths: 10_000 }, new Map())
  const residentBefore = residentMb(process.pid)
  const times: number[] = []
  let warm = process.cpuUsage()
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now()
    await runScenario(scenario, { detail: true })
    times.push(performance.now() - start)
    if (run === 2) warm = process.cpuUsage()
  }
  const { user, system } = process.cpuUsage(warm)
  const most = residentMb(process.pid)
  await endThreads()
  report({ name: 'projection: first', value: times[0] ?? 0, unit: 'ms', note: 'threads start, code is cold' })
  report({
    name: 'projection',
    value: median(times.slice(3)) / 1000,
    unit: 's',
    reference: 0.4,
    limit: 'at most',
    note: `median of ${RUNS - 3} warm, best ${Math.round(Math.min(...times))} ms`,
  })
  report({
    name: 'projection: processor time',
    value: (user + system) / 1_000_000 / (RUNS - 3),
    unit: 's',
    note: 'of both threads together, also where others are busy on the machine',
  })
  report({
    name: 'projection: memory',
    value: most - residentBefore,
    unit: 'MB',
    reference: 200,
    limit: 'at most',
    note: `on top of ${Math.round(residentBefore)} MB`,
  })
  const server = await startServer('projection')
  const shop = await openShop(server)
  const http = createClient(server.url, 1)
  const headers = { authorization: `Bearer ${shop.token}` }
  const short = { ...plan, months: 36, streams: plan.streams.slice(0, 3) }
  const cases: readonly { name: string; dragged: (nth: number) => PlanInput; limit?: number }[] = [
    // What is dragged on the screen: the chance that a stream is launched, money, hours. Each time another value.
    { name: 'what-if', dragged: (nth) => withLaunch(plan, 4, nth / WHAT_IFS), limit: 60 },
    {
      name: 'what-if: first of the streams',
      dragged: (nth) => withLaunch(plan, 0, nth / WHAT_IFS),
      limit: 60,
    },
    { name: 'what-if: hours', dragged: (nth) => ({ ...plan, hoursPerMonth: 20 + nth }), limit: 60 },
    { name: 'what-if: money', dragged: (nth) => ({ ...plan, money: dollars(25 * nth) }), limit: 60 },
    // Nothing of the last answer holds: each stream is reckoned anew; and with other prices also what they have in common.
    { name: 'what-if: every stream changes', dragged: (nth) => ({ ...plan, taxShare: nth / 200 }) },
    {
      name: 'what-if: all changes',
      dragged: (nth) => ({ ...plan, economy: { ...plan.economy, inflation: 0.02 + nth / 1_000 } }),
    },
    { name: 'what-if: three streams, three years', dragged: (nth) => withLaunch(short, 1, nth / WHAT_IFS) },
  ]
  for (const { name, dragged, limit } of cases) {
    const taken: number[] = []
    const { node: before } = cpuSeconds(server)
    for (let nth = 0; nth < WHAT_IFS; nth += 1) {
      const json = { input: dragged(nth) }
      const start = performance.now()
      const { status, body } = await http('/api/v1/what-if', { headers, json })
      taken.push(performance.now() - start)
      if (status !== 200) throw new Error(`a what-if answers ${status}: ${body.toString()}`)
    }
    const processor = ((cpuSeconds(server).node - before) / WHAT_IFS) * 1_000
    const warm = taken.slice(10)
    report({
      name,
      value: median(warm),
      unit: 'ms',
      ...(limit === undefined ? {} : { reference: limit, limit: 'at most' }),
      note: `2,000 paths; first ${Math.round(taken[0] ?? 0)} ms, nine of ten within ${Math.round(quantile(warm, 0.9))} ms; processor ${Math.round(processor)} ms each`,
    })
  }
  http.close()
})
