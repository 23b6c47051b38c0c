import { expect, test } from 'vitest'
import { fanContent, type ReportFan } from './fan.ts'
import { maxReportRows, renderReport, type Report } from './render-report.ts'

const report: Report = {
  locale: 'ar',
  owner: 'دار رافد للنشر',
  title: 'ميزان المراجعة #panic()',
  period: 'من 1 يناير إلى 31 ديسمبر 2026',
  madeAt: new Date('2026-11-21T10:00:00Z'),
  timeZone: 'Asia/Kuwait',
  columns: [
    { title: 'الرمز', kind: 'code' },
    { title: 'الحساب', kind: 'text' },
    { title: 'الرصيد', kind: 'amount', currency: 'KWD' },
  ],
  rows: [
    { kind: 'heading', cells: ['الأصول'] },
    { depth: 1, cells: ['1010', 'النقد لدى Stripe', 12_345n] },
    { kind: 'total', cells: [undefined, 'الإجمالي', -12_345n] },
  ],
}

function pages(pdf: Uint8Array): number {
  return Number(/\/Count (\d+)/.exec(Buffer.from(pdf).toString('latin1'))?.[1])
}

test('the same report gives the same bytes, also beside others', async () => {
  const [first, other, again] = await Promise.all([
    renderReport(report),
    renderReport({ ...report, locale: 'en', rows: [] }),
    renderReport(report),
  ])
  expect(Buffer.compare(first, again)).toBe(0)
  expect(Buffer.compare(first, other)).not.toBe(0)
})

test('long ones run over pages and stay small', async () => {
  const rows = Array.from({ length: 300 }, (_, index) => ({ cells: [String(index), 'حساب', BigInt(index)] }))
  const pdf = await renderReport({ ...report, rows })
  expect(pages(pdf)).toBeGreaterThan(4)
  expect(pdf.length).toBeLessThan(150_000)
})

test('rows that do not fit the columns, and too many of them, are refused', async () => {
  await expect(renderReport({ ...report, rows: [{ cells: ['1'] }] })).rejects.toThrow('assertion failed')
  const rows = Array.from({ length: maxReportRows + 1 }, () => ({ cells: ['1', '2', 3n] }))
  await expect(renderReport({ ...report, rows })).rejects.toThrow('at most')
})

test.each(['ar', 'en'] as const)(
  'a fan is drawn before the table, with its months and amounts (%s)',
  async (locale) => {
    const months = Array.from({ length: 24 }, (_, at) => ({ name: `شهر ${at}`, below: `Month ${at}` }))
    const row = (factor: number) => months.map((_, at) => factor * (at + 1))
    const fan: ReportFan = {
      caption: 'A month',
      names: { low: 'Bad', middle: 'Usual', high: 'Good', between: 'Between' },
      low: row(-3),
      middle: row(20),
      high: row(95),
      months,
      worded: (value) => `${value} $`,
    }
    const { high, ticks } = fanContent(fan)
    expect(high.at(-1)).toEqual([1, expect.closeTo(0.78, 1)])
    expect(ticks.map(({ label }) => label)).toEqual(
      ['0', '1000', '2000', '3000'].map((value) => `\u2068${value} $\u2069`),
    )
    const [drawn, bare] = await Promise.all([
      renderReport({ ...report, locale, numerals: 'arab', fan }),
      renderReport({ ...report, locale, numerals: 'arab' }),
    ])
    // Of one value nothing can be drawn between, and nothing is divided by zero.
    await renderReport({
      ...report,
      locale,
      fan: { ...fan, low: [0], middle: [0], high: [0], months: months.slice(0, 1) },
    })
    expect(pages(drawn)).toBe(1)
    expect(drawn.length).toBeGreaterThan(bare.length + 1_000)
  },
)
