import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { detectEncoding, type TextEncoding } from '../../../shared/text-encoding.ts'
import { findHeader, type Header } from './header.ts'
import type { Importer, MoneyRow, Places, ReadRow } from './importer.ts'
import { importers } from './index.ts'
import { mappedImporter } from './mapped.ts'
import { readHead, readRecords, rowReader, surveyFile, type FoundStyle, type OpenFile } from './read-file.ts'
import { createRowKeys } from './row-key.ts'

type ReadFile = {
  encoding: TextEncoding
  header: Header
  style: FoundStyle
  rows: ReadRow[]
  lines: number[]
}

const openFixture = (name: string) => (): AsyncIterable<Uint8Array> =>
  createReadStream(join(import.meta.dirname, 'fixtures', name), { highWaterMark: 100 })

async function read(name: string, open: OpenFile = openFixture(name)): Promise<ReadFile> {
  const detector = detectEncoding()
  for await (const piece of open()) detector.push(piece)
  const encoding = detector.end()
  if (encoding === 'binary') throw new Error(`${name} is no text`)
  const head = await readHead(open, encoding)
  const header = findHeader(head.records)
  if (header === undefined) throw new Error(`${name} is empty`)
  const shape = { encoding, delimiter: head.delimiter, headerLine: header.line, width: header.cells.length }
  const recognised: { importer: Importer; places: Places } = header.recognised ?? {
    importer: mappedImporter('mapped', { currency: header.currency ?? 'USD', take: 'both' }),
    places: header.suggested,
  }
  const survey = await surveyFile(recognised, readRecords(open, shape), {
    said: {},
    mostRows: 100,
    today: '2026-11-21',
  })
  if ('problem' in survey) throw new Error(survey.problem)
  const { style } = survey
  const reader = rowReader(recognised, style, shape.width)
  const rows: ReadRow[] = []
  const lines: number[] = []
  for await (const { records, cutOff = false } of readRecords(open, shape)) {
    for (const record of records) {
      rows.push(reader(record, cutOff))
      lines.push(record.line)
    }
  }
  return { encoding, header, style, rows, lines }
}

const said = (row: ReadRow) => {
  if (row.outcome === 'skipped') return row.reason
  if (row.outcome === 'problem') return `${row.problem}: ${row.cell}`
  return `${row.day} ${row.kind} ${row.amountMinor} fee ${row.feeMinor} ${row.currency} ${row.what}`
}

test('Gumroad', async () => {
  const { header, rows } = await read('gumroad.csv')
  expect(header.recognised?.importer.source).toBe('gumroad')
  expect(rows.map(said)).toEqual([
    '2026-01-04 income 1900 fee -240 USD Arabic Grammar Cards',
    '2026-01-09 income 1900 fee -240 USD Notion Budget, Ramadan edition',
    '2026-01-09 income 101900 fee -10240 USD Arabic Grammar Cards',
    '2026-01-15 refund -1900 fee 240 USD Arabic Grammar Cards',
    '2026-01-18 income 450 fee 0 USD Affiliate Credit',
    'transfer',
    '2026-01-23 fee -200 fee 0 USD Payout Fee',
    'summary',
    'summary',
  ])
  expect(rows[0]).toMatchObject({ payer: 'huda@example.com' })
})

test('Stripe, in currencies of none, two and three decimals', async () => {
  const { header, rows } = await read('stripe.csv')
  expect(header.recognised?.importer.source).toBe('stripe')
  expect(rows.map(said)).toEqual([
    '2026-02-01 income 4900 fee -172 USD Course: Calligraphy from zero',
    '2026-02-01 income 12500 fee -450 KWD charge',
    '2026-02-03 income 1500 fee -54 JPY Course: Calligraphy from zero',
    '2026-02-04 refund -4900 fee 0 USD Course: Calligraphy from zero',
    '2026-02-05 refund -1500 fee 0 USD Chargeback withdrawal',
    '2026-02-05 fee -30 fee 0 USD Radar for Fraud Teams',
    'transfer',
  ])
})

