import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencyCodes, type CurrencyCode } from '../../../shared/currencies.ts'
import { toDecimalString } from '../../../shared/money.ts'
import { addDecimalEvidence, decideDecimal, readAmount, type DecimalMark } from './read-amount.ts'
import {
  addCalendarEvidence,
  addOrderEvidence,
  decideCalendar,
  decideOrder,
  noCalendarEvidence,
  readDay,
  type DateOrder,
} from './read-day.ts'

describe('amounts', () => {
  test.each<[string, CurrencyCode, DecimalMark, bigint]>([
    ['12.50', 'USD', 'point', 1250n],
    ['-12.5', 'USD', 'point', -1250n],
    ['1,234.50', 'USD', 'point', 123450n],
    ['1.234,50', 'EUR', 'comma', 123450n],
    ['1 234,50', 'EUR', 'comma', 123450n],
    ['1.234', 'EUR', 'comma', 123400n],
    ['1.234', 'KWD', 'point', 1234n],
    ['1,500', 'JPY', 'point', 1500n],
    ['1500.00', 'JPY', 'point', 1500n],
    ['10,00,000.00', 'INR', 'point', 100000000n],
    ['(99.50)', 'SAR', 'point', -9950n],
    ['$5.00', 'USD', 'point', 500n],
    ['-$5.00', 'USD', 'point', -500n],
    ['$-5.00', 'USD', 'point', -500n],
    ['-CA$4.42', 'CAD', 'point', -442n],
    ['+£4.80', 'GBP', 'point', 480n],
    ['USD 12', 'USD', 'point', 1200n],
    ['12.00-', 'USD', 'point', -1200n],
    ['12.00 DR', 'USD', 'point', -1200n],
    ['12.00 CR', 'USD', 'point', 1200n],
    ['٥٠ ر.س', 'SAR', 'point', 5000n],
    ['د.ك ١٬٢٥٠٫٥٠٠', 'KWD', 'point', 1250500n],
    ['−۳٫۵', 'IRR', 'point', -350n],
    ['\u200F١٢\u200E', 'SAR', 'point', 1200n],
    ['.5', 'USD', 'point', 50n],
    ['12.', 'USD', 'point', 1200n],
  ])('%j in %s with a %s is %s', (cell, currency, decimal, amountMinor) => {
    expect(readAmount(cell, currency, decimal)).toEqual({ amountMinor })
  })

  test.each(['', '-', '--', '—', ' '])('%j is empty', (cell) => {
    expect(readAmount(cell, 'USD', 'point')).toEqual({ amountMinor: undefined })
  })

  test.each<[string, string]>([
    ['12.345', 'amount-too-precise'],
    ['1e3', 'amount-unreadable'],
    ['=1+2', 'amount-unreadable'],
    ['1,23', 'amount-unreadable'],
    ['12.5.0', 'amount-unreadable'],
    ['twelve', 'amount-unreadable'],
    ['9999999999999999', 'amount-unreadable'],
    ['EUR 5.00', 'currency-differs'],
    ['1'.repeat(100), 'amount-unreadable'],
  ])('%j is refused as %s', (cell, fault) => {
    expect(readAmount(cell, 'USD', 'point')).toEqual({ fault })
  })

  test('what was written with either mark, in either digits, is read as it was', () => {
    const limit = 10n ** 14n
    const money = fc.record({
      amountMinor: fc.bigInt({ min: -limit, max: limit }),
      currency: fc.constantFrom(...currencyCodes),
    })
    fc.assert(
      fc.property(money, fc.boolean(), (one, arabic) => {
        const written = toDecimalString(one)
        const [whole = '', fraction] = written.split('.')
        const withComma =
          whole.replace(/\B(?=(?:\d{3})+$)/g, '.') + (fraction === undefined ? '' : `,${fraction}`)
        const shown = (text: string) =>
          arabic ? text.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit))) : text
        expect(readAmount(shown(written), one.currency, 'point')).toEqual({ amountMinor: one.amountMinor })
        expect(readAmount(shown(withComma), one.currency, 'comma')).toEqual({ amountMinor: one.amountMinor })
      }),
    )
  })

  test.each<[string[], DecimalMark]>([
    [['1,234', '5,678'], 'point'],
    [['1,234', '5,67'], 'comma'],
    [['1.234', '1.234,50'], 'comma'],
    [['1,234.50', '7'], 'point'],
    [['1.234.567'], 'comma'],
    [['12.50', '3'], 'point'],
    [[], 'point'],
  ])('a column of %j has a %s', (cells, expected) => {
    const evidence = { point: 0, comma: 0 }
    for (const cell of cells) addDecimalEvidence(evidence, cell)
    expect(decideDecimal(evidence)).toBe(expected)
  })
})

