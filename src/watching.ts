import { sql } from 'drizzle-orm'
import { readSealLag } from './modules/ledger/index.ts'
import { listStoreDirectory } from './modules/workspaces/index.ts'
import { systemCtx, type Services } from './platform/ctx.ts'
import { statement } from './platform/database/transaction.ts'
import { finding, type Finding } from './platform/health/finding.ts'
import type { GaugeSource } from './platform/health/gauges.ts'
import type { Gauge } from './platform/health/metrics.ts'

/** So many workspaces are asked; on larger servers their figures would cost more than they tell. */
const MOST_WORKSPACES = 200
const BELIEVED_MS = 30_000
const LATE_SEALS_SECONDS = 900

/** The figures of the modules. */
export const gaugeSources: readonly GaugeSource[] = [remembered(ofLedger), remembered(ofMail)]

/** Whether what was posted is proven in time: every minute, normally. */
export async function checkBooks(services: Services): Promise<Finding[]> {
  const seconds = await longestLag(services)
  const late = seconds > LATE_SEALS_SECONDS
  return [
    finding('books', late ? ['poor', 'late'] : ['good', 'fine'], {
      minutes: Math.round(seconds / 60),
      command: 'rafid verify',
    }),
  ]
}

async function ofLedger(services: Services): Promise<Gauge[]> {
  const help = 'For how long the oldest posting waits to be sealed, at most.'
  return [{ name: 'rafid_ledger_proof_lag_seconds', help, value: Math.round(await longestLag(services)) }]
}

async function longestLag(services: Services): Promise<number> {
  let longest = 0
  for (const workspaceId of await workspacesOf(services))
    longest = Math.max(longest, await readSealLag(systemCtx(services, workspaceId)))
  return longest
}

const MAIL_STATES = ['queued', 'sending', 'failed', 'unknown', 'no-server'] as const

async function ofMail(services: Services): Promise<Gauge[]> {
  const sums = new Map<string, number>(MAIL_STATES.map((state) => [state, 0]))
  for (const workspaceId of await workspacesOf(services)) {
    const ctx = systemCtx(services, workspaceId)
    for (const state of MAIL_STATES) {
      const [row] = await statement<{ count: bigint }>(
        ctx,
        sql`SELECT count(*) AS count FROM messages WHERE workspace_id = ${workspaceId} AND status = ${state}`,
      )
      sums.set(state, (sums.get(state) ?? 0) + Number(row?.count ?? 0))
    }
  }
  return [...sums].map(([state, value]) => ({
    name: 'rafid_mails',
    help: 'Mails that are not sent, by state.',
    labels: { state },
    value,
  }))
}

async function workspacesOf(services: Services): Promise<string[]> {
  const stores = await listStoreDirectory(systemCtx(services), MOST_WORKSPACES)
  return stores.map(({ workspaceId }) => workspaceId)
}

/** Asked again after half a minute, however many monitors ask. */
function remembered(source: GaugeSource): GaugeSource {
  const known = new WeakMap<Services['database'], { since: number; found: ReturnType<GaugeSource> }>()
  return (services) => {
    const now = performance.now()
    const kept = known.get(services.database)
    if (kept !== undefined && now - kept.since < BELIEVED_MS) return kept.found
    const found = source(services)
    known.set(services.database, { since: now, found })
    return found
  }
}
