import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decideCapture,
  decidePayment,
  nextCheckAt,
  type KnownPayment,
  type ObservedPayment,
} from './payment-state.ts'

const known = (status: KnownPayment['status']): KnownPayment => ({
  status,
  currency: 'KWD',
  amountMinor: 1500n,
})
const observed = (status: ObservedPayment['status']): ObservedPayment => ({
  status,
  currency: 'KWD',
  amountMinor: 1500n,
})

const KNOWN = ['created', 'started', 'processing', 'captured', 'declined', 'cancelled'] as const
const OBSERVED = ['open', 'processing', 'paid', 'declined', 'cancelled'] as const

describe('a provider’s word about a payment', () => {
  test.each([
    ['started', 'open', 'wait'],
    ['started', 'paid', 'capture'],
    ['created', 'paid', 'capture'],
    ['processing', 'paid', 'capture'],
    ['declined', 'paid', 'capture'],
    ['cancelled', 'paid', 'capture'],
    ['captured', 'paid', 'ignore'],
    ['captured', 'declined', 'ignore'],
    ['captured', 'open', 'ignore'],
    ['started', 'declined', 'decline'],
    ['declined', 'declined', 'ignore'],
    ['started', 'cancelled', 'cancel'],
    ['cancelled', 'cancelled', 'ignore'],
    ['declined', 'cancelled', 'ignore'],
    ['started', 'processing', 'process'],
    ['processing', 'processing', 'wait'],
  ] as const)('known %s, observed %s: %s', (before, now, verdict) => {
    expect(decidePayment(known(before), observed(now))).toBe(verdict)
  })

  test('is never acted on for another amount or currency, unless all is done already', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KNOWN),
        fc.constantFrom(...OBSERVED),
        fc.oneof(fc.bigInt({ min: 0n, max: 1499n }), fc.bigInt({ min: 1501n, max: 10n ** 15n })),
        (before, now, amountMinor) => {
          const expected = before === 'captured' ? 'ignore' : 'mismatch'
          expect(decidePayment(known(before), { ...observed(now), amountMinor })).toBe(expected)
          expect(decidePayment(known(before), { ...observed(now), currency: 'SAR' })).toBe(expected)
        },
      ),
    )
  })
})

test('captured money sells a waiting order, a cancelled one if it can, and a paid one never twice', () => {
  expect(decideCapture('pending')).toBe('sell')
  expect(decideCapture('cancelled')).toBe('sell-if-in-stock')
  expect(decideCapture('cancelled', true)).toBe('return')
  for (const paid of ['paid', 'partially-refunded', 'refunded'] as const)
    expect(decideCapture(paid)).toBe('return')
})

test('checks begin after a minute, come ever more rarely, and end after a week', () => {
  const since = new Date('2026-03-01T00:00:00Z')
  let now = since
  const pauses: number[] = []
  for (;;) {
    const next = nextCheckAt(since, now)
    if (next === null) break
    pauses.push(next.getTime() - now.getTime())
    now = next
  }
  expect(pauses[0]).toBe(60_000)
  expect(pauses).toEqual(pauses.toSorted((left, right) => left - right))
  expect(Math.max(...pauses)).toBe(12 * 3_600_000)
  expect(pauses.length).toBeLessThan(30)
  expect(now.getTime() - since.getTime()).toBeGreaterThanOrEqual(7 * 24 * 3_600_000)
})