test('PayPal, with the days and decimals of its account', async () => {
  const { header, style, rows } = await read('paypal.csv')
  expect(header.recognised?.importer.source).toBe('paypal')
  expect(style).toMatchObject({ decimal: 'comma', dateOrder: 'dmy', unsure: false, calendar: 'gregorian' })
  expect(rows.map(said)).toEqual([
    '2026-02-13 income 2500 fee -124 USD Logo pack',
    '2026-02-14 income 123450 fee -4810 EUR Logo pack',
    '2026-02-15 refund -3450 fee 110 EUR Logo pack',
    'conversion',
    '2026-02-16 cost -1900 fee 0 EUR PreApproved Payment Bill User Payment',
    'not-completed',
    'transfer',
    'nothing-moved',
  ])
})

test('Etsy: two rows that are alike are two', async () => {
  const { header, rows } = await read('etsy.csv')
  expect(header.recognised?.importer.source).toBe('etsy')
  expect(rows.map(said)).toEqual([
    'transfer',
    '2026-01-20 income 2500 fee 0 USD Payment for Order #3100000001',
    '2026-01-20 fee -163 fee 0 USD Transaction fee: Ceramic mug',
    '2026-01-20 fee -20 fee 0 USD Listing fee',
    '2026-01-20 fee -20 fee 0 USD Listing fee',
    '2026-01-20 fee -206 fee 0 USD Sales tax paid by buyer',
    '2026-01-12 refund -1800 fee 117 USD Refund to buyer for Order #3100000000',
    '2026-01-03 fee -100500 fee 0 USD Etsy Ads',
  ])
  expect(new Set(keysOf('etsy', rows)).size).toBe(7)
})

test('KDP, below the line of its period', async () => {
  const { header, rows, lines } = await read('kdp.csv')
  expect(header.recognised?.importer.source).toBe('kdp')
  expect(rows.map(said)).toEqual([
    '2026-01-10 income 1198 fee 0 USD نهر من روافد',
    '2026-01-11 income 480 fee 0 JPY نهر من روافد',
    '2026-01-12 refund -399 fee 0 USD نهر من روافد',
    'nothing-moved',
  ])
  expect(lines[0]).toBe(3)
})

