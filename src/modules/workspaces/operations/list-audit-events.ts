import { and, desc, eq, gte, lt } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { auditEventSchema, type AuditEvent, type AuditFilter } from '../schema.ts'
import { auditEvents } from '../audit/tables.ts'

/** The audit log, newest first. */
export async function listAuditEvents(
  ctx: Ctx,
  { after, limit, ...filter }: AuditFilter & { after?: string | undefined; limit: number },
): Promise<Page<AuditEvent>> {
  authorise(ctx, 'audit:read')
  const before = after === undefined ? undefined : decodeIdCursor(after)
  return transaction(ctx, async (tx) => {
    const found = await tx.tx.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.workspaceId, tx.workspaceId), ...conditions(filter, before)))
      .orderBy(desc(auditEvents.id))
      .limit(limit + 1)
    // The schema lets through what the API shows, and so leaves the workspace out.
    const events = found.map((event) => auditEventSchema.parse({ ...event, at: event.at.toISOString() }))
    return toPage(events, limit, ({ id }) => encodeCursor([id]))
  })
}

function conditions(filter: AuditFilter, before: string | undefined) {
  const { action, subjectKind, subjectId, actorId, from, to } = filter
  return [
    before === undefined ? undefined : lt(auditEvents.id, before),
    action === undefined ? undefined : eq(auditEvents.action, action),
    subjectKind === undefined ? undefined : eq(auditEvents.subjectKind, subjectKind),
    subjectId === undefined ? undefined : eq(auditEvents.subjectId, subjectId),
    actorId === undefined ? undefined : eq(auditEvents.actorId, actorId),
    from === undefined ? undefined : gte(auditEvents.at, new Date(from)),
    to === undefined ? undefined : lt(auditEvents.at, new Date(to)),
  ]
}
