import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  canonical,
  CHAIN_START,
  linkHash,
  step,
  WALK_START,
  type AuditFault,
  type ChainedEvent,
  type KeptLink,
} from './audit-chain.ts'

const event = (nth: number): ChainedEvent => ({
  workspaceId: '01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e',
  id: `01938f0e-7c1a-7b52-9d3c-${String(nth).padStart(12, '0')}`,
  at: '2026-03-01T09:00:00.000000Z',
  actorKind: 'member',
  actorId: null,
  userId: null,
  action: 'note.write',
  subjectKind: 'note',
  subjectId: `n${nth}`,
  before: null,
  after: { b: nth, a: ['ثلاثة', null] },
  ip: null,
  requestId: 'r',
})

function chain(length: number): KeptLink[] {
  let previous = CHAIN_START
  return Array.from({ length }, (_, at) => {
    const one = event(at + 1)
    previous = linkHash(previous, one)
    return { number: BigInt(at + 1), eventId: one.id, hash: previous, event: one }
  })
}

function faultsOf(links: readonly KeptLink[]): AuditFault[] {
  let walk = WALK_START
  return links.flatMap((link) => {
    const done = step(walk, link)
    walk = done.walk
    return done.faults
  })
}

const place = fc.integer({ min: 0, max: 9 })

test('a chain that nobody touched has no fault', () => {
  expect(faultsOf(chain(10))).toEqual([])
})

test('whatever is changed of an event, that event is named and no other', () => {
  const fields = ['at', 'actorKind', 'action', 'subjectId', 'requestId', 'ip', 'userId'] as const
  fc.assert(
    fc.property(place, fc.constantFrom(...fields), fc.string(), (at, field, text) => {
      const links = chain(10)
      const link = links[at]
      if (link === undefined || link.event === null || link.event[field] === text) return
      links[at] = { ...link, event: { ...link.event, [field]: text } }
      expect(faultsOf(links)).toEqual([
        { kind: 'event-changed', number: String(at + 1), eventId: link.eventId },
      ])
    }),
  )
})

test('what is deep inside counts too, the order of names does not', () => {
  const links = chain(3)
  const with2 = (after: unknown) =>
    links.map((link, at) => (at === 1 && link.event ? { ...link, event: { ...link.event, after } } : link))
  expect(faultsOf(with2({ a: ['ثلاثة', null], b: 2 }))).toEqual([])
  expect(faultsOf(with2({ a: ['ثلاثة', null], b: 3 }))).toHaveLength(1)
  expect(faultsOf(with2({ a: ['ثلاثة'], b: 2 }))).toHaveLength(1)
})

test('an event that is gone, a link that was rewritten, and links that are gone are each named', () => {
  fc.assert(
    fc.property(place, (at) => {
      const links = chain(10)
      const link = links[at] ?? expect.fail('in range')
      const put = (other: KeptLink) => links.map((one, nth) => (nth === at ? other : one))
      expect(faultsOf(put({ ...link, event: null }))).toEqual([
        { kind: 'event-missing', number: String(at + 1), eventId: link.eventId },
      ])
      expect(faultsOf(put({ ...link, hash: 'f'.repeat(64) }))).toEqual([
        { kind: 'event-changed', number: String(at + 1), eventId: link.eventId },
      ])
      const without = links.filter((_, nth) => nth !== at)
      const gap = { kind: 'links-missing', from: String(at + 1), through: String(at + 1) }
      // The newest link is missed by the head, not by the walk.
      expect(faultsOf(without)).toEqual(at === 9 ? [] : [gap])
    }),
  )
})

test('the text that is hashed is what docs/operating.md says', () => {
  expect(canonical({ ...event(1), after: { b: 1, a: 'x' } })).toBe(
    '{"action":"note.write","actorId":null,"actorKind":"member","after":{"a":"x","b":1},"at":"2026-03-01T09:00:00.000000Z",' +
      '"before":null,"id":"01938f0e-7c1a-7b52-9d3c-000000000001","ip":null,"requestId":"r","subjectId":"n1",' +
      '"subjectKind":"note","userId":null,"workspaceId":"01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e"}',
  )
})
