import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeDetail } from './audit-detail.ts'
import { writeToken } from './token.ts'

const read = (value: unknown): unknown => JSON.parse(writeDetail(value) ?? 'null')

test('what changed is kept as it was', () => {
  const change = {
    title: { ar: 'دليل', en: 'Guide' },
    prices: [{ amount: '1999', currency: 'KWD' }],
    code: '1000',
  }
  expect(read(change)).toEqual(change)
  expect(read({ sum: 12n, limit: null })).toEqual({ sum: '12', limit: null })
  expect(writeDetail(undefined)).toBeNull()
})

test.each([
  'password',
  'newPassword',
  'passwordHash',
  'secret',
  'clientSecret',
  'token',
  'backupCodes',
  'signature',
])('a field called %s is hidden at any depth, and that it was there is not', (name) => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      expect(read({ deep: [{ [name]: text }] })).toEqual({ deep: [{ [name]: '[hidden]' }] })
    }),
  )
  expect(read({ [name]: null })).toEqual({ [name]: null })
})

test('a token in any text is hidden', () => {
  const token = writeToken('01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e', new Uint8Array(32).fill(7))
  expect(read({ note: `use ${token} for it` })).toEqual({ note: 'use [hidden] for it' })
  expect(read({ note: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' })).toEqual({ note: '[hidden]' })
})
