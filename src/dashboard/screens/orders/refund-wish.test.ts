import { describe, expect, test } from 'vitest'
import type { OrderStory } from '../../api/checkout.ts'
import { asksForStock, leftOfOrder, refundWish, type RefundForm } from './refund-wish.ts'

const sar = (amount: string) => ({ amount, currency: 'SAR' as const })

function order(refunded = '0', refundedOfFirst = refunded) {
  const line = {
    productId: '',
    kind: 'download',
    title: { ar: '', en: '' },
    quantity: 1,
    unit: sar('0'),
    net: sar('0'),
    tax: sar('0'),
    stocked: false,
  }
  return {
    currency: 'SAR',
    total: sar('10000'),
    refunded: sar(refunded),
    refunds: [],
    lines: [
      { ...line, line: 1, total: sar('7000'), refunded: sar(refundedOfFirst) },
      { ...line, line: 2, total: sar('3000'), refunded: sar('0') },
    ],
  } satisfies Pick<OrderStory, 'currency' | 'total' | 'refunded' | 'refunds' | 'lines'>
}

const form = (part: Partial<RefundForm>): RefundForm => ({
  how: 'all',
  amount: { text: '', amountMinor: undefined },
  lines: [],
  reason: '',
  restock: true,
  ...part,
})

describe('a refund', () => {
  test('of all takes what is left', () => {
    expect(refundWish(order('2500'), form({ reason: ' damaged ' }))).toEqual({
      wish: { reason: 'damaged', restock: true },
      total: 7500n,
    })
    expect(refundWish(order('10000', '7000'), form({})).wish).toBeUndefined()
  })

  test('of an amount is never more than is left', () => {
    const of = (amountMinor: bigint | undefined) =>
      refundWish(order('2500'), form({ how: 'amount', amount: { text: 'x', amountMinor } }))
    expect(of(7500n).wish).toEqual({ amount: sar('7500'), reason: '', restock: true })
    expect(of(7501n)).toEqual({ fault: 'too-much' })
    expect(of(0n)).toEqual({ fault: 'incomplete' })
    expect(of(undefined)).toEqual({ fault: 'incomplete' })
  })

  test('of lines takes what is left of each', () => {
    expect(refundWish(order('2500'), form({ how: 'lines', lines: [1, 2] }))).toEqual({
      wish: { lines: [{ line: 1 }, { line: 2 }], reason: '', restock: true },
      total: 7500n,
    })
    expect(refundWish(order(), form({ how: 'lines' })).fault).toBe('incomplete')
  })

  test('asks about the stock only where copies are counted', () => {
    const { lines } = order()
    const counted = { lines: lines.map((line) => ({ ...line, stocked: line.line === 2 })) }
    expect(asksForStock({ lines }, form({}))).toBe(false)
    expect(asksForStock(counted, form({}))).toBe(true)
    expect(asksForStock(counted, form({ how: 'lines', lines: [1] }))).toBe(false)
    expect(asksForStock(counted, form({ how: 'lines', lines: [1, 2] }))).toBe(true)
  })

  test('that is on its way cannot be given twice', () => {
    expect(leftOfOrder(order('0', '2500')).amount).toBe('7500')
  })
})
