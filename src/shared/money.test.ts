import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencyCodes, currencyExponent, currencyName, isCurrencyCode } from './currencies.ts'
import {
  add,
  compare,
  divideHalfUp,
  formatMoney,
  fromApi,
  moneySchema,
  nonNegativeMoneySchema,
  percentageOf,
  positiveMoneySchema,
  splitTax,
  subtract,
  toApi,
  toDecimalString,
  type Money,
} from './money.ts'

const limit = 10n ** 18n - 1n
const amounts = fc.bigInt({ min: -limit, max: limit })
const currencies = fc.constantFrom(...currencyCodes)
const monies = fc.record({ amountMinor: amounts, currency: currencies })

describe('currencies', () => {
  test('have the decimals of ISO 4217, also where Intl is wrong', () => {
    for (const code of ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'] as const) {
      expect(currencyExponent(code)).toBe(3)
    }
    for (const code of ['SAR', 'EGP', 'LBP', 'SYP', 'YER', 'MRU', 'SOS'] as const) {
      expect(currencyExponent(code)).toBe(2)
    }
    for (const code of ['DJF', 'KMF', 'JPY', 'XOF'] as const) expect(currencyExponent(code)).toBe(0)
  })

  test('are distinct, sorted and known by name in both languages', () => {
    expect(new Set(currencyCodes).size).toBe(currencyCodes.length)
    expect([...currencyCodes].sort()).toEqual(currencyCodes)
    expect(currencyCodes).toHaveLength(155)
    const unnamed = currencyCodes.filter((code) => currencyName(code, 'ar') === code)
    // Intl knows no name for the digital bolívar; people then see its code.
    expect(unnamed).toEqual(['VED'])
    expect(currencyName('KWD', 'ar')).toBe('دينار كويتي')
    expect(currencyName('KWD', 'en')).toBe('Kuwaiti Dinar')
  })

  test('leave out what nobody can pay with, and what is no longer', () => {
    for (const code of ['XAU', 'XDR', 'XXX', 'BGN', 'HRK', 'ANG', 'kwd', '', 'constructor']) {
      expect(isCurrencyCode(code)).toBe(false)
    }
  })
})

describe('money over the API', () => {
  test('comes back as it was', () => {
    fc.assert(
      fc.property(monies, (money) => {
        expect(fromApi(moneySchema.parse(JSON.parse(JSON.stringify(toApi(money)))))).toEqual(money)
      }),
    )
  })

  test.each([
    1999,
    19.99,
    '19.99',
    '01',
    '+1',
    '-0',
    '',
    ' 1',
    '1 ',
    '1e3',
    '٥',
    '1,000',
    '0x1',
    null,
    true,
    '1'.repeat(19),
    '-' + '1'.repeat(19),
    '1\n',
  ])('refuses the amount %j', (amount) => {
    expect(moneySchema.safeParse({ amount, currency: 'KWD' }).success).toBe(false)
  })

  test.each(['kwd', 'XXX', 'BTC', '', 7, undefined])('refuses the currency %j', (currency) => {
    expect(moneySchema.safeParse({ amount: '1', currency }).success).toBe(false)
  })

  test('refuses fields that it does not know', () => {
    expect(moneySchema.safeParse({ amount: '1', currency: 'KWD', scale: 3 }).success).toBe(false)
  })

  test('tells below zero, zero and above apart', () => {
    const accepted = (schema: typeof moneySchema) =>
      ['-1', '0', '1'].filter((amount) => schema.safeParse({ amount, currency: 'SAR' }).success)
    expect(accepted(moneySchema)).toEqual(['-1', '0', '1'])
    expect(accepted(nonNegativeMoneySchema)).toEqual(['0', '1'])
    expect(accepted(positiveMoneySchema)).toEqual(['1'])
  })

  test('never writes more than it would read', () => {
    expect(() => toApi({ amountMinor: limit + 1n, currency: 'SAR' })).toThrow(RangeError)
    expect(() => toApi({ amountMinor: -limit - 1n, currency: 'SAR' })).toThrow(RangeError)
  })
})

describe('reckoning', () => {
  test('adds, subtracts and compares within a currency', () => {
    fc.assert(
      fc.property(amounts, amounts, currencies, (left, right, currency) => {
        const a: Money = { amountMinor: left, currency }
        const b: Money = { amountMinor: right, currency }
        expect(subtract(add(a, b), b)).toEqual(a)
        expect(add(a, b)).toEqual(add(b, a))
        expect(Math.sign(Number(left - right))).toBe(compare(a, b))
      }),
    )
  })

  test('refuses to mix currencies', () => {
    const kwd: Money = { amountMinor: 1n, currency: 'KWD' }
    const sar: Money = { amountMinor: 1n, currency: 'SAR' }
    for (const operation of [add, subtract, compare]) expect(() => operation(kwd, sar)).toThrow(/KWD and SAR/)
  })

  test('rounds halves up by size', () => {
    expect([5n, 4n, -5n, -4n, 7n].map((n) => divideHalfUp(n, 2n))).toEqual([3n, 2n, -3n, -2n, 4n])
    expect(divideHalfUp(1n, 3n)).toBe(0n)
    expect(divideHalfUp(2n, 3n)).toBe(1n)
    expect(() => divideHalfUp(1n, 0n)).toThrow(RangeError)
  })

  test('is never more than half a unit off, and mirrors itself', () => {
    fc.assert(
      fc.property(amounts, fc.bigInt({ min: 1n, max: limit }), (dividend, divisor) => {
        const quotient = divideHalfUp(dividend, divisor)
        const error = 2n * (quotient * divisor - dividend)
        expect(error <= divisor && error >= -divisor).toBe(true)
        expect(divideHalfUp(-dividend, divisor)).toBe(-quotient)
      }),
    )
  })

  test('takes percentages in basis points', () => {
    expect(percentageOf(1000n, 1500)).toBe(150n)
    expect(percentageOf(333n, 1500)).toBe(50n)
    expect(percentageOf(330n, 1500)).toBe(50n)
    expect(percentageOf(-330n, 1500)).toBe(-50n)
    expect(() => percentageOf(1n, 1.5)).toThrow()
  })
})

