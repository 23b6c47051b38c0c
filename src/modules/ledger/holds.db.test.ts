import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import { systemCtx, type Ctx, type TxCtx } from '../../platform/ctx.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import { closePeriod } from './operations/close-period.ts'
import { exchangeCurrency } from './operations/exchange-currency.ts'
import { expireHold, holdAmount, postHold, voidHold } from './operations/hold-amount.ts'
import { mustPost, postEntries } from './operations/post-entries.ts'
import { reverseEntries, reverseEntry } from './operations/reverse-entry.ts'
import type { NewEntry, NewHold } from './schema.ts'

let services: TestServices
let key = 0
const clock = standingClock()
const SAR = 'SAR'

beforeAll(async () => {
  services = await testServices({ clock })
})

const newBooks = async (): Promise<Ctx> => systemCtx(services, (await makeWorkspace(services)).workspaceId)
const inTx = <T>(ctx: Ctx, work: (tx: TxCtx) => Promise<T>): Promise<T> => transaction(ctx, work)
const nextKey = () => `k${key++}`

function move(from: string, to: string, amountMinor: bigint, more: Partial<NewEntry> = {}): NewEntry {
  const postings = [
    { account: to, currency: SAR, amountMinor },
    { account: from, currency: SAR, amountMinor: -amountMinor },
  ]
  return { key: nextKey(), kind: 'test', postings, ...more }
}

async function state(ctx: Ctx, code: string, currency = SAR): Promise<string> {
  const [row] = await inTx(ctx, (tx) =>
    rows<{ state: string }>(
      tx,
      sql`SELECT concat_ws(' ', balance, pending_debit, pending_credit) AS state FROM ledger_accounts
          WHERE workspace_id = ${tx.workspaceId} AND code = ${code} AND currency = ${currency}`,
    ),
  )
  return row?.state ?? 'none'
}

/** The seller has 100; a hold would pay it out of what is owed to them. */
async function seller(more: Partial<NewHold> = {}): Promise<{ ctx: Ctx; hold: NewHold }> {
  const ctx = await newBooks()
  await inTx(ctx, (tx) => mustPost(tx, [move('2100', '1100', 100n)]))
  const hold = {
    key: nextKey(),
    kind: 'payout',
    debit: '2100',
    credit: '1100',
    currency: SAR,
    amountMinor: 60n,
  }
  return { ctx, hold: { ...hold, ...more } }
}

describe('holds', () => {
  test('what is held cannot be spent, by a posting or by another hold', async () => {
    const { ctx, hold } = await seller()
    const held = await inTx(ctx, (tx) => holdAmount(tx, hold))
    expect(held.outcome).toBe('held')
    expect(await inTx(ctx, (tx) => holdAmount(tx, hold))).toEqual({ ...held, outcome: 'replayed' })
    expect(await inTx(ctx, (tx) => holdAmount(tx, { ...hold, amountMinor: 61n }))).toMatchObject({
      outcome: 'key-reuse',
    })
    expect(await state(ctx, '2100')).toBe('-100 60 0')
    const over = await inTx(ctx, (tx) => postEntries(tx, [move('1100', '2100', 41n)]))
    expect(over).toMatchObject([{ outcome: 'insufficient-funds', available: 40n }])
    expect(
      await inTx(ctx, (tx) => holdAmount(tx, { ...hold, key: nextKey(), amountMinor: 41n })),
    ).toMatchObject({
      outcome: 'insufficient-funds',
      available: 40n,
    })
    expect(await inTx(ctx, (tx) => postEntries(tx, [move('1100', '2100', 40n)]))).toMatchObject([
      { outcome: 'posted' },
    ])
  })

  test('is posted in parts, then resolves once', async () => {
    const { ctx, hold } = await seller()
    const held = await inTx(ctx, (tx) => holdAmount(tx, hold))
    if (!('holdId' in held)) throw new Error(held.outcome)
    const part = { key: nextKey(), amountMinor: 20n, final: false }
    const first = await inTx(ctx, (tx) => postHold(tx, held.holdId, part))
    expect(first).toMatchObject({ outcome: 'posted', amountMinor: 20n, remainingMinor: 40n })
    expect(await inTx(ctx, (tx) => postHold(tx, held.holdId, part))).toMatchObject({ outcome: 'replayed' })
    expect(await state(ctx, '2100')).toBe('-80 40 0')
    expect(await inTx(ctx, (tx) => postHold(tx, held.holdId, { key: nextKey(), amountMinor: 41n }))).toEqual({
      outcome: 'resolved',
      remainingMinor: 40n,
    })
    const last = await inTx(ctx, (tx) => postHold(tx, held.holdId, { key: nextKey(), amountMinor: 10n }))
    expect(last).toMatchObject({ outcome: 'posted', remainingMinor: 0n })
    expect(await state(ctx, '2100')).toBe('-70 0 0')
    expect(await state(ctx, '1100')).toBe('70 0 0')
    expect(await inTx(ctx, (tx) => voidHold(tx, held.holdId))).toEqual({
      outcome: 'resolved',
      remainingMinor: 0n,
    })
  })

  test('is voided, or expires when its time is up and not before', async () => {
    const { ctx, hold } = await seller({ expiresAt: new Date(clock.now().getTime() + 1000) })
    const held = await inTx(ctx, (tx) => holdAmount(tx, hold))
    if (!('holdId' in held)) throw new Error(held.outcome)
    expect(await inTx(ctx, (tx) => expireHold(tx, held.holdId))).toMatchObject({ outcome: 'not-due' })
    clock.advance(1000)
    const both = await Promise.all([
      inTx(ctx, (tx) => expireHold(tx, held.holdId)),
      inTx(ctx, (tx) => voidHold(tx, held.holdId)),
    ])
    expect(both.map(({ outcome }) => outcome).toSorted()).toEqual(['resolved', 'resolved-now'])
    expect(await state(ctx, '2100')).toBe('-100 0 0')
  })
})

