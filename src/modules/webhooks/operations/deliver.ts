import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { sendOut } from '../../../platform/http-out/send.ts'
import type { Wake } from '../job-refs.ts'
import { webhookHeaders } from '../rules/signature.ts'
import { secretsOf } from './endpoint-secret.ts'
import { lockEndpoint, type EndpointRow } from './lock-endpoint.ts'
import { recordAttempts, type DueDelivery, type MadeAttempt } from './record-attempts.ts'
import { wakeEndpoint } from './wake-endpoint.ts'

const TIMEOUT_MS = 15_000
/** Longer than a round can last; who holds a lease for longer has died. */
const LEASE_MS = 30_000
/** For how long one job goes on before others get their turn. */
const TURN_MS = 20_000
const AT_ONCE = 8

type Round = { endpoint: EndpointRow; due: DueDelivery[] }
type Turn = { wake: Wake; lease: string; until: Date }

/**
 * Delivers what an endpoint waits for, a few at once, and only one job at a time for each endpoint. Every message is sent
 * outside of a transaction and what came of it is written after: a crash between the two sends it again, under its id.
 */
export async function deliverDue(ctx: Ctx, wake: Wake): Promise<void> {
  const turn = { wake, lease: ctx.ids.next(), until: new Date(ctx.clock.now().getTime() + TURN_MS) }
  for (let round = await begin(ctx, turn); round !== undefined;) {
    const { endpoint, due } = round
    const made = await Promise.all(due.map((one) => attempt(ctx, endpoint, one)))
    round = await settle(ctx, turn, made)
  }
}

async function begin(ctx: Ctx, turn: Turn): Promise<Round | undefined> {
  return transaction(ctx, async (tx) => {
    const endpoint = await lockEndpoint(tx, turn.wake.endpointId)
    if (endpoint?.state !== 'on') return undefined
    const { leaseUntil } = endpoint
    if (leaseUntil !== null && leaseUntil > ctx.clock.now()) {
      // Somebody delivers, or has died in doing so: then this is who goes on.
      await wakeEndpoint(tx, endpoint, { at: leaseUntil, own: turn.wake.at })
      return undefined
    }
    return takeRound(tx, endpoint, turn)
  })
}

/** Writes what came of a round and takes the next; the endpoint is the caller's until there is none. */
async function settle(ctx: Ctx, turn: Turn, made: readonly MadeAttempt[]): Promise<Round | undefined> {
  return transaction(ctx, async (tx) => {
    const before = await lockEndpoint(tx, turn.wake.endpointId)
    if (before === undefined) return undefined
    const endpoint = await recordAttempts(tx, before, made)
    if (endpoint.lease !== turn.lease) return undefined
    if (endpoint.state !== 'on') {
      await release(tx, endpoint.id)
      return undefined
    }
    if (endpoint.slow || ctx.clock.now() >= turn.until) {
      await release(tx, endpoint.id)
      const next = await earliest(tx, endpoint.id)
      if (next !== undefined) await wakeEndpoint(tx, endpoint, { at: next, own: turn.wake.at })
      return undefined
    }
    return takeRound(tx, endpoint, turn)
  })
}

async function takeRound(ctx: TxCtx, endpoint: EndpointRow, turn: Turn): Promise<Round | undefined> {
  const now = ctx.clock.now()
  const most = endpoint.failingSince === null ? AT_ONCE : 1
  const due = await rows<DueDelivery>(
    ctx,
    sql`SELECT d.id, d.tries, m.id AS "messageId", m.body FROM webhook_deliveries d
        JOIN webhook_messages m ON m.workspace_id = d.workspace_id AND m.id = d.message_id
        WHERE d.workspace_id = ${ctx.workspaceId} AND d.endpoint_id = ${endpoint.id} AND d.state = 'waiting'
          AND d.next_attempt_at <= ${now}
        ORDER BY d.next_attempt_at LIMIT ${most}`,
  )
  if (due.length === 0) {
    await release(ctx, endpoint.id)
    const next = await earliest(ctx, endpoint.id)
    if (next !== undefined) await wakeEndpoint(ctx, endpoint, { at: next, own: turn.wake.at })
    return undefined
  }
  await rows(
    ctx,
    sql`UPDATE webhook_endpoints SET lease = ${turn.lease}, lease_until = ${new Date(now.getTime() + LEASE_MS)}
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${endpoint.id}`,
  )
  return { endpoint, due }
}

async function release(ctx: TxCtx, endpointId: string): Promise<void> {
  await rows(
    ctx,
    sql`UPDATE webhook_endpoints SET lease = NULL, lease_until = NULL
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${endpointId}`,
  )
}

/** When the next delivery is due; now, if it is overdue. */
async function earliest(ctx: TxCtx, endpointId: string): Promise<Date | undefined> {
  const [next] = await rows<{ at: Date | null }>(
    ctx,
    sql`SELECT min(next_attempt_at) AS at FROM webhook_deliveries
        WHERE workspace_id = ${ctx.workspaceId} AND endpoint_id = ${endpointId} AND state = 'waiting'`,
  )
  if (next === undefined || next.at === null) return undefined
  const now = ctx.clock.now()
  return next.at < now ? now : next.at
}

async function attempt(ctx: Ctx, endpoint: EndpointRow, due: DueDelivery): Promise<MadeAttempt> {
  const at = ctx.clock.now()
  const { workspaceId = '' } = ctx
  const secrets = secretsOf({ secrets: ctx.secrets, workspaceId }, endpoint, at)
  const outcome = await sendOut(ctx.config.outgoing, {
    url: endpoint.url,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Rafid-Webhooks/1.0',
      ...webhookHeaders({ id: due.messageId, at, body: due.body }, secrets),
    },
    body: due.body,
    timeoutMs: TIMEOUT_MS,
  })
  return { ...due, at, outcome }
}
