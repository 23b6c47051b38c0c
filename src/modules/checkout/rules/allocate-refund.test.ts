import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { splitTax } from '../../../shared/money.ts'
import { divideRefund, type RefundableLine, type RefundShare } from './allocate-refund.ts'

function line(nth: number, totalMinor: bigint, taxMinor: bigint): RefundableLine {
  return { line: nth, totalMinor, taxMinor, refundedMinor: 0n, refundedTaxMinor: 0n }
}

function shares(result: ReturnType<typeof divideRefund>): RefundShare[] {
  if ('refused' in result) throw new Error(result.refused)
  return result
}

function apply(lines: readonly RefundableLine[], taken: readonly RefundShare[]): RefundableLine[] {
  return lines.map((one) => {
    const share = taken.find((each) => each.line === one.line)
    return share === undefined
      ? one
      : {
          ...one,
          refundedMinor: one.refundedMinor + share.totalMinor,
          refundedTaxMinor: one.refundedTaxMinor + share.taxMinor,
        }
  })
}

describe('a refund', () => {
  const lines = [line(1, 1150n, 150n), line(2, 575n, 75n)]

  test('of all takes what is left of every line', () => {
    expect(divideRefund(lines, { kind: 'all' })).toEqual([
      { line: 1, netMinor: 1000n, taxMinor: 150n, totalMinor: 1150n },
      { line: 2, netMinor: 500n, taxMinor: 75n, totalMinor: 575n },
    ])
  })

  test('of an amount is spread over the lines, with the tax in it', () => {
    expect(divideRefund(lines, { kind: 'amount', amountMinor: 100n })).toEqual([
      { line: 1, netMinor: 58n, taxMinor: 9n, totalMinor: 67n },
      { line: 2, netMinor: 29n, taxMinor: 4n, totalMinor: 33n },
    ])
  })

  test('of a line takes it whole, or the amount named', () => {
    expect(divideRefund(lines, { kind: 'lines', lines: [{ line: 2 }] })).toEqual([
      { line: 2, netMinor: 500n, taxMinor: 75n, totalMinor: 575n },
    ])
    expect(divideRefund(lines, { kind: 'lines', lines: [{ line: 1, amountMinor: 115n }] })).toEqual([
      { line: 1, netMinor: 100n, taxMinor: 15n, totalMinor: 115n },
    ])
  })

  test('of more than is left, of nothing, or of a line that is not there, is refused', () => {
    expect(divideRefund(lines, { kind: 'amount', amountMinor: 1726n })).toEqual({
      refused: 'too-much',
      leftMinor: 1725n,
    })
    expect(divideRefund(lines, { kind: 'lines', lines: [{ line: 2, amountMinor: 576n }] })).toMatchObject({
      refused: 'too-much',
      leftMinor: 575n,
    })
    expect(divideRefund(lines, { kind: 'lines', lines: [{ line: 2 }, { line: 2 }] })).toMatchObject({
      refused: 'too-much',
    })
    expect(divideRefund(lines, { kind: 'lines', lines: [{ line: 9 }] })).toMatchObject({
      refused: 'unknown-line',
    })
    const gone = apply(lines, shares(divideRefund(lines, { kind: 'all' })))
    expect(divideRefund(gone, { kind: 'all' })).toEqual({ refused: 'nothing-left', leftMinor: 0n })
  })
})

/** Lines as sales make them: the tax is that of the amount, in either way of pricing. */
const soldLine = fc
  .record({
    amount: fc.bigInt({ min: 0n, max: 100_000n }),
    rateBps: fc.integer({ min: 0, max: 10_000 }),
    mode: fc.constantFrom('inclusive' as const, 'exclusive' as const),
  })
  .map(({ amount, rateBps, mode }) => splitTax(amount, rateBps, mode))

const step = fc.oneof(
  fc.record({ kind: fc.constant('amount' as const), part: fc.integer({ min: 1, max: 1000 }) }),
  fc.record({ kind: fc.constant('line' as const), nth: fc.nat(5), part: fc.integer({ min: 1, max: 1000 }) }),
)

