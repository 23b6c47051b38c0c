import type { ApiMoney } from '../../../shared/money.ts'

/** How much an entry moves: the sum of its debits in each currency. */
export function turnoverOf(postings: readonly { amount: ApiMoney }[]): ApiMoney[] {
  const sums = new Map<ApiMoney['currency'], bigint>()
  for (const { amount } of postings) {
    const value = BigInt(amount.amount)
    if (value > 0n) sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + value)
  }
  return [...sums].map(([currency, amount]) => ({ amount: amount.toString(), currency }))
}
