import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import { transaction } from '../../platform/database/transaction.ts'
import { publish } from '../../platform/jobs/jobs.ts'
import { productPublished as published } from '../catalog/events.ts'
import { readTrialBalance } from '../ledger/operations/read-reports.ts'
import { sealBooks } from '../ledger/operations/seal-books.ts'
import { setRates } from '../ledger/operations/set-rates.ts'
import { mustPost } from '../ledger/index.ts'
import { createStream } from './operations/create-stream.ts'
import { listStreams } from './operations/list-streams.ts'
import { readFigures } from './operations/read-figures.ts'
import { readMonthly } from './operations/read-monthly.ts'
import { recordStreamMoney, undoStreamMoney } from './operations/record-money.ts'
import { updateStream } from './operations/update-stream.ts'
import { newStreamSchema, type IncomeStream, type StreamMoney } from './schema.ts'

let services: TestServices
const clock = standingClock('2026-03-10T08:00:00Z')
beforeAll(async () => {
  services = await testServices({ clock })
})

async function world(): Promise<Ctx> {
  return systemCtx(services, (await makeWorkspace(services)).workspaceId)
}

const add = (ctx: Ctx, change: object = {}): Promise<IncomeStream> =>
  createStream(ctx, newStreamSchema.parse({ kind: 'service', name: 'ترجمة', currency: 'SAR', ...change }))

let key = 0
const money = (streamId: string, on: string, change: Partial<StreamMoney> = {}): StreamMoney => ({
  streamId,
  kind: 'income',
  amountMinor: 10_000n,
  currency: 'SAR',
  on,
  key: `test/${key++}`,
  ...change,
})
const record = (ctx: Ctx, items: readonly StreamMoney[]) =>
  transaction(ctx, (tx) => recordStreamMoney(tx, items))

describe('money of a stream', () => {
  test('is posted to accounts of its own, and read by month and currency', async () => {
    const ctx = await world()
    const stream = await add(ctx)
    const items = [
      money(stream.id, '2026-01-31'),
      money(stream.id, '2026-02-01', { amountMinor: 5_000n, currency: 'KWD' }),
      money(stream.id, '2026-02-28', { amountMinor: -2_000n, note: 'refund' }),
      money(stream.id, '2026-02-10', { kind: 'cost', costKind: 'fees', amountMinor: 700n }),
    ]
    expect((await record(ctx, items)).map(({ outcome }) => outcome)).toEqual(Array(4).fill('posted'))
    // What is asked for twice is there once, and something else under the same key is told.
    const [again, other] = await record(ctx, [
      items[0] ?? money('', ''),
      { ...money(stream.id, '2026-01-01'), key: items[1]?.key ?? '' },
    ])
    expect([again?.outcome, other?.outcome]).toEqual(['replayed', 'key-reuse'])

    const { lines } = await readTrialBalance(ctx)
    const tail = stream.id.slice(-12)
    expect(lines.map(({ code, currency, amountMinor }) => [code, currency, amountMinor])).toEqual([
      ['1180', 'KWD', 5_000n],
      ['1180', 'SAR', 7_300n],
      [`4100.${tail}`, 'KWD', 5_000n],
      [`4100.${tail}`, 'SAR', 8_000n],
      [`5200.${tail}`, 'SAR', 700n],
    ])
    expect(lines.at(-1)).toMatchObject({ nameAr: 'رسوم المنصات · ترجمة', nameEn: 'Platform fees · ترجمة' })

    const unsealed = await readMonthly(ctx, { from: '2026-01', to: '2026-03' })
    await sealBooks(ctx)
    expect(await readMonthly(ctx, { from: '2026-01', to: '2026-03' })).toEqual(unsealed)
    expect(unsealed).toEqual([
      {
        streamId: stream.id,
        month: '2026-01',
        money: [{ currency: 'SAR', incomeMinor: 10_000n, costMinor: 0n }],
        upkeepMinutes: 0,
        buildingMinutes: 0,
      },
      {
        streamId: stream.id,
        month: '2026-02',
        money: [
          { currency: 'KWD', incomeMinor: 5_000n, costMinor: 0n },
          { currency: 'SAR', incomeMinor: -2_000n, costMinor: 700n },
        ],
        upkeepMinutes: 0,
        buildingMinutes: 0,
      },
    ])
  })

  test('is taken back by reversal, once', async () => {
    const ctx = await world()
    const stream = await add(ctx)
    const [posted] = await record(ctx, [money(stream.id, '2026-01-31')])
    const id = posted?.outcome === 'posted' ? posted.entryId : ''
    const undo = () => transaction(ctx, (tx) => undoStreamMoney(tx, [id]))
    expect([(await undo())[0]?.outcome, (await undo())[0]?.outcome]).toEqual(['posted', 'replayed'])
    const months = await readMonthly(ctx, { from: '2026-01', to: '2026-03' })
    expect(
      months.flatMap(({ money: sums }) => sums).reduce((all, { incomeMinor }) => all + incomeMinor, 0n),
    ).toBe(0n)
  })

  test('of a stream of another workspace is refused', async () => {
    const stream = await add(await world())
    await expect(record(await world(), [money(stream.id, '2026-01-31')])).rejects.toMatchObject({
      slug: 'unknown-stream',
    })
  })
})

