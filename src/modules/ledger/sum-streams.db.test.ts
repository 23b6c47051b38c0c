import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import { systemCtx } from '../../platform/ctx.ts'
import { transaction } from '../../platform/database/transaction.ts'
import { mustPost } from './operations/post-entries.ts'
import { sealBooks } from './operations/seal-books.ts'
import { setRates } from './operations/set-rates.ts'
import { sumStreams } from './operations/sum-streams.ts'
import { convert, type Rate } from './rules/rates.ts'
import type { NewEntry } from './schema.ts'

let services: TestServices
beforeAll(async () => {
  services = await testServices({ clock: standingClock('2026-03-10T00:00:00Z') })
})

const DAYS = ['2026-01-30', '2026-01-31', '2026-02-01', '2026-02-02', '2026-02-28'] as const
const PERIODS = { starts: ['2026-01-01', '2026-02-01'], before: '2026-03-01' }
/** From a single minor unit to more than 64 bits hold once it is multiplied by a rate. */
const SIZES = [1n, 2n, 3n, 49n, 151n, 12_345_678n, 10n ** 13n, 10n ** 17n]

type Posted = { account: '4000' | '5100'; currency: 'KWD' | 'SAR' | 'USD'; day: string; net: bigint }

/** Many entries that meet on the same accounts and days; income may fall and costs come back. */
function entriesOf(): Posted[] {
  return Array.from({ length: 240 }, (_, at) => ({
    account: at % 3 === 0 ? ('5100' as const) : ('4000' as const),
    currency: (['USD', 'KWD', 'SAR'] as const)[at % 3 === 0 ? (at / 3) % 3 : (at * 7) % 3] ?? 'USD',
    day: DAYS[(at * at + (at >> 2)) % DAYS.length] ?? DAYS[0],
    net: (SIZES[(at * 5 + (at >> 3)) % SIZES.length] ?? 1n) * (at % 5 === 0 ? -1n : 1n),
  }))
}

function entryOf({ account, currency, day, net }: Posted, at: number): NewEntry {
  return {
    key: `e${at}`,
    kind: 'sale',
    effectiveAt: new Date(`${day}T${String(at % 24).padStart(2, '0')}:00:00Z`),
    postings: [
      { account: '1150.test', currency, amountMinor: net },
      { account, currency, amountMinor: -net, stream: { kind: 'product', id: 'a' } },
    ],
  }
}

/** What comes out if each day's sum of an account is converted by the rule itself. */
function expected(entries: readonly Posted[], rates: ReadonlyMap<string, Rate>) {
  const sums = Map.groupBy(entries, ({ account, currency, day }) => `${day} ${currency} ${account}`)
  const periods = new Map<string, { incomeMinor: bigint; costMinor: bigint }>()
  for (const [key, same] of sums) {
    const [day = '', currency = '', account = ''] = key.split(' ')
    const net = same.reduce((all, one) => all + one.net, 0n)
    const rate = rates.get(`${currency} ${day}`)
    const into =
      currency === 'SAR'
        ? net
        : rate && convert(net, { from: currency === 'KWD' ? 'KWD' : 'USD', to: 'SAR', rate })
    const place = `${day < '2026-02-01' ? 0 : 1} ${currency}`
    const sum = periods.get(place) ?? { incomeMinor: 0n, costMinor: 0n }
    if (account === '4000') sum.incomeMinor += into ?? 0n
    else sum.costMinor -= into ?? 0n
    periods.set(place, sum)
  }
  return Object.fromEntries([...periods].toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

async function read(rates: readonly Rate[], sealed: number) {
  const ctx = systemCtx(services, (await makeWorkspace(services)).workspaceId)
  await setRates(ctx, rates, 'entered')
  const entries = entriesOf()
  const all = entries.map(entryOf)
  await transaction(ctx, (tx) => mustPost(tx, all.slice(0, sealed)))
  await sealBooks(ctx)
  if (sealed < all.length) await transaction(ctx, (tx) => mustPost(tx, all.slice(sealed)))
  const sums = await transaction(ctx, (tx) => sumStreams(tx, PERIODS, { currency: 'SAR' }))
  const found = sums.map(({ period, currency, converted }) => [`${period} ${currency}`, converted])
  const byDay = new Map(rates.map((rate) => [`${rate.base} ${rate.day}`, rate]))
  return { found: Object.fromEntries(found), wanted: expected(entries, byDay), sums }
}

function ratesOf(parts: readonly (readonly [bigint, bigint])[]): Rate[] {
  return (['USD', 'KWD'] as const).flatMap((base, nth) =>
    DAYS.map((day, at) => {
      const [numerator = 1n, denominator = 1n] = parts[(at + nth) % parts.length] ?? []
      return { base, quote: 'SAR', day, numerator, denominator, source: 'entered' }
    }),
  )
}

describe('sums by stream in one currency are those of the rule, account by account and day by day', () => {
  // Halves, thirds, and a rate just under a half: its quotient has more digits than a division keeps.
  const usual = ratesOf([
    [375n, 100n],
    [1n, 2n],
    [2n, 3n],
    [49_999_999_999_999n, 100_000_000_000_000n],
  ])
  const long = ratesOf([
    [4_999_999_999_999_999_999n, 1n],
    [1n, 4_611_686_018_427_387_905n],
    [15n, 2n],
  ])

  test.each([0, 130, 240])('with %i of 240 entries sealed', async (sealed) => {
    const { found, wanted } = await read(usual, sealed)
    expect(found).toEqual(wanted)
  })

  test('with rates that 64 bits do not hold', async () => {
    const { found, wanted } = await read(long, 130)
    expect(found).toEqual(wanted)
  })

  test('the first day without a rate is told, and its money is in no sum', async () => {
    const { found, wanted, sums } = await read(
      usual.filter(({ base, day }) => base !== 'KWD' || day > DAYS[2]),
      130,
    )
    const kwd = sums.filter(({ currency }) => currency === 'KWD')
    expect(kwd.map(({ missing }) => missing)).toEqual([DAYS[0], DAYS[2]])
    expect(found).toEqual(wanted)
  })
})
