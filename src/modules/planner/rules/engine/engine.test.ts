import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { barePlan, bareStream, reckon } from '../../../../../test/support/plans.ts'
import { compilePlan } from '../../models/compile-plan.ts'
import { STREAM_MODELS } from '../../models/index.ts'
import { endThreads, runScenario } from '../../operations/run-scenario.ts'
import type { PlanInput, PlannedStream } from '../../schema.ts'
import { exp, ln, normalQuantile, normalShare } from './arithmetic.ts'
import { createGenerator, fillNormals, fillUniforms, seedGenerator } from './random.ts'
import { createBench, spreadOf } from './select.ts'
import { decayOf } from './shapes.ts'

const PATHS = 600
const scenarioOf = (plan: PlanInput, seed = 3, paths = PATHS) =>
  compilePlan(plan, { seed, paths }, new Map()).scenario
const dollars = (amount: number) => ({ amount: String(amount * 100), currency: 'USD' as const })

/** What must be set where there is no reliable data. */
const UNKNOWN: PlannedStream['values'] = {
  level: [20, 200],
  'per-thousand-views': [1, 4],
  'per-hour': [10, 30],
  success: [0.05, 0.2],
  margin: [50, 300],
  'let-share': [0.01, 0.05],
  rent: [20, 60],
  'site-price': [300, 2_000],
  'pool-fees': [0.05, 0.3],
}

/** A stream of a model with something set wherever something must be. */
function filled(id: string, change: Partial<PlannedStream> = {}): PlannedStream {
  const wanted = STREAM_MODELS.find((model) => model.id === id)?.parameters.filter(
    ({ value }) => value === undefined,
  )
  const values = Object.fromEntries((wanted ?? []).map(({ name }) => [name, UNKNOWN[name] ?? [0, 0]]))
  return bareStream(id, { ...change, values: { ...(values as PlannedStream['values']), ...change.values } })
}

afterAll(() => endThreads())

describe('arithmetic that is the same everywhere', () => {
  test('agrees with the engine’s own to twelve digits', () => {
    fc.assert(
      fc.property(fc.double({ min: -600, max: 600, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-11)
      }),
    )
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), (x) => {
        expect(Math.abs(ln(x) - Math.log(x))).toBeLessThan(1e-11)
      }),
    )
  })

  test('the normal quantile is the inverse of the normal share, and grows', () => {
    for (let p = 0.0005; p < 0.9995; p += 0.0005) {
      expect(Math.abs(normalShare(normalQuantile(p)) - p)).toBeLessThan(3e-7)
      expect(normalQuantile(p + 1e-6)).toBeGreaterThan(normalQuantile(p))
    }
    expect(normalQuantile(0.975)).toBeCloseTo(1.959964, 5)
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361341, 4)
  })

  test('the generator gives what was written down once: a change of it changes every stored seed', () => {
    const generator = createGenerator()
    seedGenerator(generator, 42, 7, 3)
    const drawn = new Float64Array(4)
    fillUniforms(generator, drawn, 4)
    expect([...drawn]).toMatchInlineSnapshot(`
      [
        0.20914392347913235,
        0.8455497742397711,
        0.14196092856582254,
        0.09873561596032232,
      ]
    `)
  })

  test('normal draws have the moments of the normal distribution', () => {
    const generator = createGenerator()
    seedGenerator(generator, 1, 1, 1)
    const drawn = new Float64Array(100_000)
    fillNormals(generator, drawn, drawn.length)
    const moment = (power: number) => drawn.reduce((sum, one) => sum + one ** power, 0) / drawn.length
    expect(Math.abs(moment(1))).toBeLessThan(0.015)
    expect(moment(2)).toBeCloseTo(1, 1)
    expect(Math.abs(moment(3))).toBeLessThan(0.05)
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.1)
  })

  test('quantiles by bins are those of sorting', () => {
    const bench = createBench(400)
    const value = fc.oneof(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.constant(0),
      fc.constant(-10),
    )
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 400 }), (values) => {
        const row = Float32Array.from(values, (one) => (one === 0 ? 0 : one))
        const sorted = row.toSorted()
        const at = (share: number) => sorted[Math.max(0, Math.ceil(share * row.length) - 1)]
        const { p10, p50, p90 } = spreadOf(bench, row, 0, row.length)
        expect([p10, p50, p90]).toEqual([at(0.1), at(0.5), at(0.9)])
      }),
      { numRuns: 60 },
    )
  })

  test('the decay of a launch brings what was asked for in its first year', () => {
    const pace = decayOf(2.9)
    expect(Math.log(1 + 52 / pace) / Math.log(1 + 1 / pace)).toBeCloseTo(2.9, 6)
  })
})

