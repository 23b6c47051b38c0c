import { planInputSchema, type PlanInput, type PlannedStream } from '../../src/modules/planner/schema.ts'
import { createOutcome, type Outcome } from '../../src/modules/planner/rules/engine/outcome.ts'
import type { Scenario } from '../../src/modules/planner/rules/engine/scenario.ts'
import { simulate } from '../../src/modules/planner/rules/engine/simulate.ts'
import { describePart, summarise, type Figures } from '../../src/modules/planner/rules/engine/summarise.ts'
import { findModel } from '../../src/modules/planner/models/index.ts'

const dollars = (amount: number) => ({ amount: String(Math.round(amount * 100)), currency: 'USD' as const })

/** A stream without costs, hours or fees that begins at once; in dollars. */
export function bareStream(model: string, change: Partial<PlannedStream> = {}): PlannedStream {
  return {
    key: model,
    name: model,
    model,
    streamId: null,
    currency: 'USD',
    platform: '',
    startMonth: 0,
    outlay: dollars(0),
    monthlyCost: dollars(0),
    buildHours: 0,
    upkeepHours: 0,
    feeShare: 0,
    values: {},
    ...change,
  }
}

/** A plan of such streams, with stable prices and no tax; in dollars. */
export function barePlan(streams: PlannedStream[], change: Partial<PlanInput> = {}): PlanInput {
  return planInputSchema.parse({
    name: 'A plan',
    currency: 'USD',
    firstMonth: '2026-12',
    months: 48,
    money: dollars(0),
    monthlyMoney: dollars(0),
    hoursPerMonth: 40,
    hourlyWage: dollars(5),
    taxShare: 0,
    ladder: [],
    economy: { inflation: 0, inflationSpread: 0 },
    streams,
    ...change,
  })
}

/** All paths of a scenario, reckoned here and now. */
export function reckon(scenario: Scenario, detail = false): { outcome: Outcome; figures: Figures } {
  const outcome = createOutcome(scenario, detail)
  const machineOf = (id: string) => {
    const model = findModel(id)
    if (model === undefined) throw new Error(`there is no model ${id}`)
    return model.machine
  }
  const range = { from: 0, to: scenario.paths }
  const counts = simulate(scenario, machineOf, { outcome, range })
  const rows = { from: 0, to: outcome.net.length / scenario.paths }
  const part = describePart(outcome, scenario, { rows, series: { from: 0, to: outcome.series } })
  return { outcome, figures: summarise(scenario, outcome, { counts, parts: [part] }) }
}
