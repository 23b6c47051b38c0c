import type { CurrencyCode } from '../../../shared/currencies.ts'
import { parseMoney } from '../../../shared/parse-money.ts'

/** One line of an entry as it is being written: an amount on one of the two sides, as typed. */
export type LineDraft = { account: string; currency: CurrencyCode; debit: string; credit: string }

/** An entry as it is being written, with the key under which it is posted once. */
export type EntryDraft = { memo: string; date: string; lines: LineDraft[]; key: string }

/** By how much debits exceed credits in a currency; zero is balanced. */
export type Difference = { currency: CurrencyCode; differenceMinor: bigint; debitMinor: bigint }

/** Whether a line says nothing yet. */
export function isBlank({ account, debit, credit }: LineDraft): boolean {
  return account === '' && debit.trim() === '' && credit.trim() === ''
}

/** Whether an entry says nothing yet. */
export function isUntouched({ memo, date, lines }: EntryDraft): boolean {
  return memo === '' && date === '' && lines.every(isBlank)
}

/** A line's signed amount: debits are positive; undefined if it is none yet, or both sides are filled. */
export function amountOf({ currency, debit, credit }: LineDraft): bigint | undefined {
  const [left, right] = [debit.trim(), credit.trim()]
  if ((left === '') === (right === '')) return undefined
  const amountMinor = parseMoney(left === '' ? right : left, currency)?.amountMinor
  if (amountMinor === undefined || amountMinor <= 0n) return undefined
  return left === '' ? -amountMinor : amountMinor
}

/** The differences of an entry, one for each currency that its lines name amounts in. */
export function differencesOf(lines: readonly LineDraft[]): Difference[] {
  const sums = new Map<CurrencyCode, Difference>()
  for (const line of lines) {
    const amount = amountOf(line)
    if (amount === undefined) continue
    const sum = sums.get(line.currency) ?? { currency: line.currency, differenceMinor: 0n, debitMinor: 0n }
    sums.set(line.currency, {
      ...sum,
      differenceMinor: sum.differenceMinor + amount,
      debitMinor: sum.debitMinor + (amount > 0n ? amount : 0n),
    })
  }
  return [...sums.values()]
}

/** Why an entry cannot be posted yet; undefined when it can. */
export function faultOfEntry(lines: readonly LineDraft[]): 'incomplete' | 'unbalanced' | undefined {
  const filled = lines.filter((line) => !isBlank(line))
  if (filled.length < 2 || filled.some((line) => line.account === '' || amountOf(line) === undefined))
    return 'incomplete'
  return differencesOf(filled).some(({ differenceMinor }) => differenceMinor !== 0n)
    ? 'unbalanced'
    : undefined
}

/** The lines to post of an entry without faults. */
export function postingsOf(lines: readonly LineDraft[]) {
  return lines
    .filter((line) => !isBlank(line))
    .map((line) => ({
      account: line.account,
      amount: { amount: (amountOf(line) ?? 0n).toString(), currency: line.currency },
    }))
}
