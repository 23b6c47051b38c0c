import { expect, test } from 'vitest'
import { changeOf, sumOf } from './income.ts'

test('days add up, also where more was given back than came in', () => {
  const day = (amount: string, sales: number) => ({
    date: '2026-02-28',
    income: { amount, currency: 'SAR' as const },
    sales,
  })
  expect(sumOf([day('10000', 2), day('-2500', 0)])).toEqual({ amountMinor: 7500n, sales: 2 })
})

test('a change has no share where there was nothing before', () => {
  expect([changeOf(150n, 100n), changeOf(50n, 100n), changeOf(5n, 0n)]).toEqual([0.5, -0.5, undefined])
})
