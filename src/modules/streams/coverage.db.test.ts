import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import { createApp } from '../../app.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { transaction } from '../../platform/database/transaction.ts'
import type { MailTransport } from '../../platform/mail/transport.ts'
import { setRates } from '../ledger/operations/set-rates.ts'
import type { ApiAlarms, ApiConcentration } from './concentration-schema.ts'
import type { ApiCoverage, LivingCosts } from './coverage-schema.ts'
import { createStream } from './operations/create-stream.ts'
import { recordStreamMoney } from './operations/record-money.ts'
import { watchConcentration } from './operations/watch-concentration.ts'
import type { MoneySettings, PurchasingPower } from './purchasing-power-schema.ts'
import { monthAfter, monthsFrom } from './rules/coverage-months.ts'
import { newStreamSchema } from './schema.ts'

let services: TestServices
let app: ReturnType<typeof createApp>
const clock = standingClock('2026-03-10T08:00:00Z')
beforeAll(async () => {
  services = await testServices({ clock })
  app = createApp(services)
})

type World = TestWorkspace & {
  ask: <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>
  stream: (change?: object) => Promise<string>
  earn: (
    streamId: string,
    amounts: Readonly<Record<string, bigint>>,
    currency?: 'SAR' | 'EGP' | 'USD',
  ) => Promise<void>
}

