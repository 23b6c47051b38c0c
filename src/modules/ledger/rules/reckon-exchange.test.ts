import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exchanged, realisedGain } from './reckon-exchange.ts'

const amount = fc.bigInt(1n, 2n ** 62n)
const rate = fc.record({ numerator: fc.bigInt(1n, 10n ** 12n), denominator: fc.bigInt(1n, 10n ** 12n) })

describe('an exchange', () => {
  test('gives what the rate says or less, and by less than one minor unit', () => {
    fc.assert(
      fc.property(amount, rate, (minor, { numerator, denominator }) => {
        const given = exchanged(minor, { numerator, denominator })
        const owed = minor * numerator
        expect(given * denominator <= owed).toBe(true)
        expect((given + 1n) * denominator > owed).toBe(true)
      }),
    )
  })

  test('to and fro never leaves the payer with more', () => {
    fc.assert(
      fc.property(amount, rate, (minor, { numerator, denominator }) => {
        const back = exchanged(exchanged(minor, { numerator, denominator }), {
          numerator: denominator,
          denominator: numerator,
        })
        expect(back <= minor).toBe(true)
      }),
    )
  })
})

describe('a realised gain', () => {
  test('of 300 dollars bought for 1,125 riyals and sold in two parts', () => {
    const position = { foreignMinor: -30_000n, baseMinor: 112_500n }
    // A third of them for 380.00, which had cost 375.00: the payer's side of the pair gains 5.00.
    expect(realisedGain(position, { foreignMinor: 10_000n, baseMinor: -38_000n })).toBe(500n)
    expect(realisedGain(position, { foreignMinor: 30_000n, baseMinor: -112_000n })).toBe(-500n)
    expect(realisedGain(position, { foreignMinor: -10_000n, baseMinor: 38_000n })).toBe(0n)
    expect(realisedGain({ foreignMinor: 0n, baseMinor: 0n }, { foreignMinor: 1n, baseMinor: -4n })).toBe(0n)
  })

  test('takes a position that is closed whole to zero, however many steps it takes', () => {
    const steps = fc.array(fc.bigInt(1n, 10n ** 9n), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(
        steps,
        fc.bigInt(1n, 10n ** 12n),
        fc.array(fc.bigInt(1n, 10n ** 11n)),
        (parts, cost, prices) => {
          const held = parts.reduce((sum, part) => sum + part, 0n)
          const position = { foreignMinor: held, baseMinor: -cost }
          for (const [at, part] of parts.entries()) {
            const change = { foreignMinor: -part, baseMinor: prices[at] ?? 7n }
            const gain = realisedGain(position, change)
            position.foreignMinor += change.foreignMinor
            position.baseMinor += change.baseMinor + gain
          }
          expect(position).toEqual({ foreignMinor: 0n, baseMinor: 0n })
        },
      ),
    )
  })
})
