import { sql } from 'drizzle-orm'
import type { Announcement } from '../../../platform/announcement.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import type { EnclosedEvent } from '../../../platform/jobs/jobs.ts'
import { idTime } from '../../../shared/ids.ts'
import { ENDPOINT_COLUMNS, type EndpointRow } from './lock-endpoint.ts'
import { wakeEndpoint } from './wake-endpoint.ts'

/** A message before it is written. `id` is that of the event, which makes handing it over twice harmless. */
export type NewMessage = { id: string; type: string; body: string }

/** Writes what events say, and puts it on its way to each endpoint that wants it; each once, however often this runs. */
export async function fanOut(
  ctx: Ctx,
  events: readonly EnclosedEvent[],
  announcements: readonly Announcement[],
): Promise<void> {
  const messages = events.flatMap(({ event, id, payload }) => {
    const announcement = announcements.find((one) => one.event === event)
    if (announcement === undefined) return []
    const { type } = announcement
    const { at, data } = announcement.describe(payload)
    return [{ id, type, body: writeBody({ type, at, data }) }]
  })
  await transaction(ctx, async (tx) => {
    const endpoints = await lockInterested(tx)
    const wanted = messages.filter((message) => endpoints.some((one) => wants(one, message)))
    await writeMessages(tx, wanted)
    for (const endpoint of endpoints) {
      const own = wanted.filter((message) => wants(endpoint, message))
      const isNew = await writeDeliveries(
        tx,
        endpoint.id,
        own.map(({ id }) => id),
      )
      if (isNew) await wakeUnlessAwake(tx, endpoint)
    }
  })
}

/** The body of a message. Source: Standard Webhooks 1.0.0, "Payload structure". */
export function writeBody(content: { type: string; at: string; data: unknown; test?: true }): string {
  const { type, at, data, test } = content
  return JSON.stringify({ type, timestamp: at, ...(test === undefined ? {} : { test }), data })
}

/** Writes messages that are not there yet. */
export async function writeMessages(ctx: TxCtx, messages: readonly NewMessage[]): Promise<void> {
  if (messages.length === 0) return
  await rows(
    ctx,
    sql`INSERT INTO webhook_messages (workspace_id, id, type, body, created_at)
        SELECT ${ctx.workspaceId}, m.id, m.type, m.body, ${ctx.clock.now()}::timestamptz
        FROM unnest(${sql.param(messages.map(({ id }) => id))}::uuid[], ${sql.param(messages.map(({ type }) => type))}::text[],
          ${sql.param(messages.map(({ body }) => body))}::text[]) AS m (id, type, body)
        ON CONFLICT (workspace_id, id) DO NOTHING`,
  )
}

/** Puts messages on their way to an endpoint; whether one of them was not yet. */
export async function writeDeliveries(
  ctx: TxCtx,
  endpointId: string,
  messageIds: readonly string[],
): Promise<boolean> {
  if (messageIds.length === 0) return false
  const now = ctx.clock.now()
  const written = await rows(
    ctx,
    sql`INSERT INTO webhook_deliveries (workspace_id, id, endpoint_id, message_id, state, tries, attempts, next_attempt_at, created_at)
        SELECT ${ctx.workspaceId}, d.id, ${endpointId}, d.message_id, 'waiting', 0, 0, ${now}::timestamptz, ${now}::timestamptz
        FROM unnest(${sql.param(messageIds.map(() => ctx.ids.next()))}::uuid[], ${sql.param(messageIds)}::uuid[]) AS d (id, message_id)
        ON CONFLICT (workspace_id, message_id, endpoint_id) DO NOTHING RETURNING id`,
  )
  return written.length > 0
}

function lockInterested(ctx: TxCtx): Promise<EndpointRow[]> {
  return rows<EndpointRow>(
    ctx,
    sql`SELECT ${ENDPOINT_COLUMNS} FROM webhook_endpoints
        WHERE workspace_id = ${ctx.workspaceId} AND deleted_at IS NULL AND state IN ('on', 'paused')
        ORDER BY id FOR NO KEY UPDATE`,
  )
}

/** Whether an endpoint is told: of the types that it chose, and of nothing that happened before it was there. */
function wants({ eventTypes, createdAt }: EndpointRow, { id, type }: NewMessage): boolean {
  return (eventTypes === null || eventTypes.includes(type)) && idTime(id) >= createdAt
}

/**
 * Who holds the lease looks for more before letting go, and must wait for our lock to do so; should it die, its own job
 * comes back. Paused endpoints sleep until a person resumes them.
 */
async function wakeUnlessAwake(ctx: TxCtx, endpoint: EndpointRow): Promise<void> {
  const now = ctx.clock.now()
  const awake = endpoint.leaseUntil !== null && endpoint.leaseUntil > now
  if (endpoint.state === 'on' && !awake) await wakeEndpoint(ctx, endpoint, { at: now })
}
