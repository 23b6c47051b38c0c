import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base32, workspaceOfKey, workspaceOfToken, writeToken, writeWorkspaceKey } from './token.ts'

test('a token names its workspace, whatever the workspace and the secret are', () => {
  const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(
    fc.property(fc.uuid(), secrets, (workspaceId, secret) => {
      const token = writeToken(workspaceId, secret)
      expect(token).toMatch(/^rafid_[0-9a-z]{26}_[0-9a-z]{59}$/)
      expect(workspaceOfToken(token)).toBe(workspaceId)
    }),
  )
})

test('base 32 of two different secrets differs', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(fc.property(bytes, bytes, (a, b) => Buffer.compare(a, b) === 0 || base32(a) !== base32(b)))
})

test('what is no token names no workspace', () => {
  const token = writeToken('01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e', new Uint8Array(32))
  for (const wrong of [
    '',
    'rafid_',
    token.slice(1),
    `${token}0`,
    token.toUpperCase(),
    token.replace('_0', '_u'),
  ])
    expect(workspaceOfToken(wrong)).toBeUndefined()
})

test('any one letter that is wrong is seen before anybody is asked', () => {
  const token = writeToken('01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e', new Uint8Array(32).fill(171))
  const letters = '0123456789abcdefghjkmnpqrstvwxyz'
  for (let at = 6; at < token.length; at++)
    for (const letter of letters)
      if (token[at] !== letter)
        expect(workspaceOfToken(token.slice(0, at) + letter + token.slice(at + 1))).toBeUndefined()
})

// What docs/api.md tells those who write a rule for a scanner.
test('the checksum is the CRC-32 of all letters before it, in base 32', () => {
  const token = writeToken('01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e', new Uint8Array(32).fill(7))
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(token.slice(0, -7)))
  expect(token.slice(-7)).toBe(base32(sum))
})

test('the key of a link names its workspace, and is no token', () => {
  const key = writeWorkspaceKey('01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e', new Uint8Array(32))
  expect(workspaceOfKey(key)).toBe('01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e')
  expect(workspaceOfToken(key)).toBeUndefined()
  for (const wrong of ['', key.slice(1), `${key}0`, key.toUpperCase()])
    expect(workspaceOfKey(wrong)).toBeUndefined()
})