describe('files that are no platform’s own', () => {
  test('an Arabic bank in Windows-1256, below its lines of address', async () => {
    const { encoding, header, style, rows } = await read('bank-windows-1256.csv')
    expect([encoding, header.line, header.currency]).toEqual(['windows-1256', 4, 'SAR'])
    expect(header.suggested).toEqual({ date: 0, description: 1, outgoing: 2, incoming: 3 })
    expect(style.dateOrder).toBe('dmy')
    expect(rows.map(said)).toEqual([
      '2026-01-05 income 125000 fee 0 SAR حوالة واردة من شركة النور',
      '2026-01-07 cost -9950 fee 0 SAR شراء من متجر البرامج',
      '2026-01-15 income 37525 fee 0 SAR أرباح خمسات',
      '2026-01-31 cost -500 fee 0 SAR رسوم الحساب',
    ])
  })

  test('an Arabic bank with Hijri dates: a day that its month does not have is none', async () => {
    const { header, style, rows } = await read('bank-hijri.csv')
    expect([header.line, header.currency]).toEqual([3, 'SAR'])
    expect(style).toMatchObject({ calendar: 'hijri', calendarUnsure: false })
    expect(rows.map(said)).toEqual([
      '2025-12-31 income 125000 fee 0 SAR حوالة واردة من شركة النور',
      '2026-01-20 income 37525 fee 0 SAR أرباح خمسات',
      '2026-02-17 cost -500 fee 0 SAR رسوم الحساب',
      'day-unreadable: ١٤٤٧/٠٨/٣٠',
    ])
  })

  test('a formula in a text is a text', async () => {
    const { header, rows } = await read('bank-english.csv')
    expect(header.currency).toBe('AED')
    expect(rows.map(said)).toEqual([
      '2026-01-05 income 10000 fee 0 AED =HYPERLINK("http://example.com","Click")',
      '2026-01-06 cost -250000 fee 0 AED RENT JANUARY',
      '2026-01-07 income 31075 fee 0 AED UDEMY PAYOUT',
    ])
  })

  test('the program’s own format in English', async () => {
    expect((await read('generic-english.csv')).rows.map(said)).toEqual([
      '2026-01-05 income 4000 fee -400 USD Template pack',
      '2026-01-06 refund -4000 fee 400 USD Template pack',
      '2026-01-07 cost -1200 fee 0 EUR Stock photos',
      'transfer',
      'kind-unknown: gift',
    ])
  })

  test('and in Arabic, with Arabic digits', async () => {
    expect((await read('generic-arabic.csv')).rows.map(said)).toEqual([
      '2026-01-05 income 125050 fee -25010 SAR دورة الخط العربي',
      '2026-01-06 refund -5050 fee 0 SAR دورة الخط العربي',
      '2026-01-07 cost -10000 fee 0 SAR إعلان',
    ])
  })

  test('Khamsat in UTF-16, with tabs and the months of the Levant', async () => {
    const { encoding, rows } = await read('khamsat-utf16.csv')
    expect(encoding).toBe('utf-16le')
    expect(rows.map(said)).toEqual([
      '2026-01-03 income 800 fee 0 USD تصميم شعار',
      '2026-01-04 income 800 fee 0 USD تصميم شعار',
    ])
  })

  test('Udemy: a column called Type that says something else is not taken for kinds', async () => {
    const { header, style, rows } = await read('udemy.csv')
    expect(header.suggested).toEqual({ date: 0, description: 1, amount: 2 })
    expect(style.dateOrder).toBe('mdy')
    expect(rows.map(said)[0]).toBe('2026-01-25 income 999 fee 0 USD Arabic calligraphy from zero')
  })
})

test('no importer takes another’s file for its own', () => {
  for (const importer of importers) {
    const header = Object.values<readonly string[]>(importer.columns).map(([name = '']) => name)
    const found = findHeader([{ line: 1, cells: header }])
    expect(found?.recognised?.importer.source).toBe(importer.source)
  }
})

test('a row that was cut off with the file is a problem, and none before it', async () => {
  const whole =
    'Date,Kind,Description,Amount,Currency,Fee,Payer,ID\n2026-01-05,sale,A,40.00,USD,4.00,Adam,1\n2026-01-06,sale,B,4'
  const { rows } = await read('cut', () => pieces(whole))
  expect(rows.map(said)).toEqual(['2026-01-05 income 4000 fee -400 USD A', 'cells-missing: 4'])
})

test('keys are the same in another file that holds the same rows, and count those that are alike', () => {
  const row = (what: string): ReadRow => ({
    outcome: 'money',
    identity: { content: ['2026-01-01', what] },
    day: '2026-01-01',
    currency: 'USD',
    what,
    payer: '',
    kind: 'income',
    amountMinor: 1n,
    feeMinor: 0n,
  })
  const [first, second, third] = keysOf('x', [row('coffee'), row('coffee'), row('tea')])
  expect(keysOf('x', [row('tea'), row('coffee'), row('coffee'), row('coffee')]).slice(0, 3)).toEqual([
    third,
    first,
    second,
  ])
  expect(keysOf('y', [row('coffee')])).not.toEqual([first])
})

function keysOf(source: string, rows: readonly ReadRow[]): string[] {
  const keys = createRowKeys(source)
  return rows.filter((row): row is MoneyRow => row.outcome === 'money').map((row) => keys.keyOf(row).key)
}

async function* pieces(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text))
}
