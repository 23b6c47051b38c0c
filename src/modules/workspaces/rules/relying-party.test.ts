import { expect, test } from 'vitest'
import { relyingParty } from './relying-party.ts'

test('PUBLIC_URL decides for whom passkeys are', () => {
  expect(relyingParty('https://shop.example')).toEqual({ id: 'shop.example', origin: 'https://shop.example' })
  expect(relyingParty('https://shop.example:8443')).toEqual({
    id: 'shop.example',
    origin: 'https://shop.example:8443',
  })
  expect(relyingParty('http://localhost:4010')).toEqual({ id: 'localhost', origin: 'http://localhost:4010' })
})

test.each(['http://shop.example', 'https://192.0.2.7', 'http://127.0.0.1:4010', 'https://[2001:db8::1]'])(
  'browsers take none for %s',
  (url) => expect(relyingParty(url)).toBeUndefined(),
)
