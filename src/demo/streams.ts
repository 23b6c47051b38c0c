import { setRates } from '../modules/ledger/index.ts'
import {
  addRecurring,
  createStream,
  enterHours,
  listStreams,
  recordStreamMoney,
  setLivingCosts,
  type StreamKind,
  type StreamMoney,
} from '../modules/streams/index.ts'
import type { CurrencyCode } from '../shared/currencies.ts'
import type { Ctx } from '../platform/ctx.ts'
import { transaction } from '../platform/database/transaction.ts'

const MONTHS = 18
/** Nobody works on all of them for longer on one day. */
const SITTING_MINUTES = 200

/** A stream of the demo's owner: what it brings and takes in the nth month from the first. */
type DemoStream = {
  readonly kind: Exclude<StreamKind, 'product'>
  readonly name: string
  readonly platform: string
  readonly payer: string
  readonly country: string
  readonly currency: CurrencyCode
  readonly income: (nth: number) => number
  readonly cost?: (nth: number) => number
  readonly upkeepMinutes: (nth: number) => number
  /** Hours of building, all in the first month. */
  readonly buildingHours: number
}

/** Months are never alike: a wave that is the same every time. */
const wave = (nth: number, size: number) =>
  Math.round(size * Math.sin(nth * 2.3) + size * 0.6 * Math.cos(nth * 5.1))

const STREAMS: readonly DemoStream[] = [
  {
    kind: 'service',
    name: 'ترجمة وتحرير',
    platform: 'Khamsat',
    payer: 'Hsoub',
    country: 'GB',
    currency: 'USD',
    income: (nth) => 42_000 + wave(nth, 9_000),
    cost: () => 8_400,
    upkeepMinutes: (nth) => 1_500 + wave(nth, 300),
    buildingHours: 6,
  },
  {
    kind: 'platform',
    name: 'دورة التصميم على يوديمي',
    platform: 'Udemy',
    payer: 'Udemy Inc.',
    country: 'US',
    currency: 'USD',
    income: (nth) => Math.max(3_000, 31_000 - nth * 1_100 + wave(nth, 2_500)),
    upkeepMinutes: (nth) => (nth % 4 === 0 ? 150 : 35),
    buildingHours: 90,
  },
  {
    kind: 'channel',
    name: 'قناة الخط العربي',
    platform: 'YouTube',
    payer: 'Google',
    country: 'IE',
    currency: 'USD',
    income: (nth) => (nth < 5 ? 0 : (nth - 4) * 1_250 + wave(nth, 1_200)),
    cost: () => 1_200,
    upkeepMinutes: (nth) => 620 + wave(nth, 90),
    buildingHours: 40,
  },
  {
    kind: 'dividends',
    name: 'أسهم توزيعات',
    platform: 'تداول',
    payer: '',
    country: 'SA',
    currency: 'SAR',
    income: (nth) => (nth % 3 === 1 ? 61_000 + nth * 900 : 0),
    upkeepMinutes: () => 20,
    buildingHours: 4,
  },
]

type DemoCost = Parameters<typeof setLivingCosts>[1]['items'][number]

const cost = (step: DemoCost['step'], label: string, riyals: number): DemoCost => ({
  step,
  label,
  amount: { amount: String(riyals * 100), currency: 'SAR' },
  when: 'monthly',
  month: null,
})

/** What her life costs; the rent is what changes when she moves. */
const LIVING = (rent: number): DemoCost[] => [
  cost('roof', 'الإيجار', rent),
  cost('roof', 'الكهرباء والماء', 160),
  cost('food', 'البقالة', 900),
  { ...cost('food', 'رمضان', 600), when: 'ramadan' },
  cost('health-transport', 'الوقود والدواء', 350),
  { ...cost('health-transport', 'التأمين', 1_440), when: 'yearly' },
  cost('all', 'الهاتف واللباس', 300),
  { ...cost('all', 'المدرسة', 1_800), when: 'month', month: 8 },
  { ...cost('all', 'ملابس العيد', 700), when: 'eid-al-fitr' },
  { ...cost('all', 'الأضحية', 1_300), when: 'eid-al-adha' },
  cost('savings', 'الادخار', 400),
]

const MOVED_AFTER_MONTHS = 10

