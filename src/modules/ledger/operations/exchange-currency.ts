import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import { OutOfRange } from '../errors.ts'
import { exchanged, realisedGain } from '../rules/reckon-exchange.ts'
import type { NewExchange, NewPosting, PostOutcome } from '../schema.ts'
import { openAccounts, type AccountRef } from './open-accounts.ts'
import { keyHash, postEntries } from './post-entries.ts'
import { sqlArray } from './sql-array.ts'

type Stored = AccountRef & { id: string; kind: string; recordedAt: Date; amountMinor: bigint }
type State = { code: string; currency: string; sign: number; balance: bigint; version: bigint }

/**
 * Exchanges an amount through the liquidity accounts of the pair (`3900.kwd-usd`), rounding down what is given. If one of
 * the two is the base currency and the exchange reduces the pair's position, the gain or loss is posted with it (4900,
 * 5900). Locks all accounts concerned before it reckons.
 * @throws OutOfRange if the amount is too small to buy one minor unit.
 */
export async function exchangeCurrency(ctx: TxCtx, exchange: NewExchange): Promise<PostOutcome> {
  const { from, to, rate } = exchange
  assert(
    rate.numerator > 0n && rate.denominator > 0n && from.amountMinor > 0n,
    'an exchange has an amount and a rate',
  )
  assert(from.currency !== to.currency, 'an exchange has two currencies')
  const boughtMinor = exchanged(from.amountMinor, rate)
  if (boughtMinor === 0n) throw new OutOfRange()
  const pair = `3900.${[from.currency, to.currency].toSorted().join('-').toLowerCase()}`
  const refs: AccountRef[] = [
    { account: from.account, currency: from.currency },
    { account: to.account, currency: to.currency },
    { account: pair, currency: from.currency },
    { account: pair, currency: to.currency },
    ...(exchange.base === undefined ? [] : gainAccounts(exchange.base)),
  ]
  const states = await lockAccounts(ctx, refs)
  const stateOf = (account: string, currency: string) => {
    const state = states.find((row) => row.code === account && row.currency === currency)
    assert(state !== undefined, `${account} ${currency} is open`)
    return state
  }
  const given = from.amountMinor * BigInt(-stateOf(from.account, from.currency).sign)
  const taken = boughtMinor * BigInt(stateOf(to.account, to.currency).sign)
  const postings: NewPosting[] = [
    { account: from.account, currency: from.currency, amountMinor: given },
    { account: pair, currency: from.currency, amountMinor: -given },
    { account: pair, currency: to.currency, amountMinor: -taken },
    { account: to.account, currency: to.currency, amountMinor: taken },
  ]
  const before = await findExchange(ctx, exchange, postings)
  if (before !== undefined) return before
  const moved = new Map([
    [from.currency, -given],
    [to.currency, -taken],
  ])
  if (exchange.base !== undefined && moved.has(exchange.base)) {
    const foreign = exchange.base === from.currency ? to.currency : from.currency
    const gain = realisedGain(
      { foreignMinor: stateOf(pair, foreign).balance, baseMinor: stateOf(pair, exchange.base).balance },
      { foreignMinor: moved.get(foreign) ?? 0n, baseMinor: moved.get(exchange.base) ?? 0n },
    )
    postings.push(...gainPostings(pair, exchange.base, gain))
  }
  const [outcome] = await postEntries(ctx, [{ ...entryOf(exchange), postings }])
  assert(outcome !== undefined, 'an entry has an outcome')
  return outcome
}

/** The entry that the key posted before: what it realised depended on a position that may have changed since. */
async function findExchange(
  ctx: TxCtx,
  { key }: NewExchange,
  postings: readonly NewPosting[],
): Promise<PostOutcome | undefined> {
  const stored = await rows<Stored>(
    ctx,
    sql`SELECT e.id, e.kind, e.recorded_at AS "recordedAt", a.code AS account, a.currency, p.amount AS "amountMinor"
        FROM ledger_entries e
        JOIN ledger_postings p ON p.workspace_id = e.workspace_id AND p.entry_id = e.id
        JOIN ledger_accounts a ON a.workspace_id = e.workspace_id AND a.number = p.account
        WHERE e.workspace_id = ${ctx.workspaceId} AND e.key = ${keyHash(key)} ORDER BY p.line`,
  )
  const [first] = stored
  if (first === undefined) return undefined
  const same = postings.every(({ account, currency, amountMinor }, at) => {
    const line = stored[at]
    return line?.account === account && line.currency === currency && line.amountMinor === amountMinor
  })
  return first.kind === 'exchange' && same
    ? { outcome: 'replayed', entryId: first.id, recordedAt: first.recordedAt }
    : { outcome: 'key-reuse', entryId: first.id }
}

function entryOf({ key, effectiveAt, source, memo }: NewExchange) {
  return {
    key,
    kind: 'exchange',
    ...(effectiveAt === undefined ? {} : { effectiveAt }),
    ...(source === undefined ? {} : { source }),
    ...(memo === undefined ? {} : { memo }),
  }
}

function gainAccounts(base: string): AccountRef[] {
  return ['4900', '5900'].map((account) => ({ account, currency: base }))
}

function gainPostings(pair: string, base: string, gainMinor: bigint): NewPosting[] {
  if (gainMinor === 0n) return []
  return [
    { account: pair, currency: base, amountMinor: gainMinor },
    { account: gainMinor > 0n ? '4900' : '5900', currency: base, amountMinor: -gainMinor },
  ]
}

/** Locks accounts in the ledger's order and reads their state; opens those that are not open. */
async function lockAccounts(ctx: TxCtx, refs: readonly AccountRef[]): Promise<State[]> {
  const once = [...new Map(refs.map((ref) => [`${ref.account} ${ref.currency}`, ref])).entries()]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([, ref]) => ref)
  const lock = () =>
    rows<State>(
      ctx,
      sql`SELECT code, currency, sign, balance, version FROM ledger_lock(${ctx.workspaceId},
            ${sqlArray(once.map(({ account }) => account))}::text[],
            ${sqlArray(once.map(({ currency }) => currency))}::text[])`,
    )
  await openAccounts(ctx, once)
  return lock()
}