describe('reversal', () => {
  test('of the whole restores balances and happens once', async () => {
    const { ctx } = await seller()
    const [entry] = await inTx(ctx, (tx) => mustPost(tx, [move('1100', '5800', 30n)]))
    const reversal = { key: nextKey() }
    const reverse = () => inTx(ctx, (tx) => reverseEntry(tx, entry?.entryId ?? '', reversal))
    const first = await reverse()
    expect(first.outcome).toBe('posted')
    expect(await reverse()).toEqual({ ...first, outcome: 'replayed' })
    expect(await state(ctx, '1100')).toBe('100 0 0')
    expect(await inTx(ctx, (tx) => reverseEntry(tx, entry?.entryId ?? '', { key: nextKey() }))).toEqual({
      outcome: 'already-reversed',
    })
  })

  test('of parts, even at once, never exceeds the entry', async () => {
    const { ctx } = await seller()
    const [entry] = await inTx(ctx, (tx) => mustPost(tx, [move('1100', '5800', 30n)]))
    const lines = [
      { line: 1, amountMinor: 20n },
      { line: 2, amountMinor: -20n },
    ]
    const outcomes = await Promise.all(
      [1, 2, 3].map(() =>
        inTx(ctx, (tx) => reverseEntry(tx, entry?.entryId ?? '', { key: nextKey(), lines })),
      ),
    )
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([
      'already-reversed',
      'already-reversed',
      'posted',
    ])
    await inTx(ctx, (tx) => reverseEntry(tx, entry?.entryId ?? '', { key: nextKey() }))
    expect(await state(ctx, '5800')).toBe('0 0 0')
    expect(await inTx(ctx, (tx) => reverseEntry(tx, services.ids.next(), { key: nextKey() }))).toEqual({
      outcome: 'not-found',
    })
  })

  test('of many in one call is each after the other: what one leaves decides the next', async () => {
    const { ctx } = await seller()
    const posted = await inTx(ctx, (tx) =>
      mustPost(tx, [
        move('1100', '5800', 30n),
        move('1100', '2130', -50n),
        move('5800', '2130', 20n),
        move('1100', '5800', 1n),
      ]),
    )
    const [plain, funding, spending, last] = posted.map(({ entryId }) => entryId)
    const reverse = (...wished: [string | undefined, string][]) =>
      inTx(ctx, async (tx) => {
        const wishes = wished.map(([entryId = services.ids.next(), key]) => ({
          entryId,
          key: `${ctx.workspaceId}/${key}`,
        }))
        return (await reverseEntries(tx, wishes)).map(({ outcome }) => outcome)
      })
    // What was funded has been spent: it can be taken back only after the spending is.
    expect(
      await reverse(
        [plain, 'a'],
        [funding, 'b'],
        [spending, 'c'],
        [funding, 'd'],
        [plain, 'e'],
        [undefined, 'f'],
      ),
    ).toEqual(['posted', 'insufficient-funds', 'posted', 'posted', 'already-reversed', 'not-found'])
    expect(await reverse([plain, 'a'], [last, 'a'], [last, 'g'], [last, 'g'])).toEqual([
      'replayed',
      'key-reuse',
      'posted',
      'replayed',
    ])
    expect(await state(ctx, '5800')).toBe('0 0 0')
    expect(await state(ctx, '2130')).toBe('0 0 0')
  })
})

