import { expect, test } from 'vitest'
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
