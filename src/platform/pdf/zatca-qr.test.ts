import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isSaudiVatNumber, zatcaQr } from './zatca-qr.ts'

const issuedAt = new Date('2022-04-25T15:30:00.123Z')
const sample = { vatNumber: '310122393500003', issuedAt, total: '1000.00', vat: '150.00' }

function decode(payload: string): Map<number, string> {
  const bytes = Buffer.from(payload, 'base64')
  const fields = new Map<number, string>()
  for (let at = 0; at < bytes.length; at += 2 + (bytes[at + 1] ?? 0))
    fields.set(bytes[at] ?? 0, bytes.subarray(at + 2, at + 2 + (bytes[at + 1] ?? 0)).toString('utf8'))
  return fields
}

test("the specification's example", () => {
  // Source: ZATCA, Guide to develop a fatoora compliant QR code, the example of 'Bobs Records'.
  expect(zatcaQr({ ...sample, sellerName: 'Bobs Records' })).toBe(
    'AQxCb2JzIFJlY29yZHMCDzMxMDEyMjM5MzUwMDAwMwMUMjAyMi0wNC0yNVQxNTozMDowMFoEBzEwMDAuMDAFBjE1MC4wMA==',
  )
})

test('lengths are counted in bytes of UTF-8, also past 127', () => {
  const sellerName = 'دار رافد للنشر الرقمي والتعليم عن بُعد والخدمات الإلكترونية المتقدمة المحدودة'
  const payload = zatcaQr({ ...sample, sellerName })
  expect(Buffer.from(payload, 'base64')[1]).toBe(Buffer.byteLength(sellerName))
  expect(Buffer.byteLength(sellerName)).toBeGreaterThan(127)
  expect([...decode(payload)]).toEqual([
    [1, sellerName],
    [2, sample.vatNumber],
    [3, '2022-04-25T15:30:00Z'],
    [4, '1000.00'],
    [5, '150.00'],
  ])
})

test('any name comes back whole, or cut at a letter where it no longer fits', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (sellerName) => {
      const read = decode(zatcaQr({ ...sample, sellerName }))
      expect(read.size).toBe(5)
      expect(sellerName.startsWith(read.get(1) ?? '?')).toBe(true)
      if (Buffer.byteLength(sellerName) <= 255) expect(read.get(1)).toBe(sellerName)
      else expect(Buffer.byteLength(read.get(1) ?? '')).toBeGreaterThan(251)
    }),
  )
})

test('Saudi VAT numbers', () => {
  expect(isSaudiVatNumber('310122393500003')).toBe(true)
  for (const wrong of ['210122393500003', '31012239350000', '310122393500004', '٣10122393500003', undefined])
    expect(isSaudiVatNumber(wrong)).toBe(false)
})
