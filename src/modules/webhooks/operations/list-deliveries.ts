import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, statement, transaction } from '../../../platform/database/transaction.ts'
import { assert, NotFound } from '../../../platform/errors.ts'
import { keyset, sortOf } from '../../../platform/database/keyset.ts'
import { encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import type { Delivery, DeliveryFilter, DeliverySummary } from '../schema.ts'

type SummaryRow = Omit<DeliverySummary, 'nextAttemptAt' | 'createdAt' | 'doneAt'> & {
  nextAttemptAt: Date | null
  createdAt: Date
  doneAt: Date | null
}

const COLUMNS =
  sql.raw(`d.id, d.endpoint_id AS "endpointId", d.message_id AS "messageId", m.type, d.state, d.attempts AS "attemptCount",
  d.last_status AS "lastStatus", d.last_fault AS "lastFault", d.next_attempt_at AS "nextAttemptAt",
  d.created_at AS "createdAt", d.done_at AS "doneAt"`)

const FROM = sql.raw(`FROM webhook_deliveries d
  JOIN webhook_messages m ON m.workspace_id = d.workspace_id AND m.id = d.message_id`)

/** Deliveries, the newest first unless told. */
export async function listDeliveries(
  ctx: Ctx,
  filter: DeliveryFilter & { after?: string | undefined; limit: number },
): Promise<Page<DeliverySummary>> {
  authorise(ctx, 'webhooks:read')
  const { endpointId, state, sort = '-made', after, limit } = filter
  const { descending } = sortOf(sort)
  const { beyond, order } = keyset([{ column: sql`d.id`, type: 'uuid' }], { descending, after })
  const found = await statement<SummaryRow>(
    ctx,
    sql`SELECT ${COLUMNS} ${FROM} WHERE d.workspace_id = ${ctx.workspaceId}
          ${endpointId === undefined ? sql`` : sql`AND d.endpoint_id = ${endpointId}`}
          ${state === undefined ? sql`` : sql`AND d.state = ${state}`}
          ${beyond} ORDER BY ${order} LIMIT ${limit + 1}`,
  )
  return toPage(found.map(describe), limit, ({ id }) => encodeCursor([id]))
}

type AttemptRow = Omit<Delivery['attempts'][number], 'at'> & { at: Date }

/** One delivery with what is sent and all attempts. @throws NotFound */
export async function getDelivery(ctx: Ctx, id: string): Promise<Delivery> {
  authorise(ctx, 'webhooks:read')
  return transaction(ctx, async (tx) => {
    const [row] = await rows<SummaryRow & { body: string }>(
      tx,
      sql`SELECT ${COLUMNS}, m.body ${FROM} WHERE d.workspace_id = ${tx.workspaceId} AND d.id = ${id}`,
    )
    if (row === undefined) throw new NotFound()
    const attempts = await rows<AttemptRow>(
      tx,
      sql`SELECT number, at, duration_ms AS "durationMs", status, fault, answer FROM webhook_attempts
          WHERE workspace_id = ${tx.workspaceId} AND delivery_id = ${id} ORDER BY number`,
    )
    return {
      ...describe(row),
      body: row.body,
      attempts: attempts.map((one) => ({ ...one, at: one.at.toISOString() })),
    }
  })
}

/** The only delivery of a message that was made for one endpoint. */
export async function findDeliveryOf(ctx: TxCtx, messageId: string): Promise<DeliverySummary> {
  const [row] = await rows<SummaryRow>(
    ctx,
    sql`SELECT ${COLUMNS} ${FROM} WHERE d.workspace_id = ${ctx.workspaceId} AND d.message_id = ${messageId}`,
  )
  assert(row !== undefined, 'a message that was just written is there')
  return describe(row)
}

function describe(row: SummaryRow): DeliverySummary {
  const { id, endpointId, messageId, type, state, attemptCount, lastStatus, lastFault } = row
  return {
    id,
    endpointId,
    messageId,
    type,
    state,
    attemptCount,
    lastStatus,
    lastFault,
    nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    doneAt: row.doneAt?.toISOString() ?? null,
  }
}
