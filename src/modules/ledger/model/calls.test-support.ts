import fc from 'fast-check'
import type { NewEntry, NewHold, NewPosting } from '../schema.ts'
import type { Call } from './ledger-model.ts'

const ACCOUNTS = ['1100', '1150.test', '2100', '2130', '2150', '3000', '4000', '5100']
const START = Date.parse('2026-03-01T00:00:00Z')
const DAY = 86_400_000

const account = fc.constantFrom(...ACCOUNTS)
const currency = fc.constantFrom('SAR', 'SAR', 'KWD')
const small = fc.bigInt(1n, 60n)
const stream = fc.option(
  fc.constantFrom('a', 'b').map((id) => ({ kind: 'product', id })),
  { nil: undefined },
)
/** Few keys, so that they meet: the same key with the same and with another body. */
const entryKey = fc.integer({ min: 0, max: 400 }).map((at) => `e${at}`)
const holdKey = fc.integer({ min: 0, max: 60 }).map((at) => `h${at}`)
const past = fc.integer({ min: -3, max: 0 }).map((days) => new Date(START + days * DAY))

/** What moves: mostly small amounts, so that floors are met; sometimes those that only exact arithmetic survives. */
const amount = fc.oneof(
  { weight: 40, arbitrary: small },
  { weight: 2, arbitrary: fc.bigInt(2n ** 53n - 2n, 2n ** 53n + 2n) },
  { weight: 1, arbitrary: fc.bigInt(2n ** 63n - 60n, 2n ** 63n + 1n) },
)

const pair = fc.uniqueArray(account, { minLength: 2, maxLength: 2 })

const move: fc.Arbitrary<NewPosting[]> = fc
  .tuple(pair, currency, amount, stream)
  .map(([[to, from], money, amountMinor, about]) => [
    { account: to ?? '', currency: money, amountMinor },
    { account: from ?? '', currency: money, amountMinor: -amountMinor, ...(about && { stream: about }) },
  ])

/** A sale of several lines: one account more than once, which the running balance must follow. */
const sale: fc.Arbitrary<NewPosting[]> = fc
  .tuple(fc.array(small, { minLength: 1, maxLength: 5 }), currency)
  .map(([nets, money]) => [
    { account: '1150.test', currency: money, amountMinor: nets.reduce((sum, net) => sum + net, 0n) },
    ...nets.map((net, at) => ({
      account: at % 2 === 0 ? '4000' : '2100',
      currency: money,
      amountMinor: -net,
    })),
  ])

/** To and fro on one account: it nets to nothing, but the balance in between counts. */
const detour: fc.Arbitrary<NewPosting[]> = fc
  .tuple(account, small, currency)
  .map(([through, amountMinor, money]) => [
    { account: through, currency: money, amountMinor },
    { account: through, currency: money, amountMinor: -amountMinor },
  ])

const postings = fc.oneof(
  { weight: 6, arbitrary: move },
  { weight: 2, arbitrary: sale },
  { weight: 1, arbitrary: detour },
)

const guard = fc.record(
  { account, currency, ifVersion: fc.bigInt(0n, 9n), minBalanceMinor: fc.bigInt(-40n, 40n) },
  { requiredKeys: ['account', 'currency'] },
)

/** An entry: small or huge, of one account or several, now and then guarded. */
export const entry: fc.Arbitrary<NewEntry> = fc
  .record(
    { key: entryKey, postings, effectiveAt: past, guards: fc.array(guard, { minLength: 1, maxLength: 2 }) },
    { requiredKeys: ['key', 'postings'] },
  )
  .map(({ guards, ...rest }) => ({ kind: 'test', ...rest, ...(guards && guards.length > 1 && { guards }) }))

const hold: fc.Arbitrary<NewHold> = fc
  .record(
    {
      key: holdKey,
      pair,
      currency,
      amountMinor: small,
      expiresAt: fc.integer({ min: 0, max: 60 }).map((at) => new Date(START + DAY + at * 1000)),
    },
    { requiredKeys: ['key', 'pair', 'currency', 'amountMinor'] },
  )
  .map(({ pair: [debit, credit], ...rest }) => ({
    kind: 'payout',
    debit: debit ?? '',
    credit: credit ?? '',
    ...rest,
  }))

const exchange = fc
  .record({
    key: entryKey,
    sell: fc.boolean(),
    amountMinor: fc.bigInt(50n, 400n),
    rate: fc.bigInt(10n, 14n),
    based: fc.boolean(),
  })
  .map(({ key, sell, amountMinor, rate, based }) => ({
    key,
    from: { account: '1100', currency: sell ? 'KWD' : 'SAR', amountMinor },
    to: { account: '1150.test', currency: sell ? 'SAR' : 'KWD' },
    rate: sell ? { numerator: rate, denominator: 1n } : { numerator: 1n, denominator: rate },
    ...(based && { base: 'SAR' }),
  }))

/** Any call. */
export const call: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc
      .array(entry, { minLength: 1, maxLength: 3 })
      .map((entries): Call => ({ do: 'post', entries })),
  },
  { weight: 10, arbitrary: entry.map((one): Call => ({ do: 'post', entries: [one], alone: true })) },
  { weight: 4, arbitrary: hold.map((wanted): Call => ({ do: 'hold', hold: wanted })) },
  {
    weight: 4,
    arbitrary: fc
      .record(
        {
          verb: fc.constantFrom('post', 'post', 'void', 'expire'),
          hold: holdKey,
          key: entryKey,
          amount: small,
          final: fc.boolean(),
        },
        { requiredKeys: ['verb', 'hold', 'key', 'final'] },
      )
      .map(({ amount: part, ...rest }): Call => ({
        do: 'resolve',
        known: false,
        ...rest,
        ...(rest.verb === 'post' && part !== undefined && { amount: part }),
      })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({ target: entryKey, key: entryKey, part: small }, { requiredKeys: ['target', 'key'] })
      .map((wanted): Call => ({ do: 'reverse', known: false, ...wanted })),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.record({ target: entryKey, key: entryKey }), { minLength: 2, maxLength: 4 })
      .map((wishes): Call => ({
        do: 'reverse-all',
        wishes: wishes.map((wish) => ({ ...wish, known: false })),
      })),
  },
  { weight: 1, arbitrary: exchange.map((wanted): Call => ({ do: 'exchange', exchange: wanted })) },
)

const closing: fc.Arbitrary<Call> = past.map((through) => ({ do: 'close', through }))

/** Calls that are made at once; now and then the books are closed among them. */
export const round: fc.Arbitrary<Call[]> = fc.oneof(
  { weight: 30, arbitrary: fc.array(call, { minLength: 1, maxLength: 5 }) },
  { weight: 1, arbitrary: fc.tuple(closing, call, call).map((calls) => [...calls]) },
)