describe('products', () => {
  test('become streams when they are published, once, and their sales feed them', async () => {
    const ctx = await world()
    const productId = services.ids.next()
    const event = {
      productId,
      kind: 'download',
      title: { ar: 'دليل', en: '' },
      publishedAt: '2026-02-01T00:00:00.000Z',
    }
    for (const _ of [1, 2]) await transaction(ctx, (tx) => publish(tx, published, event))
    await services.drain()
    const { items } = await listStreams(ctx, { limit: 10 })
    expect(items).toMatchObject([
      { kind: 'product', name: 'دليل', productId, currency: null, beganOn: '2026-02-01' },
    ])
    await sale(ctx, productId)
    expect(await readMonthly(ctx, { from: '2026-02', to: '2026-02' })).toMatchObject([
      { streamId: items[0]?.id, money: [{ incomeMinor: 900n }] },
    ])
  })

  test('that are no stream are the store’s; there is one store', async () => {
    const ctx = await world()
    const store = await add(ctx, { kind: 'store', name: 'المتجر' })
    await sale(ctx, services.ids.next())
    await sale(ctx, services.ids.next())
    expect(await readMonthly(ctx, { from: '2026-02', to: '2026-02' })).toMatchObject([
      { streamId: store.id, money: [{ currency: 'SAR', incomeMinor: 1_800n }] },
    ])
    await expect(add(ctx, { kind: 'store' })).rejects.toMatchObject({ slug: 'store-stream-exists' })
  })
})

async function sale(ctx: Ctx, productId: string): Promise<void> {
  await transaction(ctx, (tx) =>
    mustPost(tx, [
      {
        key: `sale/${productId}`,
        kind: 'sale',
        effectiveAt: new Date('2026-02-03T10:00:00Z'),
        postings: [
          { account: '1150.test', currency: 'SAR', amountMinor: 900n },
          {
            account: '4000',
            currency: 'SAR',
            amountMinor: -900n,
            stream: { kind: 'product', id: productId },
          },
        ],
      },
    ]),
  )
}

describe('figures', () => {
  test('are in one currency at the rates of the days; what has no rate is said and left out', async () => {
    const ctx = await world()
    const stream = await add(ctx, { beganOn: '2025-11-01' })
    const salary = await add(ctx, { kind: 'salary', name: 'راتب' })
    const rate = (day: string, numerator: bigint) => ({
      base: 'USD' as const,
      quote: 'SAR' as const,
      day,
      numerator,
      denominator: 100n,
      source: 'entered',
    })
    await setRates(ctx, [rate('2026-01-01', 375n), rate('2026-02-15', 400n)], 'entered')
    await record(ctx, [
      money(stream.id, '2025-12-31', { currency: 'USD', amountMinor: 999n }),
      money(stream.id, '2026-01-10', { currency: 'USD', amountMinor: 101n }),
      money(stream.id, '2026-02-20', { currency: 'USD', amountMinor: 100n }),
      money(stream.id, '2026-02-20', { amountMinor: 50n }),
      money(stream.id, '2026-02-21', { kind: 'cost', amountMinor: 10n, currency: 'USD' }),
      money(salary.id, '2026-02-01', { amountMinor: 7_000n }),
    ])
    const query = { from: '2025-11', to: '2026-02', calendar: 'gregorian', currency: 'SAR' } as const
    const all = await readFigures(ctx, query)
    // 1.01 dollars at 3.75 are 3.7875 riyals.
    expect(
      all.streams[0]?.months.map(({ incomeMinor, costMinor, incomplete }) => [
        incomeMinor,
        costMinor,
        incomplete,
      ]),
    ).toEqual([
      [0n, 0n, false],
      [0n, 0n, true],
      [379n, 0n, false],
      [450n, 40n, false],
    ])
    expect(all.missingRates).toEqual([{ currency: 'USD', day: '2025-12-31' }])
    expect(all.total).toMatchObject({ incomeMinor: 829n, netMinor: 789n, passivity: 1 })
    expect(all.streams[1]).toMatchObject({ compared: true, figures: { incomeMinor: 7_000n } })
    await sealBooks(ctx)
    expect(await readFigures(ctx, query)).toEqual(all)
    const one = await readFigures(ctx, { ...query, streamId: stream.id })
    expect(one.streams).toEqual([all.streams[0]])
    const hijri = await readFigures(ctx, { ...query, calendar: 'hijri' })
    expect(hijri.total.netMinor).toBe(789n)
    expect(hijri.months[0]?.label).toBe('1447-05')
  })

  test('of more than twenty years, or of a range that ends before it begins, are refused', async () => {
    const ctx = await world()
    const query = { calendar: 'gregorian', currency: 'SAR' } as const
    await expect(readFigures(ctx, { ...query, from: '1990-01', to: '2026-01' })).rejects.toMatchObject({
      slug: 'validation',
    })
    await expect(readFigures(ctx, { ...query, from: '2026-02', to: '2026-01' })).rejects.toMatchObject({
      slug: 'validation',
    })
  })
})

test('a stream is changed, archived and taken out of the archive; it cannot end before it began', async () => {
  const ctx = await world()
  const { id } = await add(ctx, { beganOn: '2026-01-01' })
  expect(await updateStream(ctx, { id, change: { archived: true, name: 'أخرى' } })).toMatchObject({
    archived: true,
    name: 'أخرى',
  })
  expect((await listStreams(ctx, { archived: false, limit: 10 })).items).toEqual([])
  expect(await updateStream(ctx, { id, change: { archived: false } })).toMatchObject({
    archived: false,
    name: 'أخرى',
  })
  await expect(updateStream(ctx, { id, change: { endedOn: '2025-12-31' } })).rejects.toMatchObject({
    slug: 'validation',
  })
})
