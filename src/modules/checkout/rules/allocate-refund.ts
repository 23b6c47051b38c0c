import { allocateRefund } from '../../../shared/allocation.ts'
import { divideHalfUp } from '../../../shared/money.ts'

/** An order line as refunds see it: its total and tax, and what earlier refunds took of each. */
export type RefundableLine = {
  line: number
  totalMinor: bigint
  taxMinor: bigint
  refundedMinor: bigint
  refundedTaxMinor: bigint
}

/** What one refund takes of a line; total = net + tax. */
export type RefundShare = { line: number; netMinor: bigint; taxMinor: bigint; totalMinor: bigint }

/** What the seller asks for: all that is left, an amount over the whole order, or amounts of lines (all that is left of a line when none is named). */
export type RefundWish =
  | { kind: 'all' }
  | { kind: 'amount'; amountMinor: bigint }
  | { kind: 'lines'; lines: readonly { line: number; amountMinor?: bigint | undefined }[] }

/** Why a wish cannot be granted: `left` is the most that could be. */
export type RefundRefusal = { refused: 'nothing-left' | 'too-much' | 'unknown-line'; leftMinor: bigint }

/**
 * Divides a refund among the lines and each share into net and tax. Both are cumulative: what a line has given back in
 * all, and the tax in it, depend on the sum of its refunds and not on how many there were, so any sequence of refunds
 * that reaches a line's total has reversed its tax and its net to the last unit. Shares of zero are left out.
 */
export function divideRefund(
  lines: readonly RefundableLine[],
  wish: RefundWish,
): RefundShare[] | RefundRefusal {
  const leftMinor = lines.reduce((sum, line) => sum + left(line), 0n)
  if (leftMinor === 0n) return { refused: 'nothing-left', leftMinor }
  const amounts = amountsPerLine(lines, wish, leftMinor)
  if ('refused' in amounts) return amounts
  const shares = lines.flatMap((line, index) => shareOf(line, amounts[index] ?? 0n))
  return shares.length === 0 ? { refused: 'nothing-left', leftMinor } : shares
}

function amountsPerLine(
  lines: readonly RefundableLine[],
  wish: RefundWish,
  leftMinor: bigint,
): bigint[] | RefundRefusal {
  switch (wish.kind) {
    case 'all':
      return lines.map(left)
    case 'amount':
      if (wish.amountMinor > leftMinor) return { refused: 'too-much', leftMinor }
      return allocateRefund({
        originalMinor: lines.map((line) => line.totalMinor),
        reversedMinor: lines.map((line) => line.refundedMinor),
        refundMinor: wish.amountMinor,
      })
    case 'lines':
      return amountsOfLines(lines, wish.lines, leftMinor)
  }
}

function amountsOfLines(
  lines: readonly RefundableLine[],
  wished: readonly { line: number; amountMinor?: bigint | undefined }[],
  leftMinor: bigint,
): bigint[] | RefundRefusal {
  const amounts = lines.map(() => 0n)
  for (const { line, amountMinor } of wished) {
    const index = lines.findIndex((one) => one.line === line)
    const found = lines[index]
    if (found === undefined) return { refused: 'unknown-line', leftMinor }
    const amount = (amounts[index] ?? 0n) + (amountMinor ?? left(found))
    if (amount > left(found)) return { refused: 'too-much', leftMinor: left(found) }
    amounts[index] = amount
  }
  return amounts
}

function shareOf(line: RefundableLine, totalMinor: bigint): RefundShare[] {
  if (totalMinor === 0n) return []
  const taxSoFar = divideHalfUp((line.refundedMinor + totalMinor) * line.taxMinor, line.totalMinor)
  const taxMinor = within(taxSoFar - line.refundedTaxMinor, totalMinor)
  return [{ line: line.line, netMinor: totalMinor - taxMinor, taxMinor, totalMinor }]
}

/**
 * A refund that failed may have left another with a unit of tax more or less than its own sum would give; the next then
 * makes up for it, but is no more than itself and never less than nothing.
 */
function within(taxMinor: bigint, totalMinor: bigint): bigint {
  if (taxMinor < 0n) return 0n
  return taxMinor > totalMinor ? totalMinor : taxMinor
}

function left(line: RefundableLine): bigint {
  return line.totalMinor - line.refundedMinor
}
