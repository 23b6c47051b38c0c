import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { seal, unseal } from './seal.ts'

const key = randomBytes(32)

test('a sealed text says nothing, and opens in its place alone', () => {
  const sealed = seal(key, 'endpoint/1', 'whsec_سرّ')
  expect(sealed).not.toContain('whsec')
  expect(seal(key, 'endpoint/1', 'whsec_سرّ')).not.toBe(sealed)
  expect(unseal(key, 'endpoint/1', sealed)).toBe('whsec_سرّ')
  expect(() => unseal(key, 'endpoint/2', sealed)).toThrow()
  expect(() => unseal(randomBytes(32), 'endpoint/1', sealed)).toThrow()
  const changed = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA')
  expect(() => unseal(key, 'endpoint/1', changed)).toThrow()
  expect(() => unseal(key, 'endpoint/1', 'whsec_plain')).toThrow('not a sealed text')
})
