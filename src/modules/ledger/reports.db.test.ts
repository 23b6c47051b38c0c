import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import { transaction } from '../../platform/database/transaction.ts'
import { listStatement } from './operations/list-statement.ts'
import { mustPost } from './operations/post-entries.ts'
import { readBalance } from './operations/read-balance.ts'
import {
  readBalanceSheet,
  readIncomeStatement,
  readStreamResults,
  readTrialBalance,
} from './operations/read-reports.ts'
import { sealBooks } from './operations/seal-books.ts'
import { importEcb, setRates } from './operations/set-rates.ts'
import type { NewEntry } from './schema.ts'

let services: TestServices
const clock = standingClock('2026-03-10T00:00:00Z')
beforeAll(async () => {
  services = await testServices({ clock })
})

const at = (text: string) => new Date(text)
let key = 0

function sale(
  effectiveAt: string,
  amountMinor: bigint,
  more: { currency?: string; stream?: string } = {},
): NewEntry {
  const { currency = 'SAR', stream = 'a' } = more
  return {
    key: `k${key++}`,
    kind: 'sale',
    effectiveAt: at(effectiveAt),
    postings: [
      { account: '1150.test', currency, amountMinor },
      { account: '4000', currency, amountMinor: -amountMinor, stream: { kind: 'product', id: stream } },
    ],
  }
}

function fee(effectiveAt: string, amountMinor: bigint): NewEntry {
  const postings = [
    { account: '5100', currency: 'SAR', amountMinor, stream: { kind: 'product', id: 'a' } },
    { account: '1150.test', currency: 'SAR', amountMinor: -amountMinor },
  ]
  return { key: `k${key++}`, kind: 'fee', effectiveAt: at(effectiveAt), postings }
}

/** Sales around the turn of days; sealed in the middle, so that reads meet sealed days, parts of days and the rest. */
async function books(): Promise<Ctx> {
  const ctx = systemCtx(services, (await makeWorkspace(services)).workspaceId)
  const post = (...entries: NewEntry[]) => transaction(ctx, (tx) => mustPost(tx, entries))
  await post(
    sale('2026-03-01T21:00:00Z', 100n),
    sale('2026-03-02T00:00:00Z', 200n),
    sale('2026-03-02T20:59:59.999Z', 400n, { stream: 'b' }),
    fee('2026-03-02T12:00:00Z', 30n),
  )
  await sealBooks(ctx)
  clock.advance(60_000)
  await post(
    sale('2026-03-02T21:00:00Z', 800n),
    sale('2026-03-01T05:00:00Z', 1600n),
    sale('2026-03-03T00:00:00Z', 50n, { currency: 'KWD' }),
  )
  return ctx
}

describe('periods', () => {
  test.each([
    [undefined, '2026-03-02T00:00:00Z', 1700n],
    ['2026-03-01T21:00:00Z', '2026-03-02T21:00:00Z', 700n],
    ['2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z', 1400n],
    ['2026-03-02T20:59:59.999Z', '2026-03-02T21:00:00.001Z', 1200n],
    ['2026-03-02T13:00:00Z', '2026-03-02T13:30:00Z', 0n],
  ])('income from %s to %s, before and after sealing', async (from, before, incomeMinor) => {
    const ctx = await books()
    const period = { before: at(before), ...(from && { from: at(from) }) }
    for (const seal of [false, true]) {
      if (seal) await sealBooks(ctx)
      const { totals } = await readIncomeStatement(ctx, period)
      expect(totals.find(({ currency }) => currency === 'SAR')?.incomeMinor ?? 0n).toBe(incomeMinor)
    }
  })

  test('a balance by effective time, as it was recorded, and now', async () => {
    const ctx = await books()
    const query = { account: '1150.test', currency: 'SAR' }
    const balance = async (when: object) => (await readBalance(ctx, { ...query, ...when })).balanceMinor
    const now = clock.now()
    expect(await balance({})).toBe(3070n)
    expect(await balance({ effectiveAt: at('2026-03-02T00:00:00Z') })).toBe(1900n)
    expect(await balance({ effectiveAt: at('2026-03-01T23:59:59.999Z') })).toBe(1700n)
    expect(await balance({ recordedAt: new Date(now.getTime() - 1) })).toBe(670n)
    expect(await balance({ recordedAt: now })).toBe(3070n)
    expect(await balance({ recordedAt: at('2020-01-01T00:00:00Z') })).toBe(0n)
    await expect(readBalance(ctx, { account: '1100', currency: 'SAR' })).rejects.toThrow('not-found')
  })

  test('a statement pages backwards without a gap', async () => {
    const ctx = await books()
    const seen: string[] = []
    for (let before: bigint | undefined; ;) {
      const page = await listStatement(ctx, {
        account: '1150.test',
        currency: 'SAR',
        limit: 2,
        ...(before && { beforeVersion: before }),
      })
      seen.push(...page.map(({ version, balanceMinor }) => `${version}:${balanceMinor}`))
      before = page.at(-1)?.version
      if (page.length < 2 || before === 1n) break
    }
    expect(seen).toEqual(['6:3070', '5:1470', '4:670', '3:700', '2:300', '1:100'])
  })
})

