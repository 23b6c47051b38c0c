import fc from 'fast-check'
import { expect, test } from 'vitest'
import { base32, workspaceOfToken, writeToken } from './token.ts'

test('a token names its workspace, whatever the workspace and the secret are', () => {
  const secrets = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(
    fc.property(fc.uuid(), secrets, (workspaceId, secret) => {
      const token = writeToken(workspaceId, secret)
      expect(token).toMatch(/^rafid_[0-9a-z]{26}_[0-9a-z]{52}$/)
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
