import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { firstIdAt } from '../../../shared/ids.ts'
import { auditEventSchema, type AuditEvent, type AuditFilter } from '../schema.ts'

/** The audit log, newest first. */
export async function listAuditEvents(
  ctx: Ctx,
  { after, limit, ...filter }: AuditFilter & { after?: string | undefined; limit: number },
): Promise<Page<AuditEvent>> {
  authorise(ctx, 'audit:read')
  const before = after === undefined ? undefined : decodeIdCursor(after)
  const events = await transaction(ctx, (tx) => readEvents(tx, { filter, before, limit: limit + 1 }))
  return toPage(events, limit, ({ id }) => encodeCursor([id]))
}

type Row = Omit<AuditEvent, 'at' | 'person'> & { at: Date; userId: string | null; personName: string | null }

/** Events that fit the filter, newest first; `before` is the id of the last one that was read. */
export async function readEvents(
  ctx: TxCtx,
  { filter, before, limit }: { filter: AuditFilter; before: string | undefined; limit: number },
): Promise<AuditEvent[]> {
  const found = await rows<Row>(
    ctx,
    sql`SELECT e.id, e.at, e.actor_kind AS "actorKind", e.actor_id AS "actorId", e.user_id AS "userId",
          u.name AS "personName", t.name AS "tokenName", e.action, e.subject_kind AS "subjectKind",
          e.subject_id AS "subjectId", e.before, e.after, e.ip, e.request_id AS "requestId"
        FROM audit_events e
        LEFT JOIN users u ON u.id = e.user_id
        LEFT JOIN api_tokens t ON t.workspace_id = e.workspace_id AND e.actor_kind = 'token' AND t.id::text = e.actor_id
        WHERE e.workspace_id = ${ctx.workspaceId} ${conditions(filter, before)}
        ORDER BY e.id DESC LIMIT ${limit}`,
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

function conditions(filter: AuditFilter, before: string | undefined): SQL {
  const { action, subjectKind, subjectId, userId, actorId, from, to } = filter
  const wanted = [
    before === undefined ? undefined : sql`e.id < ${before}`,
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
