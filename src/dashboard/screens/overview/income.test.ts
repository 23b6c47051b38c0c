import { expect, test } from 'vitest'
import { changeOf, incomeByDay, lastDays, sumOf } from './income.ts'

const sale = (paidAt: string | null, amount: string, refunded = '0', currency: 'SAR' | 'KWD' = 'SAR') => ({
  paidAt,
  currency,
  total: { amount, currency },
  refunded: { amount: refunded, currency },
})

test('the last days end today in the store’s time zone, across a change of clocks', () => {
  expect(lastDays(3, new Date('2026-02-28T22:30:00Z'), 'Asia/Riyadh')).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
  ])
  expect(lastDays(3, new Date('2026-10-25T23:30:00Z'), 'Europe/Berlin')).toEqual([
    '2026-10-24',
    '2026-10-25',
    '2026-10-26',
  ])
})

test('income is what was paid less what was given back, by the store’s day, in one currency', () => {
  const days = ['2026-02-28', '2026-03-01']
  const orders = [
    sale('2026-02-28T20:00:00Z', '4900'),
    sale('2026-02-28T21:30:00Z', '10000', '2500'),
    sale('2026-03-01T08:00:00Z', '700', '0', 'KWD'),
    sale('2026-01-01T08:00:00Z', '900'),
    sale(null, '900'),
  ]
  const income = incomeByDay(orders, { days, currency: 'SAR', timeZone: 'Asia/Riyadh' })
  expect(income).toEqual([
    { date: '2026-02-28', amountMinor: 4900n, orders: 1 },
    { date: '2026-03-01', amountMinor: 7500n, orders: 1 },
  ])
  expect(sumOf(income)).toEqual({ amountMinor: 12_400n, orders: 2 })
})

test('a change has no share where there was nothing before', () => {
  expect([changeOf(150n, 100n), changeOf(50n, 100n), changeOf(5n, 0n)]).toEqual([0.5, -0.5, undefined])
})
