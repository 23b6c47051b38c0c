import { createHash } from 'node:crypto'

/** One event of the log as the chain holds it. Times to the microsecond, as the database keeps them. */
export type ChainedEvent = {
  workspaceId: string
  id: string
  at: string
  actorKind: string
  actorId: string | null
  userId: string | null
  action: string
  subjectKind: string
  subjectId: string
  before: unknown
  after: unknown
  ip: string | null
  requestId: string
}

/** What the first link of every chain stands on. */
export const CHAIN_START = '0'.repeat(64)

/** The event as text: JSON with sorted names and without blanks, so that anybody can make the same of an export. */
export function canonical(event: ChainedEvent): string {
  return JSON.stringify(event, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** The hash of a link: SHA-256 of the hash before, a line feed, and the event; in hexadecimal digits. */
export function linkHash(previous: string, event: ChainedEvent): string {
  return createHash('sha256')
    .update(`${previous}\n${canonical(event)}`)
    .digest('hex')
}

/** A link as it is kept, with the event that it is of; null where that is gone. */
export type KeptLink = { number: bigint; eventId: string; hash: string; event: ChainedEvent | null }

/** What is wrong with a log, and where. */
export type AuditFault =
  | { kind: 'event-changed'; number: string; eventId: string }
  | { kind: 'event-missing'; number: string; eventId: string }
  | { kind: 'links-missing'; from: string; through: string }
  | { kind: 'event-unlinked'; eventId: string }
  | { kind: 'head-missing' }
  | { kind: 'head-forged' }
  | { kind: 'head-changed'; number: string }

/** How far a walk along the chain has come. */
export type Walk = { number: bigint; kept: string; made: string }

/** A walk that has seen no link. */
export const WALK_START: Walk = { number: 0n, kept: CHAIN_START, made: CHAIN_START }

/**
 * One step along the chain. A link that was itself changed is found at its own place, and the next one is not blamed for
 * it: each is compared with what the link before says and with what it ought to say.
 */
export function step(walk: Walk, link: KeptLink): { walk: Walk; faults: AuditFault[] } {
  const faults: AuditFault[] = []
  const { number, eventId, event, hash } = link
  if (number !== walk.number + 1n)
    faults.push({ kind: 'links-missing', from: `${walk.number + 1n}`, through: `${number - 1n}` })
  if (event === null) {
    faults.push({ kind: 'event-missing', number: `${number}`, eventId })
    return { walk: { number, kept: hash, made: hash }, faults }
  }
  const made = linkHash(walk.made, event)
  // After a gap there is nothing to compare with; the next link is proven again.
  const isProven = faults.length > 0 || made === hash || linkHash(walk.kept, event) === hash
  if (!isProven) faults.push({ kind: 'event-changed', number: `${number}`, eventId })
  return { walk: { number, kept: hash, made: isProven ? hash : made }, faults }
}