describe('reports', () => {
  test('a trial balance agrees per currency, now and at any moment', async () => {
    const ctx = await books()
    const now = await readTrialBalance(ctx)
    expect(now.totals).toEqual([
      { currency: 'KWD', debitMinor: 50n, creditMinor: 50n },
      { currency: 'SAR', debitMinor: 3100n, creditMinor: 3100n },
    ])
    expect((await readTrialBalance(ctx, { before: at('2026-03-04T00:00:00Z') })).totals).toEqual(now.totals)
    expect(now.lines.find(({ code }) => code === '1150.test')).toMatchObject({
      nameEn: 'With payment providers · test',
    })
  })

  test('results per stream', async () => {
    const ctx = await books()
    expect(await readStreamResults(ctx, { before: at('2026-03-03T00:00:00Z') })).toEqual([
      {
        stream: { kind: 'product', id: 'a' },
        currency: 'SAR',
        incomeMinor: 2700n,
        expensesMinor: 30n,
        resultMinor: 2670n,
      },
      {
        stream: { kind: 'product', id: 'b' },
        currency: 'SAR',
        incomeMinor: 400n,
        expensesMinor: 0n,
        resultMinor: 400n,
      },
    ])
  })

  test('a reporting currency wants rates, and takes those of the day', async () => {
    const ctx = await books()
    const before = at('2026-03-04T00:00:00Z')
    await expect(readBalanceSheet(ctx, { before, currency: 'USD' })).rejects.toThrow('rate-missing')
    const rate = {
      base: 'USD',
      quote: 'SAR',
      day: '2026-01-01',
      numerator: 375n,
      denominator: 100n,
      source: 'entered',
    }
    await setRates(ctx, [rate], 'entered')
    await expect(readBalanceSheet(ctx, { before, currency: 'USD' })).rejects.toThrow('rate-missing')
    const kwd = { base: 'KWD', quote: 'USD', numerator: 13n, denominator: 4n, source: 'entered' }
    await setRates(ctx, [{ ...kwd, day: '2026-03-02' }], 'entered')
    const sheet = await readBalanceSheet(ctx, { before, currency: 'USD' })
    // 3070 halalas are 818.67 cents; 50 fils are 16.25 cents, at either day’s rate.
    expect(sheet.assets).toMatchObject([{ code: '1150.test', currency: 'USD', amountMinor: 835n }])
    expect(sheet.totals).toMatchObject([{ currency: 'USD', assetsMinor: 835n, liabilitiesMinor: 0n }])
    const [total] = sheet.totals
    expect((total?.equityMinor ?? 0n) + (total?.earningsMinor ?? 0n) + (total?.translationMinor ?? 0n)).toBe(
      835n,
    )
  })

  test('the ECB’s file is read, its gaps are not filled, and a rate that is too old does not count', async () => {
    const ctx = await books()
    const csv = 'Date,USD,JPY,KWD,CYP,\n2026-03-02,1.0876,162.35,N/A,0.58,\n2026-02-27,1.0800,161,N/A,0.58,\n'
    expect(await importEcb(ctx, csv)).toBe(4)
    expect(await importEcb(ctx, 'Date, USD\n02 March 2026, 1.0876\n')).toBe(1)
    await expect(importEcb(ctx, 'Date,USD\n2026-03-02,one\n')).rejects.toThrow('validation')
    await expect(
      readIncomeStatement(ctx, { before: at('2026-03-04T00:00:00Z'), currency: 'EUR' }),
    ).rejects.toThrow('rate-missing')
  })
})