test('any sequence of refunds takes back every line’s net and tax to the last unit, and never more', () => {
  fc.assert(
    fc.property(
      fc.array(soldLine, { minLength: 1, maxLength: 6 }),
      fc.array(step, { maxLength: 12 }),
      (sold, steps) => {
        let lines = sold.map(({ grossMinor, taxMinor }, index) => line(index + 1, grossMinor, taxMinor))
        const take = (wish: Parameters<typeof divideRefund>[1], asked?: bigint) => {
          const result = divideRefund(lines, wish)
          if ('refused' in result) return
          for (const share of result) {
            expect(share.netMinor >= 0n && share.taxMinor >= 0n).toBe(true)
            expect(share.netMinor + share.taxMinor).toBe(share.totalMinor)
          }
          if (asked !== undefined) expect(result.reduce((sum, one) => sum + one.totalMinor, 0n)).toBe(asked)
          lines = apply(lines, result)
          for (const one of lines) {
            expect(one.refundedMinor <= one.totalMinor && one.refundedTaxMinor <= one.taxMinor).toBe(true)
          }
        }
        for (const one of steps) {
          const left = lines.reduce((sum, each) => sum + each.totalMinor - each.refundedMinor, 0n)
          if (one.kind === 'amount') {
            const amountMinor = (left * BigInt(one.part)) / 1000n
            if (amountMinor > 0n) take({ kind: 'amount', amountMinor }, amountMinor)
            continue
          }
          const chosen = lines[one.nth % lines.length]
          if (chosen === undefined) continue
          const amountMinor = ((chosen.totalMinor - chosen.refundedMinor) * BigInt(one.part)) / 1000n
          if (amountMinor > 0n)
            take({ kind: 'lines', lines: [{ line: chosen.line, amountMinor }] }, amountMinor)
        }
        take({ kind: 'all' })
        for (const one of lines) {
          expect(one.refundedMinor).toBe(one.totalMinor)
          expect(one.refundedTaxMinor).toBe(one.taxMinor)
        }
      },
    ),
    { numRuns: 500 },
  )
})

describe('a refund after one that failed while another was under way', () => {
  const failedBetween = (totalMinor: bigint, taxMinor: bigint, amounts: readonly bigint[]) => {
    const [first = 1n, second = 1n, third = 1n] = amounts
    const take = (lines: readonly RefundableLine[], amountMinor: bigint) =>
      shares(divideRefund(lines, { kind: 'lines', lines: [{ line: 1, amountMinor }] }))
    const start = [line(1, totalMinor, taxMinor)]
    const failed = take(start, first)
    const held = apply(start, failed)
    const afterBoth = apply(held, take(held, second))
    const [before] = afterBoth
    const [back] = failed
    if (before === undefined || back === undefined) throw new Error('one line')
    const given: RefundableLine = {
      ...before,
      refundedMinor: before.refundedMinor - back.totalMinor,
      refundedTaxMinor: before.refundedTaxMinor - back.taxMinor,
    }
    const next = take([given], third)
    return { next, rest: apply([given], next) }
  }

  test('takes back no tax that it does not hold', () => {
    // 4 of 10 fail after 1 has taken the line's only unit of tax: the next unit has none.
    const { next } = failedBetween(10n, 1n, [4n, 1n, 1n])
    expect(next).toEqual([{ line: 1, netMinor: 1n, taxMinor: 0n, totalMinor: 1n }])
  })

  test('never has a net or a tax below zero, and the last of them reverses the line to the unit', () => {
    const cases = fc
      .tuple(
        fc.bigInt(3n, 40n),
        fc.bigInt(0n, 20n),
        fc.array(fc.bigInt(1n, 20n), { minLength: 3, maxLength: 3 }),
      )
      .filter(([total, tax, amounts]) => tax * 2n <= total && amounts.reduce((a, b) => a + b, 0n) <= total)
    fc.assert(
      fc.property(cases, ([total, tax, amounts]) => {
        const { next, rest } = failedBetween(total, tax, amounts)
        for (const share of next) {
          expect(share.netMinor >= 0n && share.taxMinor >= 0n).toBe(true)
          expect(share.netMinor + share.taxMinor).toBe(share.totalMinor)
        }
        const [end] = apply(rest, shares(divideRefund(rest, { kind: 'all' })))
        expect(end).toMatchObject({ refundedMinor: total, refundedTaxMinor: tax })
      }),
    )
  })
})
