import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { Invalid } from '../../../platform/errors.ts'
import type { NewExchange } from '../schema.ts'
import { auditEntry, entryOf, keyByHand } from './by-hand.ts'
import { exchangeCurrency } from './exchange-currency.ts'

/** An exchange that somebody made: what was given of one currency, and what was got of the other. */
export type ManualExchange = Pick<NewExchange, 'base' | 'effectiveAt' | 'from'> & {
  readonly to: NewExchange['from']
  readonly memo: string
  readonly idempotencyKey: string
}

/**
 * Posts an exchange through the pair's liquidity accounts, at the rate that the two amounts say; the same key again is the same
 * entry. Gains are reckoned in `base` if it is one of the two currencies.
 * @throws Invalid for one currency on both sides; the problems of posting
 */
export async function exchangeByHand(ctx: Ctx, input: ManualExchange): Promise<string> {
  authorise(ctx, 'ledger:write')
  const { from, to, base, effectiveAt, memo } = input
  if (from.currency === to.currency)
    throw new Invalid([{ pointer: '/to/amount', detail: 'ledger.exchange.one-currency' }])
  return transaction(ctx, async (tx) => {
    const outcome = await exchangeCurrency(tx, {
      key: keyByHand(ctx, input),
      from,
      to,
      rate: { numerator: to.amountMinor, denominator: from.amountMinor },
      memo,
      ...(base === undefined ? {} : { base }),
      ...(effectiveAt && { effectiveAt }),
    })
    const id = entryOf(outcome)
    if (outcome.outcome === 'posted')
      await auditEntry(tx, 'ledger.exchange', { id, after: { from, to, memo, effectiveAt } })
    return id
  })
}