describe('days', () => {
  test.each<[string, DateOrder, string]>([
    ['2026-02-28', 'dmy', '2026-02-28'],
    ['2026-02-28T23:59:59Z', 'dmy', '2026-02-28'],
    ['2026-02-28 08:00:00', 'mdy', '2026-02-28'],
    ['2026/2/8', 'dmy', '2026-02-08'],
    ['20260228', 'dmy', '2026-02-28'],
    ['03/04/2026', 'dmy', '2026-04-03'],
    ['03/04/2026', 'mdy', '2026-03-04'],
    ['3.4.26', 'dmy', '2026-04-03'],
    ['26-04-03', 'ymd', '2026-04-03'],
    ['31/12/2026 10:15', 'dmy', '2026-12-31'],
    ['January 5, 2026', 'mdy', '2026-01-05'],
    ['31 July, 2026', 'dmy', '2026-07-31'],
    ['30-Apr-25', 'dmy', '2025-04-30'],
    ['5 Sept 2026', 'dmy', '2026-09-05'],
    ['٠٥/٠١/٢٠٢٦', 'dmy', '2026-01-05'],
    ['٥ يناير ٢٠٢٦', 'dmy', '2026-01-05'],
    ['5 كانون الأول 2026', 'dmy', '2026-12-05'],
    ['5 أوت 2026', 'dmy', '2026-08-05'],
    ['29/02/2028', 'dmy', '2028-02-29'],
  ])('%j as %s is %s', (cell, order, day) => {
    expect(readDay(cell, order)).toBe(day)
  })

  test.each([
    '',
    '29/02/2026',
    '31/04/2026',
    '13/13/2026',
    '2026-00-10',
    '1447-09-01',
    'yesterday',
    '5',
    '5 Smarch 2026',
  ])('%j is no day', (cell) => {
    expect(readDay(cell, 'dmy')).toBeUndefined()
  })

  test.each<[string[], DateOrder, boolean]>([
    [['01/02/2026', '13/02/2026'], 'dmy', false],
    [['01/02/2026', '02/13/2026'], 'mdy', false],
    [['01/02/2026'], 'mdy', true],
    [['2026-01-02'], 'mdy', false],
    [['02/02/2026'], 'mdy', false],
  ])('a column of %j is %s', (cells, order, unsure) => {
    const evidence = { dmy: 0, mdy: 0, either: 0 }
    for (const cell of cells) addOrderEvidence(evidence, cell)
    expect(decideOrder(evidence, 'mdy')).toEqual({ order, unsure })
  })

  test.each<[string, DateOrder, string | undefined]>([
    ['١٤٤٨/٠٥/٣٠', 'dmy', '2026-11-10'],
    ['30-05-1448', 'dmy', '2026-11-10'],
    ['05/30/1448', 'mdy', '2026-11-10'],
    ['1448-05-30 10:15', 'dmy', '2026-11-10'],
    ['14480530', 'dmy', '2026-11-10'],
    ['۳۰/۵/۱۴۴۸هـ', 'dmy', '2026-11-10'],
    ['30/05/48', 'dmy', '2026-11-10'],
    ['48/05/30', 'ymd', '2026-11-10'],
    ['1448/5/30 H', 'dmy', '2026-11-10'],
    ['٣٠ جمادى الأولى ١٤٤٨ هـ', 'dmy', '2026-11-10'],
    ['1 رمضان 1447', 'dmy', '2026-02-18'],
    ['12 Dhu al-Qi‘dah, 1447', 'dmy', '2026-04-29'],
    ['1 Ramadan 1447 AH', 'dmy', '2026-02-18'],
    ['2026-11-10', 'dmy', '2026-11-10'],
    ['10/11/2026 م', 'dmy', '2026-11-10'],
    ['10 نوفمبر 26', 'dmy', '2026-11-10'],
    ['1448-05-31', 'dmy', undefined],
    ['1448-13-01', 'dmy', undefined],
    ['01/01/1409', 'dmy', undefined],
    ['10 January 1448 AH', 'dmy', undefined],
  ])('in a file of Hijri dates %j as %s is %s', (cell, order, day) => {
    expect(readDay(cell, order, 'hijri')).toBe(day)
  })

  test.each<[string[], string, boolean]>([
    [['2026-01-05'], 'gregorian', false],
    [['١٤٤٨/٠٥/٣٠', '2026-11-10'], 'hijri', false],
    [['1 رمضان 47'], 'hijri', false],
    [['30/05/48', '01/12/47'], 'hijri', true],
    [['30/05/48', '01/12/2027'], 'gregorian', false],
    [['30/05/48', '01/12/26'], 'gregorian', false],
    [['30/05/61'], 'gregorian', false],
    [['30/05/26'], 'gregorian', false],
    [['', 'total'], 'gregorian', false],
  ])('a column of %j is %s', (cells, calendar, unsure) => {
    const evidence = noCalendarEvidence()
    for (const cell of cells) addCalendarEvidence(evidence, cell)
    expect(decideCalendar(evidence, '2026-11-21')).toEqual({ calendar, unsure })
  })
})
