import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, allocateRefund } from './allocation.ts'

const total = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n)
const amounts = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
const weights = fc
  .array(fc.oneof(fc.bigInt({ min: 0n, max: 10n }), fc.bigInt({ min: 0n, max: 10n ** 15n })), {
    minLength: 1,
    maxLength: 12,
  })
  .filter((list) => total(list) > 0n)

describe('allocation', () => {
  test('gives left-over units to the largest remainders, the earliest of equals', () => {
    expect(allocate(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n])
    expect(allocate(101n, [1n, 1n, 1n])).toEqual([34n, 34n, 33n])
    expect(allocate(10n, [1n, 2n, 4n])).toEqual([1n, 3n, 6n])
    expect(allocate(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n])
    expect(allocate(1n, [0n, 5n, 0n])).toEqual([0n, 1n, 0n])
  })

  test('divides nothing into nothing, and something only by weights', () => {
    expect(allocate(0n, [0n, 0n])).toEqual([0n, 0n])
    expect(allocate(0n, [])).toEqual([])
    expect(() => allocate(1n, [])).toThrow(RangeError)
    expect(() => allocate(1n, [0n, 0n])).toThrow(RangeError)
    expect(() => allocate(1n, [2n, -1n])).toThrow(RangeError)
  })

  test('loses nothing, is within a unit of the exact share, and mirrors', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, list) => {
        const shares = allocate(amount, list)
        expect(total(shares)).toBe(amount)
        expect(allocate(-amount, list)).toEqual(shares.map((share) => -share))
        const whole = total(list)
        for (const [index, weight] of list.entries()) {
          const gap = (shares[index] ?? 0n) * whole - amount * weight
          expect(gap < whole && gap > -whole).toBe(true)
        }
      }),
    )
  })

  test('gives a larger weight no less, and equal weights to the earlier first', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), weights, (amount, list) => {
        const shares = allocate(amount, list)
        for (const [left, leftWeight] of list.entries()) {
          for (const [right, rightWeight] of list.entries()) {
            const [a, b] = [shares[left] ?? 0n, shares[right] ?? 0n]
            if (leftWeight > rightWeight || (leftWeight === rightWeight && left < right))
              expect(a >= b).toBe(true)
          }
        }
      }),
    )
  })
})

describe('refunds', () => {
  test('of one unit at a time never favour a line', () => {
    let reversed = [0n, 0n, 0n]
    const originalMinor = [50n, 30n, 20n]
    for (let step = 1n; step <= 10n; step++) {
      const shares = allocateRefund({ originalMinor, reversedMinor: reversed, refundMinor: 10n })
      reversed = reversed.map((amount, index) => amount + (shares[index] ?? 0n))
      expect(reversed).toEqual([5n * step, 3n * step, 2n * step])
    }
  })

  test('take back no unit where a larger total would give a smaller share', () => {
    // Quotas of 10: 4.29, 4.29, 1.43 → 4, 4, 2; of 11: 4.71, 4.71, 1.57 → 5, 5, 1.
    expect(allocate(10n, [60n, 60n, 20n])).toEqual([4n, 4n, 2n])
    expect(allocate(11n, [60n, 60n, 20n])).toEqual([5n, 5n, 1n])
    const shares = allocateRefund({
      originalMinor: [60n, 60n, 20n],
      reversedMinor: [4n, 4n, 2n],
      refundMinor: 1n,
    })
    expect(shares).toEqual([1n, 0n, 0n])
  })

  test('refuse more than is left, and figures that do not fit', () => {
    const originalMinor = [5n, 5n]
    expect(() => allocateRefund({ originalMinor, reversedMinor: [5n, 4n], refundMinor: 2n })).toThrow(
      RangeError,
    )
    expect(() => allocateRefund({ originalMinor, reversedMinor: [0n, 0n], refundMinor: -1n })).toThrow(
      RangeError,
    )
    expect(() => allocateRefund({ originalMinor, reversedMinor: [6n, 0n], refundMinor: 1n })).toThrow(
      RangeError,
    )
    expect(() => allocateRefund({ originalMinor, reversedMinor: [0n], refundMinor: 1n })).toThrow(RangeError)
  })

  test('in any number of parts end at exactly the original amounts', () => {
    const parts = fc.array(fc.bigInt({ min: 0n, max: 10n ** 14n }), { maxLength: 20 })
    fc.assert(
      fc.property(weights, parts, (originalMinor, cuts) => {
        let reversed = originalMinor.map(() => 0n)
        for (const cut of [...cuts, total(originalMinor)]) {
          const left = total(originalMinor) - total(reversed)
          const refundMinor = cut > left ? left : cut
          const shares = allocateRefund({ originalMinor, reversedMinor: reversed, refundMinor })
          expect(total(shares)).toBe(refundMinor)
          reversed = reversed.map((amount, index) => amount + (shares[index] ?? 0n))
          for (const [index, share] of shares.entries()) {
            expect(share >= 0n && (reversed[index] ?? 0n) <= (originalMinor[index] ?? 0n)).toBe(true)
          }
        }
        expect(reversed).toEqual(originalMinor)
      }),
    )
  })
})
