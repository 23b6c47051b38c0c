import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import { systemCtx, type Ctx, type Services, type TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { step, WALK_START, type AuditFault } from '../rules/audit-chain.ts'
import { isSigned, readKeptHead } from './audit-head.ts'
import { listStoreDirectory } from './find-store-workspace.ts'
import { readHead, readLinks, type Head } from './read-chain.ts'
import { sealLog } from './seal-log.ts'

const BATCH = 2_000
const MOST_FAULTS = 100
const MOST_WORKSPACES = 100_000

/** What became of a log's proof. `head` is worth keeping elsewhere: nobody can change the log below it unseen. */
export type LogProof = {
  /** How many events were proven or found at fault. */
  events: bigint
  head: { number: string; hash: string } | null
  /** The first hundred. */
  faults: AuditFault[]
}

/**
 * Proves the whole log of a workspace: that each event is as it was written, that none is missing, that none stands beside
 * the chain, and that the chain reaches as far as it once did. Events that wait are taken into the chain first.
 */
export async function verifyLog(ctx: Ctx): Promise<LogProof> {
  authorise(ctx, 'audit:read')
  await sealLog(ctx)
  const kept = await readKeptHead(ctx)
  const before = await transaction(ctx, readHead)
  const walked = await walk(ctx, [kept?.number, before?.number])
  const after = await transaction(ctx, readHead)
  const faults = [...walked.faults]
  if (walked.isWhole) {
    faults.push(...faultsOfHeads(ctx, { before, after }, walked))
    if (kept !== undefined) faults.push(...faultsOfPlace(kept, walked))
  }
  faults.push(...(await transaction(ctx, findUnlinked)))
  return {
    events: walked.number,
    head: after === undefined ? null : { number: `${after.number}`, hash: after.hash },
    faults: unique(faults).slice(0, MOST_FAULTS),
  }
}

type Walked = { number: bigint; hashes: ReadonlyMap<bigint, string>; isWhole: boolean; faults: AuditFault[] }

/** Goes along the chain to its end, unless too much is wrong; notes the hashes at certain places. */
async function walk(ctx: Ctx, places: readonly (bigint | undefined)[]): Promise<Walked> {
  const hashes = new Map<bigint, string>()
  const faults: AuditFault[] = []
  let at = WALK_START
  for (;;) {
    const links = await transaction(ctx, (tx) => readLinks(tx, { after: at.number, limit: BATCH }))
    for (const link of links) {
      const done = step(at, link)
      at = done.walk
      if (places.includes(link.number)) hashes.set(link.number, link.hash)
      faults.push(...done.faults)
    }
    const isWhole = links.length < BATCH
    if (isWhole || faults.length >= MOST_FAULTS) return { number: at.number, hashes, isWhole, faults }
  }
}

type Heads = { before: Head | undefined; after: Head | undefined }

/** The chain grows with its head: it reaches as far as the head before the walk, and not beyond the one after it. */
function faultsOfHeads(ctx: Ctx, { before, after }: Heads, walked: Walked): AuditFault[] {
  if (before === undefined || after === undefined) return [{ kind: 'head-missing' }]
  if (!isSigned(ctx, before) || !isSigned(ctx, after)) return [{ kind: 'head-forged' }]
  if (after.number < walked.number) return [{ kind: 'head-changed', number: `${after.number}` }]
  return faultsOfPlace(before, walked)
}

/** A head stays a place of the chain for ever. */
function faultsOfPlace({ number, hash }: { number: bigint; hash: string }, walked: Walked): AuditFault[] {
  if (walked.number < number) return [missing(walked.number + 1n, number)]
  const found = walked.hashes.get(number)
  return found === undefined || found === hash ? [] : [{ kind: 'head-changed', number: `${number}` }]
}

function missing(from: bigint, through: bigint): AuditFault {
  return { kind: 'links-missing', from: `${from}`, through: `${through}` }
}

/** Events that the chain does not hold and that do not wait for it, and waiting ones that are gone. */
async function findUnlinked(ctx: TxCtx): Promise<AuditFault[]> {
  const beside = await rows<{ id: string }>(
    ctx,
    sql`SELECT e.id FROM audit_events e
        LEFT JOIN audit_links l ON l.workspace_id = e.workspace_id AND l.event_id = e.id
        LEFT JOIN audit_waiting w ON w.workspace_id = e.workspace_id AND w.event_id = e.id
        WHERE e.workspace_id = ${ctx.workspaceId} AND l.event_id IS NULL AND w.event_id IS NULL
        ORDER BY e.id LIMIT ${MOST_FAULTS}`,
  )
  const gone = await rows<{ id: string }>(
    ctx,
    sql`SELECT w.event_id AS id FROM audit_waiting w
        LEFT JOIN audit_events e ON e.workspace_id = w.workspace_id AND e.id = w.event_id
        WHERE w.workspace_id = ${ctx.workspaceId} AND e.id IS NULL ORDER BY w.event_id LIMIT ${MOST_FAULTS}`,
  )
  return [
    ...beside.map(({ id }): AuditFault => ({ kind: 'event-unlinked', eventId: id })),
    ...gone.map(({ id }): AuditFault => ({ kind: 'event-missing', number: '', eventId: id })),
  ]
}

function unique(faults: readonly AuditFault[]): AuditFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()]
}

/** Proves the log of every workspace, one after the other; for the operator's `rafid verify`. */
export async function* verifyLogs(
  services: Services,
): AsyncGenerator<LogProof & { workspaceId: string; slug: string }> {
  const workspaces = await listStoreDirectory(systemCtx(services), MOST_WORKSPACES)
  for (const { slug, workspaceId } of workspaces) {
    yield { workspaceId, slug, ...(await verifyLog(systemCtx(services, workspaceId))) }
  }
}
