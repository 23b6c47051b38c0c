/** What the liquidity accounts of a currency pair hold, debits positive: the foreign currency and what it cost. */
export type Position = { readonly foreignMinor: bigint; readonly baseMinor: bigint }

/**
 * What a payer gets for an amount: amount × numerator ÷ denominator, rounded down, so that the liquidity accounts never
 * give more than the rate says.
 */
export function exchanged(amountMinor: bigint, rate: { numerator: bigint; denominator: bigint }): bigint {
  return (amountMinor * rate.numerator) / rate.denominator
}

/**
 * The gain (loss if negative), in the base currency, that a change of position realises. Only the part that takes the
 * position towards zero realises anything: its share of what the position cost, against the same share of what is paid
 * now, at average cost, both rounded towards zero. A position that is closed whole leaves nothing behind.
 */
export function realisedGain(position: Position, change: Position): bigint {
  const opposite = position.foreignMinor > 0n !== change.foreignMinor > 0n
  if (position.foreignMinor === 0n || change.foreignMinor === 0n || !opposite) return 0n
  const [held, moved] = [size(position.foreignMinor), size(change.foreignMinor)]
  const closed = held < moved ? held : moved
  const cost = (position.baseMinor * closed) / held
  const proceeds = (change.baseMinor * closed) / moved
  return -(cost + proceeds)
}

function size(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}
