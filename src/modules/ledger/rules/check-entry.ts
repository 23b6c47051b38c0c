import { isCurrencyCode } from '../../../shared/currencies.ts'
import type { NewEntry } from '../schema.ts'
import { ACCOUNT_CODE } from './standard-chart.ts'

/** The greatest amount and balance that the books hold: 2^63 − 1 minor units. */
export const MAX_MINOR = 2n ** 63n - 1n

/** What is wrong with an entry's form; undefined if it can be posted. */
export type EntryFault = 'key' | 'postings' | 'zero' | 'account' | 'currency' | 'unbalanced' | 'out-of-range'

const MAX_KEY = 255
const MAX_POSTINGS = 1_000

/** Finds the first fault of form: length of the key, number of postings, zero amounts, codes, balance per currency. */
export function findFault(entry: NewEntry): EntryFault | undefined {
  const { key, postings, guards = [] } = entry
  if (key.length === 0 || key.length > MAX_KEY) return 'key'
  if (postings.length < 2 || postings.length > MAX_POSTINGS) return 'postings'
  if (postings.some(({ amountMinor }) => amountMinor === 0n)) return 'zero'
  for (const { account, currency } of [...postings, ...guards]) {
    if (!ACCOUNT_CODE.test(account)) return 'account'
    if (!isCurrencyCode(currency)) return 'currency'
  }
  const debits = new Map<string, bigint>()
  const sums = new Map<string, bigint>()
  for (const { currency, amountMinor } of postings) {
    sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor)
    if (amountMinor > 0n) debits.set(currency, (debits.get(currency) ?? 0n) + amountMinor)
  }
  if (sums.values().some((sum) => sum !== 0n)) return 'unbalanced'
  return debits.values().some((total) => total > MAX_MINOR) ? 'out-of-range' : undefined
}