describe('tax', () => {
  test('is what an accountant expects', () => {
    expect(splitTax(10_000n, 1500, 'exclusive')).toEqual({
      netMinor: 10_000n,
      taxMinor: 1_500n,
      grossMinor: 11_500n,
    })
    expect(splitTax(11_500n, 1500, 'inclusive')).toEqual({
      netMinor: 10_000n,
      taxMinor: 1_500n,
      grossMinor: 11_500n,
    })
    expect(splitTax(1_999n, 500, 'inclusive')).toEqual({
      netMinor: 1_904n,
      taxMinor: 95n,
      grossMinor: 1_999n,
    })
    expect(() => splitTax(1n, -1, 'exclusive')).toThrow(RangeError)
  })

  const rates = fc.integer({ min: 0, max: 10_000 })

  test('adds up, keeps the amount given, and mirrors itself for a refund', () => {
    fc.assert(
      fc.property(amounts, rates, fc.constantFrom('exclusive', 'inclusive'), (amount, rateBps, mode) => {
        const split = splitTax(amount, rateBps, mode)
        expect(split.netMinor + split.taxMinor).toBe(split.grossMinor)
        expect(mode === 'exclusive' ? split.netMinor : split.grossMinor).toBe(amount)
        const mirrored = splitTax(-amount, rateBps, mode)
        expect(mirrored.taxMinor).toBe(-split.taxMinor)
      }),
    )
  })

  test('inclusive undoes exclusive, and is within a unit of net × rate', () => {
    fc.assert(
      fc.property(amounts, rates, (amount, rateBps) => {
        const exclusive = splitTax(amount, rateBps, 'exclusive')
        expect(splitTax(exclusive.grossMinor, rateBps, 'inclusive')).toEqual(exclusive)
        const inclusive = splitTax(amount, rateBps, 'inclusive')
        const gap = inclusive.taxMinor - percentageOf(inclusive.netMinor, rateBps)
        expect(gap <= 1n && gap >= -1n).toBe(true)
      }),
    )
  })
})

describe('money for people', () => {
  const plain = (text: string) => text.replace(/[\p{Cf}]/gu, '').replaceAll('\u00A0', ' ')

  test('has the currency’s own decimals, also where Intl is wrong', () => {
    expect(toDecimalString({ amountMinor: -5n, currency: 'KWD' })).toBe('-0.005')
    expect(toDecimalString({ amountMinor: 1999n, currency: 'SAR' })).toBe('19.99')
    expect(toDecimalString({ amountMinor: 1999n, currency: 'JPY' })).toBe('1999')
    expect(plain(formatMoney({ amountMinor: 1_234_500n, currency: 'IQD' }, 'en'))).toBe('IQD 1,234.500')
    expect(plain(formatMoney({ amountMinor: 1200n, currency: 'LBP' }, 'en'))).toBe('LBP 12.00')
  })

  test('is written in Latin digits unless asked otherwise', () => {
    const money: Money = { amountMinor: 1250n, currency: 'SAR' }
    expect(plain(formatMoney(money, 'ar'))).toBe('12.50 ر.س.')
    expect(plain(formatMoney(money, 'ar', { numerals: 'arab' }))).toBe('١٢٫٥٠ ر.س.')
  })

  test('leaves a symbol of letters and a sign in one piece among Arabic, whatever the sign of the amount', () => {
    const dollars = (amountMinor: bigint) => formatMoney({ amountMinor, currency: 'USD' }, 'ar')
    expect(dollars(1198n)).toContain('\u200fUS$\u200e')
    expect(dollars(-399n)).toContain('\u200fUS$\u200e')
    expect(formatMoney({ amountMinor: 1198n, currency: 'SAR' }, 'ar')).not.toMatch(/\u200e/u)
  })

  test('keeps every digit and is one isolate', () => {
    fc.assert(
      fc.property(monies, fc.constantFrom('ar' as const, 'en' as const), (money, locale) => {
        const text = formatMoney(money, locale)
        expect(text.at(0)).toBe(locale === 'ar' ? '\u2067' : '\u2066')
        expect(text.at(-1)).toBe('\u2069')
        const bare = formatMoney(money, locale, { isolate: false })
        expect(bare).not.toMatch(/[\u2066-\u2069]/)
        const digits = (value: string) => value.replace(/\D/gu, '')
        expect(digits(bare)).toBe(digits(toDecimalString(money)))
      }),
    )
  })
})
