/**
 * Divides an amount in proportion to weights so that no unit is lost: every share is rounded down by size, and the units
 * left over go one each to the largest remainders, among equal ones to the earliest. A negative amount gives the
 * mirrored shares. In the order of the weights.
 * @throws if a weight is negative, or if there is something to divide and all weights are zero.
 */
export function allocate(amountMinor: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.some((weight) => weight < 0n)) throw new RangeError('a weight cannot be negative')
  const totalWeight = sum(weights)
  if (amountMinor === 0n) return weights.map(() => 0n)
  if (totalWeight === 0n) throw new RangeError('an amount cannot be divided among weights of zero')
  const size = amountMinor < 0n ? -amountMinor : amountMinor
  const shares = weights.map((weight) => (size * weight) / totalWeight)
  for (const index of byRemainder(size, weights, totalWeight).slice(0, Number(size - sum(shares)))) {
    shares[index] = (shares[index] ?? 0n) + 1n
  }
  return amountMinor < 0n ? shares.map((share) => -share) : shares
}

function byRemainder(size: bigint, weights: readonly bigint[], totalWeight: bigint): number[] {
  const remainders = weights.map((weight, index) => ({ index, remainder: (size * weight) % totalWeight }))
  // The sort is stable, which is what keeps equal remainders in their order.
  remainders.sort(
    (left, right) => Number(right.remainder > left.remainder) - Number(right.remainder < left.remainder),
  )
  return remainders.map(({ index }) => index)
}

/** What a refund is divided among: the original amounts, what earlier refunds took of each, and the refund itself. */
export type PartialRefund = {
  originalMinor: readonly bigint[]
  reversedMinor: readonly bigint[]
  refundMinor: bigint
}

/**
 * The shares of one more refund. All that is refunded so far, this refund included, is allocated by the original
 * amounts, less what was reversed before: rounding never adds up over many refunds, and the last one takes exactly what
 * is left. No share is negative or more than is left of its amount. Should the cumulative allocation take back a unit
 * (a larger total can give a smaller share by the method of largest remainders), the refund is allocated by what is
 * left of each amount instead.
 * @throws if the refund is negative or more than is left.
 */
export function allocateRefund(refund: PartialRefund): bigint[] {
  const { originalMinor, reversedMinor, refundMinor } = refund
  const leftMinor = originalMinor.map((original, index) => original - (reversedMinor[index] ?? 0n))
  if (reversedMinor.length !== originalMinor.length || leftMinor.some((left) => left < 0n)) {
    throw new RangeError('what was reversed does not fit the original amounts')
  }
  if (refundMinor < 0n || refundMinor > sum(leftMinor))
    throw new RangeError('the refund is more than is left')
  const target = allocate(sum(reversedMinor) + refundMinor, originalMinor)
  const shares = target.map((share, index) => share - (reversedMinor[index] ?? 0n))
  return shares.some((share) => share < 0n) ? allocate(refundMinor, leftMinor) : shares
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
