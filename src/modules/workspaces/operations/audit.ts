import { sql } from 'drizzle-orm'
import type { Actor, TxCtx } from '../../../platform/ctx.ts'
import { write } from '../../../platform/database/transaction.ts'
import { writeDetail } from '../rules/audit-detail.ts'

/** What happened to what; `before` and `after` are the fields that changed, without secrets. */
export type AuditEntry = {
  /** Subject and verb: `product.publish`, `order.refund`, `token.revoke`. */
  action: string
  subjectKind: string
  subjectId: string
  before?: unknown
  after?: unknown
}

/**
 * Writes one line of the audit log in the transaction of what it tells about: both happen or neither does. It goes with
 * the transaction's next statement, so it costs no round trip; the chain is made later, by a job.
 */
export function audit(ctx: TxCtx, entry: AuditEntry): Promise<void> {
  const id = ctx.ids.next()
  const { actor, workspaceId } = ctx
  write(
    ctx,
    sql`WITH waiting AS (
          INSERT INTO audit_waiting (workspace_id, event_id) VALUES (${workspaceId}, ${id}))
        INSERT INTO audit_events (workspace_id, id, at, actor_kind, actor_id, user_id, action, subject_kind, subject_id,
                                  before, after, ip, request_id)
        VALUES (${workspaceId}, ${id}, ${ctx.clock.now()}, ${actor.kind}, ${idOf(actor)}, ${userOf(actor)},
                ${entry.action}, ${entry.subjectKind}, ${entry.subjectId}, ${writeDetail(entry.before)}::jsonb,
                ${writeDetail(entry.after)}::jsonb, ${ctx.ip ?? null}, ${ctx.requestId})`,
  )
  return Promise.resolve()
}

/** Buyers are not named: the log cannot be changed, and an address is personal data. */
function idOf(actor: Actor): string | null {
  return actor.kind === 'token' ? actor.tokenId : userOf(actor)
}

function userOf(actor: Actor): string | null {
  switch (actor.kind) {
    case 'anonymous':
    case 'system':
    case 'buyer':
      return null
    case 'person':
    case 'member':
    case 'token':
      return actor.userId
  }
}