/** Adds what the demo's owner earns besides the store, over a year and a half up to now. Made once. */
export async function seedStreams(ctx: Ctx): Promise<void> {
  const { items } = await listStreams(ctx, { limit: 100 })
  if (items.some(({ kind }) => kind !== 'product')) return
  const months = lastMonths(ctx.clock.now())
  const first = months[0] ?? ''
  // The riyal has stood at 3.75 to the dollar since 1986.
  const peg = {
    base: 'USD',
    quote: 'SAR',
    day: `${first}-01`,
    numerator: 375n,
    denominator: 100n,
    source: 'entered',
  }
  await setRates(ctx, [peg], 'entered')
  for (const stream of STREAMS) await seedStream(ctx, stream, months)
  await seedFixed(ctx, `${first}-05`)
  await setLivingCosts(ctx, { from: first, items: LIVING(1_100) })
  await setLivingCosts(ctx, { from: months[MOVED_AFTER_MONTHS] ?? first, items: LIVING(1_400) })
}

async function seedStream(ctx: Ctx, demo: DemoStream, months: readonly string[]): Promise<void> {
  const { income, cost = () => 0, upkeepMinutes, buildingHours, ...input } = demo
  const beganOn = `${months[0] ?? ''}-01`
  const { id } = await createStream(ctx, { ...input, beganOn, endedOn: null, lifeMonths: 36 })
  const item = (month: string, kind: StreamMoney['kind'], amount: number): StreamMoney => ({
    streamId: id,
    kind,
    amountMinor: BigInt(Math.round(amount)),
    currency: input.currency,
    on: `${month}-02`,
    key: `demo/${id}/${kind}/${month}`,
    costKind: 'fees',
  })
  const today = ctx.clock.now().toISOString().slice(0, 10)
  const money = months.flatMap((month, nth) => [
    item(month, 'income', income(nth)),
    item(month, 'cost', cost(nth)),
  ])
  await transaction(ctx, (tx) =>
    recordStreamMoney(
      tx,
      money.filter(({ amountMinor, on }) => amountMinor > 0n && on <= today),
    ),
  )
  for (let left = buildingHours * 60, day = 1; left > 0; left -= SITTING_MINUTES, day += 1)
    await enterHours(ctx, {
      streamId: id,
      purpose: 'building',
      day: dayOf(months[0], day),
      minutes: Math.min(SITTING_MINUTES, left),
      note: '',
    })
  for (const [nth, month] of months.entries())
    await enterUpkeep(ctx, { id, month, minutes: upkeepMinutes(nth) })
}

/** Some hours on some days, as they come. */
async function enterUpkeep(
  ctx: Ctx,
  { id, month, minutes }: { id: string; month: string; minutes: number },
): Promise<void> {
  const today = ctx.clock.now().toISOString().slice(0, 10)
  for (let left = minutes, day = 1; left > 0; left -= SITTING_MINUTES, day += 3) {
    const on = dayOf(month, Math.min(day, 28))
    if (on <= today)
      await enterHours(ctx, {
        streamId: id,
        purpose: 'upkeep',
        day: on,
        minutes: Math.min(SITTING_MINUTES, left),
        note: '',
      })
  }
}

/** What comes every month: a leased domain, and a salary to compare with. */
async function seedFixed(ctx: Ctx, beginsOn: string): Promise<void> {
  const common = { country: 'SA', currency: 'SAR', beganOn: beginsOn, endedOn: null, lifeMonths: 36 } as const
  const domain = await createStream(ctx, {
    ...common,
    kind: 'domain-lease',
    name: 'نطاق مؤجَّر لمكتب عقاري',
    platform: '',
    payer: 'مكتب الأفق',
  })
  const salary = await createStream(ctx, {
    ...common,
    kind: 'salary',
    name: 'راتبي السابق',
    platform: '',
    payer: 'شركة النخيل',
  })
  const monthly = {
    kind: 'income',
    every: 'month',
    beginsOn,
    endsOn: null,
    note: '',
    costKind: 'other',
    allowOverlap: false,
  } as const
  await addRecurring(ctx, { ...monthly, streamId: domain.id, amount: { amount: '45000', currency: 'SAR' } })
  await addRecurring(ctx, { ...monthly, streamId: salary.id, amount: { amount: '750000', currency: 'SAR' } })
}

function lastMonths(now: Date): string[] {
  return Array.from({ length: MONTHS }, (_, nth) => {
    const at = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (MONTHS - 1 - nth), 1))
    return at.toISOString().slice(0, 7)
  })
}

function dayOf(month: string | undefined, day: number): string {
  return `${month ?? ''}-${String(day).padStart(2, '0')}`
}
