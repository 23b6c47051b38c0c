import { expect, test } from 'vitest'
import { isOpen, type InvitationState } from './invitation.ts'

const now = new Date('2026-03-01T09:00:00Z')
const open: InvitationState = {
  expiresAt: new Date('2026-03-01T09:00:01Z'),
  acceptedAt: null,
  revokedAt: null,
  isBacked: true,
}

test('an invitation opens until it is used, taken back, too old, or meant by nobody who may', () => {
  expect(isOpen(open, now)).toBe(true)
  expect(isOpen({ ...open, expiresAt: now }, now)).toBe(false)
  expect(isOpen({ ...open, acceptedAt: now }, now)).toBe(false)
  expect(isOpen({ ...open, revokedAt: now }, now)).toBe(false)
  expect(isOpen({ ...open, isBacked: false }, now)).toBe(false)
})
