import { expect, test } from 'vitest'
import { barePlan, bareStream, reckon } from '../../../test/support/plans.ts'
import { compilePlan } from './models/compile-plan.ts'
import { reportOf } from './operations/print-projection.ts'
import type { Projection } from './schema.ts'

const input = barePlan([bareStream('digital-product')], {
  months: 24,
  ladder: [{ name: 'Roof', amount: { amount: '30000', currency: 'USD' } }],
})
const { figures } = reckon(compilePlan(input, { seed: 7, paths: 200 }, new Map()).scenario, true)
const projection: Projection = {
  id: '01900000-0000-7000-8000-000000000000',
  planId: '01900000-0000-7000-8000-000000000001',
  name: input.name,
  seed: 7,
  engine: 1,
  paths: 2000,
  createdAt: '2026-11-21T10:00:00Z',
  input,
  figures,
  history: [],
  story: [],
}

test('the fan is drawn of the months that stand in the table', () => {
  const { fan, rows } = reportOf(projection, { locale: 'en', calendar: 'gregorian', numerals: 'arab' })
  const { p10, p50, p90 } = figures.plan.monthly
  expect(fan).toMatchObject({ low: p10, middle: p50, high: p90 })
  expect(fan?.months[0]).toEqual({ name: 'Dec 26', below: 'Raj. 48' })
  expect(fan?.worded(123_400)).toBe('$1,234')
  expect(rows.at(-1)?.cells).toEqual([
    'November 2028',
    ...[p10, p50, p90].map((row) => BigInt(row[23] ?? Number.NaN)),
  ])
})

test('a reader of the Hijri calendar and of Arabic digits finds theirs in months, amounts and sentences', () => {
  const printed = reportOf(projection, { locale: 'ar', calendar: 'hijri', numerals: 'arab' })
  expect(printed.period).toBe(
    'ديسمبر ٢٠٢٦ (جمادى الآخرة – رجب ١٤٤٨ هـ) – نوفمبر ٢٠٢٨ (جمادى الآخرة – رجب ١٤٥٠ هـ)',
  )
  expect(printed.fan?.months[0]).toEqual({ name: 'رجب ٤٨', below: 'ديسمبر ٢٦' })
  expect(printed.fan?.worded(123_400)).toContain('١٬٢٣٤')
  const [, ...sentences] = printed.notes ?? []
  expect(sentences.slice(0, 3).join(' ')).not.toMatch(/\d/u)
  expect(printed.note).toContain('٢٬٠٠٠')
})
