import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencyCodes, type CurrencyCode } from './currencies.ts'
import { toDecimalString } from './money.ts'
import { parseMoney } from './parse-money.ts'

const limit = 10n ** 18n - 1n
const monies = fc.record({
  amountMinor: fc.bigInt({ min: -limit, max: limit }),
  currency: fc.constantFrom(...currencyCodes),
})

describe('what people type', () => {
  test.each<[string, CurrencyCode, bigint]>([
    ['12.50', 'SAR', 1250n],
    ['١٢٫٥٠', 'SAR', 1250n],
    ['۱۲٫۵', 'SAR', 1250n],
    ['12', 'SAR', 1200n],
    ['.5', 'SAR', 50n],
    ['0', 'SAR', 0n],
    ['007', 'SAR', 700n],
    [' 12,5 ', 'MAD', 1250n],
    ['12،50', 'EGP', 1250n],
    ['1,234.5', 'SAR', 123450n],
    ['1.234,5', 'MAD', 123450n],
    ['1.234.567', 'MAD', 123456700n],
    ['1,234', 'SAR', 123400n],
    ['1,234,567', 'KWD', 1234567000n],
    ['١٬٢٣٤٬٥٦٧٫٨٩', 'SAR', 123456789n],
    ['1 234 567,89', 'DZD', 123456789n],
    ['1\u202F234', 'TND', 1234000n],
    ['0,123', 'KWD', 123n],
    ['1.234', 'KWD', 1234n],
    ['1234,567', 'TND', 1234567n],
    ['1500', 'JPY', 1500n],
    ['1,500', 'JPY', 1500n],
    ['-12.5', 'SAR', -1250n],
    ['−12.5', 'SAR', -1250n],
    ['\u200F١٢\u200E', 'SAR', 1200n],
  ])('%j in %s is %s', (typed, currency, amountMinor) => {
    expect(parseMoney(typed, currency)).toEqual({ amountMinor, currency })
  })

  test.each<[string, CurrencyCode]>([
    ['', 'SAR'],
    [' ', 'SAR'],
    ['-', 'SAR'],
    ['.', 'SAR'],
    ['5.', 'SAR'],
    ['+5', 'SAR'],
    ['--5', 'SAR'],
    ['5-', 'SAR'],
    ['1e3', 'SAR'],
    ['0x10', 'SAR'],
    ['NaN', 'SAR'],
    ['12 SAR', 'SAR'],
    ['12.345', 'SAR'],
    ['1.5', 'JPY'],
    ['1,234', 'KWD'],
    ['12,34,567', 'SAR'],
    ['1,23.4', 'SAR'],
    ['1,2345', 'SAR'],
    ['1.2.3', 'SAR'],
    ['1,234 567.00', 'SAR'],
    ['1٫5٫0', 'SAR'],
    ['1'.repeat(17), 'SAR'],
    ['1'.repeat(100), 'SAR'],
    ['½', 'SAR'],
  ])('%j in %s is refused', (typed, currency) => {
    expect(parseMoney(typed, currency)).toBeUndefined()
  })

  test('a written amount is read as it was, in Latin and Arabic digits', () => {
    fc.assert(
      fc.property(monies, (money) => {
        const written = toDecimalString(money)
        const arabic = written.replace('.', '٫').replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit)))
        expect(parseMoney(written, money.currency)).toEqual(money)
        expect(parseMoney(arabic, money.currency)).toEqual(money)
      }),
    )
  })

  test('an amount with its thousands marked is read as it was', () => {
    fc.assert(
      fc.property(monies, (money) => {
        const [whole = '', fraction] = toDecimalString(money).split('.')
        const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, '٬')
        expect(
          parseMoney(fraction === undefined ? grouped : `${grouped}٫${fraction}`, money.currency),
        ).toEqual(money)
      }),
    )
  })

  test('nothing typed breaks it, and nothing else is taken for an amount', () => {
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...Array.from('0129٣۴.,،٫٬ -\u200F')) }),
    )
    fc.assert(
      fc.property(typed, fc.constantFrom(...currencyCodes), (text, currency) => {
        const money = parseMoney(text, currency)
        if (money !== undefined) expect(text).toMatch(/[0-9٠-٩۰-۹]/)
      }),
    )
  })
})
