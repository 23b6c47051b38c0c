import { expect, test } from 'vitest'
import { appBase32, otpauthUri, readCode, recoveryCode, RECOVERY_CODE_BYTES } from './otpauth.ts'

test('base 32 as RFC 4648 has it', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  // Source: RFC 4648, section 10.
  expect([appBase32(bytes('f')), appBase32(bytes('foobar'))]).toEqual(['MY', 'MZXW6YTBOI'])
})

test('the address names issuer and account, whatever is in them', () => {
  const uri = otpauthUri({ issuer: 'Rafid shop.example', account: 'a:b@example.com', key: 'MY' })
  expect(uri).toBe(
    'otpauth://totp/Rafid%20shop.example:a%20b%40example.com?secret=MY&issuer=Rafid%20shop.example&digits=6&period=30',
  )
})

test('codes are read as people type them', () => {
  expect(readCode(' 123 456 ')).toEqual({ kind: 'app', code: '123456' })
  expect(readCode('١٢٣٤٥٦')).toEqual({ kind: 'app', code: '123456' })
  expect(readCode('۱۲۳-۴۵۶')).toEqual({ kind: 'app', code: '123456' })
  const code = recoveryCode(new Uint8Array(RECOVERY_CODE_BYTES).fill(0xa7))
  expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{5}-[0-9a-hjkmnp-tv-z]{5}$/)
  for (const typed of [code, code.toUpperCase(), code.replace('-', ''), ` ${code.replace('-', ' ')} `])
    expect(readCode(typed)).toEqual({ kind: 'recovery', code })
  expect(readCode('OIL00-00000').code).toBe('01100-00000')
})