describe('a projection', () => {
  const everything = barePlan(
    STREAM_MODELS.slice(0, 12).map(({ id }, nth) =>
      filled(id, { startMonth: nth, outlay: dollars(50), upkeepHours: 3, buildHours: 10 }),
    ),
    {
      months: 24,
      money: dollars(400),
      monthlyMoney: dollars(20),
      hoursPerMonth: 30,
      ladder: [{ name: 'Roof', amount: dollars(100) }],
    },
  )

  test('is the same on two threads as on one, and again', async () => {
    const scenario = scenarioOf(everything)
    const threaded = await runScenario(scenario, { detail: true })
    expect(threaded).toEqual(reckon(scenario, true).figures)
    expect(await runScenario(scenario, { detail: true, urgent: true })).toEqual(threaded)
    expect((await runScenario(scenarioOf(everything, 4), { detail: true })).plan).not.toEqual(threaded.plan)
  }, 30_000)

  test('tried again after a change, it is bit for bit what it would be without what was kept', async () => {
    const [first, second, ...others] = everything.streams
    if (first === undefined || second === undefined) throw new Error('the plan has streams')
    const launch = (chance: number) => ({
      streams: [
        { ...first, values: { ...first.values, launch: [chance, chance] as [number, number] } },
        second,
        ...others,
      ],
    })
    // Begun and launched in the same months, with fewer hours for the last of them.
    const built = everything.streams.map((stream) => ({ ...stream, buildHours: 0 }))
    const changes: Partial<PlanInput>[] = [
      { streams: built, hoursPerMonth: 13 },
      { streams: built, hoursPerMonth: 10 },
      { streams: built, hoursPerMonth: 11 },
      // The first is given up on other paths, and leaves its hours to the others there.
      {
        streams: [
          { ...first, buildHours: 0, values: { ...first.values, launch: [0.2, 0.2] } },
          ...built.slice(1),
        ],
        hoursPerMonth: 11,
      },
      {},
      launch(0.2),
      launch(0.9),
      { hoursPerMonth: 55 },
      { hoursPerMonth: 12 },
      { hoursPerMonth: 31, ...launch(0.4) },
      { money: dollars(90) },
      { money: dollars(90), ...launch(0.5) },
      { money: dollars(5_000), hoursPerMonth: 200 },
      { hoursPerMonth: 201, taxShare: 0.2 },
      { streams: [{ ...first, upkeepHours: 20, buildHours: 3 }, second, ...others] },
      { streams: [{ ...first, upkeepHours: 20, buildHours: 3 }, { ...second, feeShare: 0.4 }, ...others] },
      { streams: [second, first, ...others] },
      { months: 30, hourlyWage: dollars(9) },
      { economy: { ...everything.economy, inflation: 0.2, exchangeSpread: 0.1, jumpsPerYear: 0.5 } },
      {},
    ]
    for (const change of changes) {
      const scenario = scenarioOf({ ...everything, ...change }, 3, 200)
      expect(await runScenario(scenario, { detail: false }), JSON.stringify(change).slice(0, 80)).toEqual(
        reckon(scenario).figures,
      )
    }
  }, 30_000)

  test('keeps each stream’s luck when another is added behind it', () => {
    const alone = reckon(scenarioOf(barePlan([filled('digital-product')])), true).figures
    const both = reckon(scenarioOf(barePlan([filled('digital-product'), filled('e-book')])), true).figures
    expect(both.streams[0]).toEqual(alone.streams[0])
  })

  test.each(STREAM_MODELS.map(({ id }) => id))(
    'of %s has P10 ≤ P50 ≤ P90 and shares between 0 and 1',
    (id) => {
      const { figures } = reckon(
        scenarioOf(barePlan([filled(id, { outlay: dollars(100) })], { money: dollars(100), months: 36 })),
        true,
      )
      const { monthly, total, endValue, zero, belowWage } = figures.plan
      for (let month = 0; month < figures.months; month += 1) {
        expect(monthly.p10[month]).toBeLessThanOrEqual(monthly.p50[month] ?? Number.NaN)
        expect(monthly.p50[month]).toBeLessThanOrEqual(monthly.p90[month] ?? Number.NaN)
      }
      for (const spread of [total, endValue])
        expect([spread.p10, spread.p50, spread.p90]).toEqual(
          [spread.p10, spread.p50, spread.p90].toSorted((a, b) => a - b),
        )
      for (const share of [zero, belowWage, ...figures.zeroBy, ...figures.outOfMoneyBy]) {
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
      }
    },
  )

  test.each(['launch', 'first-sale', 'level'])('never has a lower P50 for more of %s', (name) => {
    const share = name !== 'level'
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (low, part) => {
          const high = low + (0.99 - low) * part
          const of = (value: number) => {
            const set = share ? value : value * 100
            const plan = barePlan(
              [
                filled('digital-product', {
                  values: { 'first-sale': [0.9, 0.9], launch: [0.9, 0.9], [name]: [set, set] },
                }),
              ],
              { months: 18 },
            )
            return reckon(scenarioOf(plan, 3, 300)).figures.plan
          }
          const [less, more] = [of(low), of(high)]
          expect(more.total.p50).toBeGreaterThanOrEqual(less.total.p50)
          expect(more.zero).toBeLessThanOrEqual(less.zero)
          for (const [month, value] of less.monthly.p50.entries())
            expect(more.monthly.p50[month]).toBeGreaterThanOrEqual(value)
        },
      ),
      { numRuns: 12 },
    )
  })

  test('brings nothing without hours, and begins nothing without the money that it takes', () => {
    const works = filled('digital-product', { buildHours: 20, upkeepHours: 5 })
    expect(reckon(scenarioOf(barePlan([works], { hoursPerMonth: 0 }))).figures.plan).toMatchObject({
      zero: 1,
      total: { p90: 0 },
      hours: { p90: 0 },
    })
    const costly = filled('dividends', { outlay: dollars(1_000) })
    const poor = reckon(scenarioOf(barePlan([costly]))).figures
    expect(poor.plan).toMatchObject({ zero: 1, putIn: { p90: 0 }, events: { postponed: 1 } })
    // Saved month by month, it is begun when there is enough.
    const saving = reckon(scenarioOf(barePlan([costly], { monthlyMoney: dollars(100) }))).figures
    expect(saving.zeroBy[9]).toBe(1)
    expect(saving.zeroBy[13]).toBe(0)
  })

  test('streams share their hours in the order of the plan', () => {
    const first = filled('services', {
      buildHours: 0,
      upkeepHours: 30,
      values: { 'first-sale': [1, 1], 'give-up': [0, 0] },
    })
    const second = { ...filled('micro-tasks', { upkeepHours: 30 }), key: 'second' }
    const of = (hours: number) =>
      reckon(scenarioOf(barePlan([first, second], { hoursPerMonth: hours })), true).figures.streams
    expect(of(30)[1]?.total.p90).toBe(0)
    expect(of(45)[1]?.total.p50).toBeGreaterThan(0)
    expect(of(45)[1]?.total.p50).toBeLessThan(of(60)[1]?.total.p50 ?? 0)
    expect(of(45)[0]).toEqual(of(60)[0])
  })

  test('streams of one platform fall together', () => {
    const risky = (key: string, platform: string) => ({
      ...filled('micro-tasks', {
        platform,
        values: {
          shocks: [0.4, 0.4],
          'shock-leaves': [0.1, 0.1],
          noise: [0, 0],
          'level-spread': [0, 0],
          'give-up': [0, 0],
        },
      }),
      key,
    })
    const lateOf = (second: string) =>
      reckon(scenarioOf(barePlan([risky('a', 'one'), risky('b', second)], { months: 24 }))).figures.plan.late
    const [same, apart] = [lateOf('one'), lateOf('other')]
    expect(same.p10).toBeLessThan(apart.p10)
    expect(same.p90 - same.p10).toBeGreaterThan((apart.p90 - apart.p10) * 1.05)
  })

  test('a devaluation raises what comes from abroad, and prices at home', () => {
    const abroad = (jumpsPerYear: number) =>
      barePlan([filled('micro-tasks')], {
        currency: 'EGP',
        money: { amount: '0', currency: 'EGP' },
        monthlyMoney: { amount: '0', currency: 'EGP' },
        hourlyWage: { amount: '0', currency: 'EGP' },
        rates: [{ currency: 'USD', rate: 48 }],
        economy: {
          inflation: 0,
          inflationSpread: 0,
          exchangeSpread: 0,
          jumpsPerYear,
          jumpSize: 0.5,
          passThrough: 0.4,
        },
        streams: [
          {
            ...filled('micro-tasks', { values: { 'give-up': [0, 0] } }),
            outlay: { amount: '0', currency: 'EGP' },
            monthlyCost: { amount: '0', currency: 'EGP' },
          },
        ],
      })
    const late = (jumps: number) => reckon(scenarioOf(abroad(jumps))).figures.plan.late.p50
    expect(late(1)).toBeGreaterThan(late(0))
  })
})