async function makeWorld(): Promise<World> {
  const made = await makeWorkspace(services, { locale: 'en' })
  const { ctx, headers } = made
  let key = 0
  return {
    ...made,
    ask: async <Answer>(method: string, path: string, body?: unknown) => {
      const answer = await app.request(`/api/v1${path}`, {
        method,
        headers: {
          ...headers,
          'accept-language': 'en',
          ...(typeof body === 'string' && { 'content-type': 'text/csv' }),
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      return (answer.status === 204 ? undefined : await answer.json()) as Answer
    },
    stream: async (change = {}) =>
      (
        await createStream(
          ctx,
          newStreamSchema.parse({ kind: 'service', name: 'Translation', currency: 'SAR', ...change }),
        )
      ).id,
    earn: async (streamId, amounts, currency = 'SAR') => {
      const items = Object.entries(amounts).map(([month, amountMinor]) => ({
        streamId,
        kind: 'income' as const,
        amountMinor,
        currency,
        on: `${month}-05`,
        key: `earn/${(key += 1)}`,
      }))
      await transaction(ctx, (tx) => recordStreamMoney(tx, items))
    },
  }
}

const sar = (amount: bigint) => ({ amount: amount.toString(), currency: 'SAR' })
const cost = (step: string, amount: bigint, change: object = {}) => ({ step, amount: sar(amount), ...change })
const months = (first: string, count: number) => monthsFrom(first, monthAfter(first, count - 1))
const every = (list: readonly string[], amount: (at: number) => bigint) =>
  Object.fromEntries(list.map((month, at) => [month, amount(at)]))
type Refused = { type: string; errors: { pointer: string; detail: string }[] }

describe('coverage', () => {
  test('is told by step, for months that were, after costs, without salaries and the running month', async () => {
    const { ask, stream, earn, ctx } = await makeWorld()
    const first = await stream()
    const salary = await stream({ kind: 'salary', name: 'Salary' })
    // Ten complete months: 100, 200 … 1000.
    await earn(
      first,
      every(months('2025-05', 10), (at) => BigInt(at + 1) * 10_000n),
    )
    await earn(first, { '2026-03': 9_999_900n })
    await earn(salary, { '2026-01': 5_000_000n })
    await transaction(ctx, (tx) =>
      recordStreamMoney(tx, [
        {
          streamId: first,
          kind: 'cost',
          amountMinor: 5_000n,
          currency: 'SAR',
          on: '2025-05-20',
          key: 'cost',
        },
      ]),
    )
    await ask('PUT', '/living-costs', { items: [cost('roof', 20_000n), cost('food', 30_000n)] })
    const coverage = await ask<ApiCoverage>('GET', '/coverage')
    expect(coverage.markers.map(({ name, month, net }) => [name, month, net.amount])).toEqual([
      ['bad', '2025-05', '5000'],
      ['usual', '2025-09', '50000'],
      ['good', '2026-01', '90000'],
    ])
    expect(coverage).toMatchObject({ currency: 'SAR', hasCosts: true, months: 10, few: 'year', missing: [] })
    expect(coverage.steps.slice(0, 2)).toMatchObject([
      { step: 'roof', upTo: sar(20_000n), covered: { bad: 0.25, usual: 2.5, good: 4.5 }, monthsCovered: 9 },
      { step: 'food', upTo: sar(50_000n), covered: { bad: 0.1, usual: 1, good: 1.8 }, monthsCovered: 6 },
    ])
  })

  test('leaves out months of which a rate is missing, and says which', async () => {
    const { ask, stream, earn, ctx } = await makeWorld()
    const id = await stream()
    await earn(id, { '2025-12': 10_000n, '2026-01': 10_000n })
    await earn(id, { '2025-12': 100n, '2026-02': 100n }, 'USD')
    await setRates(
      ctx,
      [{ base: 'USD', quote: 'SAR', day: '2026-02-01', numerator: 15n, denominator: 4n, source: 'entered' }],
      'entered',
    )
    await ask('PUT', '/living-costs', { items: [cost('roof', 1_000n)] })
    const coverage = await ask<ApiCoverage>('GET', '/coverage')
    expect(coverage.missing).toEqual([{ month: '2025-12', what: 'rate', currency: 'USD' }])
    expect(coverage.nets.map(({ month, net }) => [month, net.amount])).toEqual([
      ['2026-01', '10000'],
      ['2026-02', '375'],
    ])
    expect(coverage.assumed).toBe(2)
    expect(coverage.few).toBe('worst')
  })

  test('of nothing says so', async () => {
    const { ask } = await makeWorld()
    expect(await ask('GET', '/coverage')).toMatchObject({ currency: null, few: 'none', markers: [] })
    expect(await ask('GET', '/concentration')).toMatchObject({ currency: null, dimensions: [] })
    expect(await ask('GET', '/purchasing-power')).toMatchObject({ currency: null, series: [] })
  })
})

describe('living costs', () => {
  test('are kept in order, and their seasons stand where they fall this year', async () => {
    const { ask } = await makeWorld()
    const items = [
      cost('roof', 200_000n, { label: 'Rent' }),
      cost('all', 60_000n, { label: 'School', when: 'month', month: 9 }),
      cost('food', 29_000n, { label: 'Ramadan', when: 'ramadan' }),
    ]
    const set = await ask<LivingCosts>('PUT', '/living-costs', { items })
    expect(set.items.map(({ label }) => label)).toEqual(['Rent', 'School', 'Ramadan'])
    expect(await ask('GET', '/living-costs')).toEqual(set)
    const foodIn = (month: string) =>
      set.year.find((one) => one.month === month)?.steps.find(({ step }) => step === 'food')?.own.amount
    // The rest of Ramadan 1447 until 19 March 2026, and all of 1448 from 8 February 2027 on that the twelve months hold.
    expect(Number(foodIn('2026-03'))).toBeGreaterThan(0)
    expect(Number(foodIn('2027-02'))).toBeGreaterThan(0)
    expect(foodIn('2026-06')).toBe('0')
  })

  test('are dated: a past month is told against what life cost then, in either calendar', async () => {
    const { ask, stream, earn } = await makeWorld()
    await earn(
      await stream(),
      every(months('2025-09', 6), () => 50_000n),
    )
    await ask('PUT', '/living-costs', { from: '2025-10', items: [cost('roof', 40_000n)] })
    await ask('PUT', '/living-costs', { from: '2026-02', items: [cost('roof', 80_000n, { label: 'Moved' })] })
    const now = await ask<LivingCosts>('GET', '/living-costs')
    expect([now.from, now.items[0]?.label]).toEqual(['2026-02', 'Moved'])
    expect(now.ladders).toEqual([
      { from: '2025-10', monthly: sar(40_000n) },
      { from: '2026-02', monthly: sar(80_000n) },
    ])
    expect((await ask<LivingCosts>('GET', '/living-costs?month=2026-01')).from).toBe('2025-10')
    const coverage = await ask<ApiCoverage>('GET', '/coverage')
    expect(coverage.assumed).toBe(1)
    expect(coverage.steps[0]).toMatchObject({
      upTo: sar(80_000n),
      covered: { usual: 0.625 },
      monthsCovered: 5,
    })
    expect(coverage.nets.map(({ steps }) => steps[0]?.covered)).toEqual([1.25, 1.25, 1.25, 1.25, 1.25, 0.625])
    const hijri = await ask<ApiCoverage>('GET', '/coverage?calendar=hijri')
    expect(hijri.nets.map(({ month }) => month).join(' ')).toBe(
      '1447-03 1447-04 1447-05 1447-06 1447-07 1447-08',
    )
    // 12 of 31 days of January at 400, 17 of 28 of February at 800.
    expect(hijri.nets.at(-1)?.steps[0]?.upTo).toEqual(sar(15_483n + 48_572n))
    expect(hijri.dearest.month).toMatch(/^144[78]-\d\d$/)

    // Correcting needs no month; other months keep theirs, and so their currency.
    await ask('PUT', '/living-costs', { items: [cost('roof', 90_000n)] })
    expect((await ask<LivingCosts>('GET', '/living-costs')).ladders.map(({ monthly }) => monthly)).toEqual([
      sar(40_000n),
      sar(90_000n),
    ])
    const foreign = { step: 'roof', amount: { amount: '1', currency: 'USD' } }
    const refused = await ask<Refused>('PUT', '/living-costs', { from: '2026-05', items: [foreign] })
    expect(refused.errors[0]?.pointer).toBe('/items/0/amount/currency')
    await ask('PUT', '/living-costs', { from: '2025-10', items: [] })
    expect((await ask<LivingCosts>('GET', '/living-costs?month=2025-11')).from).toBe('2026-02')
  })

  test('of two currencies, below zero, or without their month are refused, and nothing is changed', async () => {
    const { ask } = await makeWorld()
    const before = await ask('PUT', '/living-costs', { items: [cost('roof', 1_000n)] })
    const refused = await ask<Refused>('PUT', '/living-costs', {
      items: [
        cost('roof', 1n),
        { step: 'food', amount: { amount: '1', currency: 'USD' } },
        cost('all', 1n, { when: 'month' }),
      ],
    })
    expect(refused.errors.map(({ pointer }) => pointer)).toEqual([
      '/items/1/amount/currency',
      '/items/2/month',
    ])
    const negative = await ask<Refused>('PUT', '/living-costs', { items: [cost('roof', -1n)] })
    expect(negative.errors[0]?.detail).toContain('below zero')
    expect(await ask('GET', '/living-costs')).toEqual(before)
  })

  test('replaced by two at once are those of one, and not of both', async () => {
    const { ask } = await makeWorld()
    await Promise.all(
      [1n, 2n, 3n].map((nth) =>
        ask('PUT', '/living-costs', { items: [cost('roof', nth), cost('food', nth)] }),
      ),
    )
    const { items } = await ask<LivingCosts>('GET', '/living-costs')
    expect(items).toHaveLength(2)
    expect(items[0]?.amount).toEqual(items[1]?.amount)
  })
})

describe('money of its time', () => {
  const three = ['2025-12', '2026-01', '2026-02']
  async function pounds(): Promise<World> {
    const world = await makeWorld()
    const id = await world.stream({ currency: 'EGP' })
    await world.earn(
      id,
      every(three, () => 1_000_000n),
      'EGP',
    )
    const official = ['2025-12-01', '2026-01-01', '2026-02-01'].map((day) => ({
      base: 'USD',
      quote: 'EGP',
      day,
      numerator: 50n,
      denominator: 1n,
      source: 'entered',
    }))
    await setRates(world.ctx, official, 'entered')
    return world
  }
  const incomes = ({ series }: PurchasingPower) =>
    series.map(({ unit, points }) => [unit, points.map(({ income }) => Number(income))])

  test('a devaluation that the official rate hides is seen at parallel rates, and named', async () => {
    const { ask } = await pounds()
    expect(incomes(await ask('GET', '/purchasing-power?measure=nominal'))[0]?.[0]).toBe('EGP')
    const official = await ask<PurchasingPower>('GET', '/purchasing-power?currency=USD')
    expect(incomes(official)).toEqual([['USD', [20_000, 20_000, 20_000]]])
    expect(
      await ask('POST', '/purchasing-power/parallel-rates', {
        rates: [
          { currency: 'EGP', anchor: 'USD', day: '2025-12-01', rate: '50' },
          { currency: 'EGP', anchor: 'USD', day: '2026-01-01', rate: '62.5' },
          { currency: 'EGP', anchor: 'USD', day: '2026-02-01', rate: '80' },
        ],
      }),
    ).toEqual({ count: 3 })
    expect(incomes(await ask('GET', '/purchasing-power?currency=USD'))).toEqual(incomes(official))
    await ask('PATCH', '/purchasing-power/settings', { rateKind: 'parallel' })
    expect(incomes(await ask('GET', '/purchasing-power?currency=USD'))).toEqual([
      ['USD', [20_000, 16_000, 12_500]],
    ])
    const own = await ask<PurchasingPower>('GET', '/purchasing-power')
    expect(own.devaluations).toEqual([
      { month: '2026-01', lost: 0.2, against: 'USD' },
      { month: '2026-02', lost: expect.closeTo(0.21875, 5) as number, against: 'USD' },
    ])
    await ask('DELETE', '/purchasing-power/parallel-rates/EGP/USD/2026-02-01')
    expect(incomes(await ask('GET', '/purchasing-power?currency=USD'))).toEqual([
      ['USD', [20_000, 16_000, 16_000]],
    ])
  })

  test('constant prices and gold follow what was pasted; months without a figure are left out and told', async () => {
    const { ask } = await pounds()
    expect(
      await ask(
        'POST',
        '/purchasing-power/series/prices/EGP/import',
        'month,index\n2025-12,100\n٢٠٢٦-٠١، ١٢٥',
      ),
    ).toEqual({ count: 2 })
    const prices = await ask<PurchasingPower>('GET', '/purchasing-power?measure=prices')
    expect(incomes(prices)).toEqual([['EGP', [1_250_000, 1_000_000]]])
    expect(prices).toMatchObject({
      baseMonth: '2026-01',
      missing: [{ month: '2026-02', what: 'prices', currency: 'EGP' }],
    })
    await ask('POST', '/purchasing-power/series/gold/EGP', {
      entries: [
        { month: '2025-12', value: '4000' },
        { month: '2026-01', value: '5000' },
        { month: '2026-02', value: '6250.5' },
      ],
    })
    expect(incomes(await ask('GET', '/purchasing-power?measure=gold'))).toEqual([['mg', [2500, 2000, 1600]]])
    expect(
      (await ask<PurchasingPower>('GET', '/purchasing-power')).devaluations.map(({ against }) => against),
    ).toEqual(['gold', 'gold'])
  })

  test('months of the Hijri calendar are whole, and take the figures of the month that holds their middle', async () => {
    const { ask } = await pounds()
    await ask('POST', '/purchasing-power/series/gold/EGP/import', '2025-12,4000\n2026-01,5000\n2026-02,6250')
    const hijri = await ask<PurchasingPower>('GET', '/purchasing-power?measure=gold&calendar=hijri&months=3')
    // 5 December, January and February lie in Jumada II, Rajab and Sha‘ban 1447; the last began on 20 January.
    expect(hijri.months).toEqual(['1447-06', '1447-07', '1447-08'])
    expect(incomes(hijri)).toEqual([['mg', [2500, 2000, 1600]]])
    const nominal = await ask<PurchasingPower>(
      'GET',
      '/purchasing-power?measure=nominal&calendar=hijri&months=3',
    )
    expect(incomes(nominal)).toEqual([['EGP', [1_000_000, 1_000_000, 1_000_000]]])
  })

  test('what lies ahead or cannot be read is refused line by line, and nothing is kept', async () => {
    const { ask } = await makeWorld()
    const refused = await ask<Refused>(
      'POST',
      '/purchasing-power/series/gold/SAR/import',
      '2026-01,300\n2026-02,none\n2026-01,5',
    )
    expect(refused.errors.map(({ pointer }) => pointer)).toEqual(['/line/2', '/line/3'])
    const ahead = await ask<Refused>(
      'POST',
      '/purchasing-power/series/gold/SAR/import',
      '2026-01,300\n2027-01,300',
    )
    expect(ahead.errors[0]?.detail).toContain('still to come')
    const rates = await ask<Refused>('POST', '/purchasing-power/parallel-rates', {
      rates: [{ currency: 'EGP', anchor: 'EGP', day: '2026-03-11', rate: '-4' }],
    })
    expect(rates.errors).toHaveLength(3)
    expect(await ask('GET', '/purchasing-power/series')).toEqual({ items: [] })
    expect(await ask('GET', '/purchasing-power/parallel-rates')).toEqual({ items: [], next: null })
  })

  test('is reported in the currency that was chosen, and otherwise in that of the living costs', async () => {
    const { ask, stream } = await makeWorld()
    await stream({ currency: 'USD' })
    expect((await ask<MoneySettings>('GET', '/purchasing-power/settings')).currency).toBe('USD')
    await ask('PUT', '/living-costs', { items: [cost('roof', 1n)] })
    expect((await ask<MoneySettings>('GET', '/purchasing-power/settings')).currency).toBe('SAR')
    await ask('PATCH', '/purchasing-power/settings', { reportingCurrency: 'KWD' })
    expect(await ask('PATCH', '/purchasing-power/settings', { rateKind: 'parallel' })).toEqual({
      chosenCurrency: 'KWD',
      currency: 'KWD',
      rateKind: 'parallel',
    })
  })
})

describe('concentration', () => {
  test('says how far income hangs on each thing, what would be left, and how it came to be', async () => {
    const { ask, stream, earn } = await makeWorld()
    const year = months('2025-03', 12)
    const [big, small, odd] = [
      await stream({ name: 'Course', platform: 'Udemy', payer: 'Udemy', country: 'US' }),
      await stream({ name: 'Cards', platform: 'udemy', country: 'SA' }),
      await stream({ name: 'Odd jobs' }),
    ]
    await earn(
      big,
      every(year, () => 60_000n),
    )
    await earn(
      small,
      every(year.slice(6), () => 60_000n),
    )
    await earn(
      odd,
      every(year, () => 10_000n),
    )
    await ask('PUT', '/living-costs', { items: [cost('roof', 40_000n)] })
    const found = await ask<ApiConcentration>('GET', '/concentration')
    const of = (by: string) => found.dimensions.find((one) => one.by === by)
    expect(found).toMatchObject({ currency: 'SAR', from: '2025-03', to: '2026-02', months: 12 })
    expect(of('stream')).toMatchObject({
      total: sar(1_200_000n),
      shares: [
        { name: 'Course', share: 0.6 },
        { name: 'Cards', share: 0.3 },
        { name: 'Odd jobs', share: 0.1 },
      ],
      hhi: 0.46,
      alarms: [{ kind: 'hhi' }, { kind: 'largest', value: 0.6, limit: 0.5 }],
    })
    expect(of('stream')?.alarms[1]?.detail).toContain('60%')
    // Without the course: six months of 100, six of 700.
    expect(of('stream')?.without).toMatchObject({
      name: 'Course',
      steps: [{ step: 'roof', now: 1.75, left: 0.25 }, {}, {}, {}, {}],
    })
    expect(of('platform')).toMatchObject({
      unsaid: sar(120_000n),
      shares: [{ name: 'Udemy', share: 0.9 }],
      hhi: 0.81,
    })
    expect(of('country')?.shares.map(({ key }) => key)).toEqual(['US', 'SA'])
    expect(of('currency')?.shares).toHaveLength(1)
    const history = of('stream')?.history ?? []
    expect(history.map(({ months: there }) => there)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(history[5]?.largest).toBeCloseTo(6 / 7, 5)
    expect(history.at(-1)?.hhi).toBe(0.46)
  })

  test('is silent where the person wants no alarm', async () => {
    const { ask, stream, earn } = await makeWorld()
    await earn(await stream(), { '2026-01': 100n })
    expect((await ask<ApiConcentration>('GET', '/concentration')).dimensions[0]?.alarms).toHaveLength(2)
    await ask('PUT', '/concentration/limits', { limits: [{ by: 'stream', hhi: null, largest: 1 }] })
    const [first, , third] = (await ask<ApiConcentration>('GET', '/concentration')).dimensions
    expect([first?.alarms.length, third?.alarms.length]).toEqual([0, 2])
    const refused = await ask<Refused>('PUT', '/concentration/limits', {
      limits: [{ by: 'stream', hhi: 2, largest: null }],
    })
    expect(refused.errors[0]?.pointer).toBe('/limits/0/hhi')
  })

  test('an alarm is told in a sentence from the third month on, in the language and by the months of the reader', async () => {
    const { ask, stream, earn, ctx, headers } = await makeWorld()
    const [big, small] = [
      await stream({ name: 'Course', currency: 'SAR' }),
      await stream({ name: 'Cards', currency: 'USD' }),
    ]
    await earn(
      big,
      every(months('2026-01', 2), () => 60_000n),
    )
    expect(await ask('GET', '/concentration/alarms')).toEqual({ items: [] })
    await earn(big, { '2025-12': 60_000n })
    await setRates(
      ctx,
      [{ base: 'USD', quote: 'SAR', day: '2025-12-01', numerator: 15n, denominator: 4n, source: 'entered' }],
      'entered',
    )
    await earn(
      small,
      every(months('2025-12', 3), () => 4_000n),
      'USD',
    )
    await ask('PUT', '/living-costs', { items: [cost('all', 50_000n), cost('savings', 50_000n)] })
    const { items } = await ask<ApiAlarms>('GET', '/concentration/alarms')
    expect(items.map(({ by, kind }) => `${by} ${kind}`)).toEqual([
      'stream hhi',
      'stream largest',
      'currency hhi',
      'currency largest',
    ])
    expect(items[1]).toMatchObject({
      name: 'Course',
      value: 0.8,
      limit: 0.5,
      left: sar(15_000n),
      leftShare: 0.3,
    })
    const plain = (text = '') => text.replaceAll(/[\u2066-\u2069]/gu, '')
    expect(plain(items[1]?.text)).toMatch(
      /^“Course” alone brings 80% of your income; your limit is 50%\. Without it a usual month would leave .*150.*, 30% of what life costs you\.$/u,
    )
    const inArabic = await app.request('/api/v1/concentration/alarms?calendar=hijri', {
      headers: { ...headers, 'accept-language': 'ar' },
    })
    const arabic = (await inArabic.json()) as ApiAlarms
    expect(plain(arabic.items.at(-1)?.text)).toMatch(/80.* من دخلك عملته ريال سعودي، وحدّك .*50/u)
    const hijri = await ask<ApiConcentration>('GET', '/concentration?calendar=hijri')
    expect([hijri.from, hijri.to]).toEqual(['1447-06', '1447-08'])
  })

  test('owners are told by mail once when a limit is passed, and again only after it fell under', async () => {
    const { ask, stream, earn, ctx } = await makeWorld()
    const server: MailTransport = {
      send: () => Promise.reject(new Error('nothing is sent here')),
      close: () => undefined,
    }
    const mailed = async () =>
      (await ask<{ items: { kind: string }[] }>('GET', '/messages')).items.filter(
        ({ kind }) => kind === 'concentration',
      ).length
    /** Twice at once and once more: as often as a job may run. */
    const turn = async (day: string, mail: 'mail' | 'no mail' = 'mail') => {
      const before = await mailed()
      const at: Ctx = {
        ...ctx,
        mail: mail === 'mail' ? server : undefined,
        clock: standingClock(`${day}T03:00:00Z`),
      }
      await Promise.all([watchConcentration(at), watchConcentration(at)])
      await watchConcentration(at)
      return (await mailed()) - before
    }
    const limits = ['platform', 'currency', 'payer', 'country'].map((by) => ({
      by,
      hhi: null,
      largest: null,
    }))
    await ask('PUT', '/concentration/limits', {
      limits: [{ by: 'stream', hhi: null, largest: 0.5 }, ...limits],
    })
    const [big, small] = [await stream({ name: 'Course' }), await stream({ name: 'Cards' })]
    for (const one of [big, small])
      await earn(
        one,
        every(months('2024-10', 3), () => 60_000n),
      )
    expect(await turn('2025-01-02')).toBe(0)
    await earn(big, { '2025-01': 60_000n, '2025-02': 60_000n })
    expect([await turn('2025-02-01'), await turn('2025-02-20'), await turn('2025-03-01')]).toEqual([1, 0, 0])
    // Half and half: under the limit, so that it can be passed again.
    await earn(small, { '2025-03': 120_000n })
    await earn(big, { '2025-04': 300_000n })
    expect([await turn('2025-04-01'), await turn('2025-05-01')]).toEqual([0, 1])

    await ask('PUT', '/concentration/mails', { on: false })
    expect((await ask<ApiConcentration>('GET', '/concentration')).mails.on).toBe(false)
    await earn(small, { '2025-05': 300_000n })
    await earn(big, { '2025-06': 600_000n })
    expect([await turn('2025-06-01'), await turn('2025-07-01')]).toEqual([0, 0])
    // What was passed unsaid is not told late.
    await ask('PUT', '/concentration/mails', { on: true })
    expect(await turn('2025-08-01')).toBe(0)
    await earn(small, { '2025-08': 600_000n })
    await earn(big, { '2025-09': 600_000n })
    expect([await turn('2025-09-01'), await turn('2025-10-01', 'no mail')]).toEqual([0, 0])
  })
})
