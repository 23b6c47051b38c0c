import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { keyset, sortOf } from '../../../platform/database/keyset.ts'
import { encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { firstIdAt } from '../../../shared/ids.ts'
import { auditEventSchema, type AuditEvent, type AuditFilter } from '../schema.ts'

/** The audit log, newest first unless told. */
export async function listAuditEvents(
  ctx: Ctx,
  filter: AuditFilter & { after?: string | undefined; limit: number },
): Promise<Page<AuditEvent>> {
  authorise(ctx, 'audit:read')
  const events = await transaction(ctx, (tx) => readEvents(tx, { ...filter, limit: filter.limit + 1 }))
  return toPage(events, filter.limit, ({ id }) => encodeCursor([id]))
}

type Row = Omit<AuditEvent, 'at' | 'person'> & { at: Date; userId: string | null; personName: string | null }

async function readEvents(ctx: TxCtx, filter: Parameters<typeof listAuditEvents>[1]): Promise<AuditEvent[]> {
  const { descending } = sortOf(filter.sort ?? '-at')
  const { beyond, order } = keyset([{ column: sql`e.id`, type: 'uuid' }], { descending, after: filter.after })
  const found = await rows<Row>(
    ctx,
    sql`SELECT e.id, e.at, e.actor_kind AS "actorKind", e.actor_id AS "actorId", e.user_id AS "userId",
          u.name AS "personName", t.name AS "tokenName", e.action, e.subject_kind AS "subjectKind",
          e.subject_id AS "subjectId", e.before, e.after, e.ip, e.request_id AS "requestId"
        FROM audit_events e
        LEFT JOIN users u ON u.id = e.user_id
        LEFT JOIN api_tokens t ON t.workspace_id = e.workspace_id AND e.actor_kind = 'token' AND t.id::text = e.actor_id
        WHERE e.workspace_id = ${ctx.workspaceId} ${conditions(filter)} ${beyond}
        ORDER BY ${order} LIMIT ${filter.limit}`,
  )
  return found.map(({ userId, personName, ...event }) =>
    // The schema lets through what the API shows.
    auditEventSchema.parse({
      ...event,
      at: event.at.toISOString(),
      person: userId === null || personName === null ? null : { userId, name: personName },
    }),
  )
}

function conditions(filter: AuditFilter): SQL {
  const { action, subjectKind, subjectId, userId, actorId, from, to } = filter
  const wanted = [
    action === undefined ? undefined : sql`e.action = ${action}`,
    subjectKind === undefined ? undefined : sql`e.subject_kind = ${subjectKind}`,
    subjectId === undefined ? undefined : sql`e.subject_id = ${subjectId}`,
    userId === undefined ? undefined : sql`e.user_id = ${userId}`,
    actorId === undefined ? undefined : sql`e.actor_id = ${actorId}`,
    from === undefined ? undefined : sql`e.at >= ${new Date(from)} AND e.id >= ${idAround(from, -SLACK_MS)}`,
    to === undefined ? undefined : sql`e.at < ${new Date(to)} AND e.id <= ${idAround(to, SLACK_MS)}`,
  ]
  return sql.join(
    wanted.filter((one) => one !== undefined).map((one) => sql`AND ${one}`),
    sql` `,
  )
}

/** How far an id's own time may be from the event's: clocks of several processes differ. */
const SLACK_MS = 10 * 60_000

function idAround(instant: string, slackMs: number): string {
  return firstIdAt(new Date(instant).getTime() + slackMs)
}