describe('exchange', () => {
  test('zero-sums in each currency, rounds in favour of liquidity, and realises gains when the position closes', async () => {
    const ctx = await newBooks()
    const usd = (amountMinor: bigint) => [
      { account: '1100', currency: 'USD', amountMinor },
      { account: '3000', currency: 'USD', amountMinor: -amountMinor },
    ]
    await inTx(ctx, (tx) => mustPost(tx, [{ key: nextKey(), kind: 'capital', postings: usd(100_01n) }]))
    const sell = {
      key: nextKey(),
      from: { account: '1100', currency: 'USD', amountMinor: 100_01n },
      to: { account: '1100', currency: SAR },
      rate: { numerator: 375n, denominator: 100n },
      base: SAR,
    }
    expect(await inTx(ctx, (tx) => exchangeCurrency(tx, sell))).toMatchObject({ outcome: 'posted' })
    expect(await state(ctx, '1100')).toBe('37503 0 0')
    const buy = {
      key: nextKey(),
      from: { account: '1100', currency: SAR, amountMinor: 370_00n },
      to: { account: '1100', currency: 'USD' },
      rate: { numerator: 10_001n, denominator: 37_000n },
      base: SAR,
    }
    expect(await inTx(ctx, (tx) => exchangeCurrency(tx, buy))).toMatchObject({ outcome: 'posted' })
    expect(await inTx(ctx, (tx) => exchangeCurrency(tx, buy))).toMatchObject({ outcome: 'replayed' })
    expect(await state(ctx, '1100', 'USD')).toBe('10001 0 0')
    expect(await state(ctx, '3900.sar-usd', 'USD')).toBe('0 0 0')
    expect(await state(ctx, '3900.sar-usd')).toBe('0 0 0')
    expect(await state(ctx, '4900')).toBe('-503 0 0')
  })
})

describe('closing', () => {
  test('nothing goes into a closed period, also when it is closed while others post', async () => {
    const { ctx } = await seller()
    const march = new Date('2026-03-01T00:00:00Z')
    const early = new Date('2026-02-28T23:59:59.999Z')
    const racing = Array.from({ length: 10 }, () =>
      inTx(ctx, (tx) => postEntries(tx, [move('3000', '1100', 1n, { effectiveAt: early })])),
    )
    const [, ...rest] = await Promise.all([closePeriod(ctx, { through: march }), ...racing])
    const posted = rest.flat().filter(({ outcome }) => outcome === 'posted').length
    expect(await state(ctx, '1100')).toBe(`${100 + posted} 0 0`)
    const refused = { outcome: 'period-closed', openFrom: march }
    const late = await inTx(ctx, (tx) => postEntries(tx, [move('3000', '1100', 1n, { effectiveAt: early })]))
    expect(late).toEqual([refused])
    const fresh = await inTx(ctx, (tx) => postEntries(tx, [move('3000', '1520', 1n, { effectiveAt: early })]))
    expect(fresh).toEqual([refused])
    const open = await inTx(ctx, (tx) => postEntries(tx, [move('3000', '1100', 1n, { effectiveAt: march })]))
    expect(open).toMatchObject([{ outcome: 'posted' }])
    await expect(closePeriod(ctx, { through: march })).rejects.toThrow('period-closed')
    await expect(closePeriod(ctx, { through: new Date('2099-01-01') })).rejects.toThrow('period-closed')
  })
})
