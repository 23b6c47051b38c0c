import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parallelRateOf, type ParallelRate, type RateOf } from './purchasing-power-rates.ts'

const officialRates: Record<string, [bigint, bigint]> = {
  'USD EGP': [31n, 1n],
  'EUR USD': [11n, 10n],
  'EUR EGP': [341n, 10n],
  'SAR USD': [4n, 15n],
  'LBP USD': [1n, 1_500n],
}
const official: RateOf = ({ base, quote }) => {
  const [there, back] = [officialRates[`${base} ${quote}`], officialRates[`${quote} ${base}`]]
  if (there !== undefined) return { numerator: there[0], denominator: there[1] }
  return back && { numerator: back[1], denominator: back[0] }
}
const pound = (day: string, worth: bigint): ParallelRate => ({
  base: 'USD',
  quote: 'EGP',
  day,
  numerator: worth,
  denominator: 1n,
})
const lira: ParallelRate = {
  base: 'USD',
  quote: 'LBP',
  day: '2024-01-01',
  numerator: 90_000n,
  denominator: 1n,
}
const worth = (rates: readonly ParallelRate[], base: string, quote: string, day = '2024-02-10') => {
  const found = parallelRateOf(rates, official)({ base, quote, day })
  return found && Number(found.numerator) / Number(found.denominator)
}

describe('a parallel rate', () => {
  const rates = [pound('2024-01-01', 60n), pound('2024-02-01', 70n), lira]

  test('holds from its day until the next one, either way round', () => {
    expect(worth(rates, 'USD', 'EGP', '2024-01-31')).toBe(60)
    expect(worth(rates, 'USD', 'EGP')).toBe(70)
    expect(worth(rates, 'EGP', 'USD')).toBeCloseTo(1 / 70, 12)
  })

  test('before the first one the official rate counts, and for currencies that have none', () => {
    expect(worth(rates, 'USD', 'EGP', '2023-12-31')).toBe(31)
    expect(worth(rates, 'EUR', 'USD')).toBe(1.1)
    expect(worth(rates, 'SAR', 'KWD')).toBeUndefined()
  })

  test('is how its currency is reached from others too, though they have an official rate of their own', () => {
    expect(worth(rates, 'EUR', 'EGP')).toBeCloseTo(77, 10)
    expect(worth(rates, 'EGP', 'EUR')).toBeCloseTo(1 / 77, 12)
    expect(worth(rates, 'LBP', 'EGP')).toBeCloseTo(70 / 90_000, 12)
  })

  test('there and back is one', () => {
    const names = fc.constantFrom('USD', 'EUR', 'EGP', 'LBP', 'SAR')
    fc.assert(
      fc.property(
        names,
        names,
        fc.constantFrom('2023-06-01', '2024-01-15', '2024-03-01'),
        (base, quote, day) => {
          const [there, back] = [worth(rates, base, quote, day), worth(rates, quote, base, day)]
          if (there === undefined || back === undefined) return
          expect(there * back).toBeCloseTo(1, 10)
        },
      ),
    )
  })
})
