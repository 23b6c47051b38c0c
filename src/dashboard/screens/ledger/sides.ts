import type { ApiMoney } from '../../../shared/money.ts'
import type { Account } from '../../api/ledger.ts'

/** Whether an amount of the journal is a debit; debits are positive. */
export function isDebit({ amount }: ApiMoney): boolean {
  return !amount.startsWith('-')
}

/** A balance, debits positive, as it reads on the side where the account is normal. */
export function onNormalSide(
  { type, balance, normal }: Pick<Account, 'type' | 'balance' | 'normal'>,
  of: ApiMoney,
): ApiMoney {
  // Accounts that stand against their type, as drawings do, show it by their own two figures.
  const byType = type === 'asset' || type === 'expense'
  const debitNormal = balance.amount === '0' ? byType : balance.amount === normal.amount
  return debitNormal ? of : { ...of, amount: (-BigInt(of.amount)).toString() }
}
