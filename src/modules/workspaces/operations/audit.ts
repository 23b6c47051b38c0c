import { sql } from 'drizzle-orm'
import type { Actor, TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'

/** What happened to what; `before` and `after` are the fields that changed, without secrets. */
export type AuditEntry = {
  /** Subject and verb: `product.publish`, `order.refund`, `token.revoke`. */
  action: string
  subjectKind: string
  subjectId: string
  before?: unknown
  after?: unknown
}

/** Writes one line of the audit log in the transaction of what it tells about: both happen or neither does. */
export async function audit(ctx: TxCtx, entry: AuditEntry): Promise<void> {
  await rows(
    ctx,
    sql`INSERT INTO audit_events (workspace_id, id, at, actor_kind, actor_id, action, subject_kind, subject_id,
                                  before, after, ip, request_id)
        VALUES (${ctx.workspaceId}, ${ctx.ids.next()}, ${ctx.clock.now()}, ${ctx.actor.kind}, ${idOf(ctx.actor)},
                ${entry.action}, ${entry.subjectKind}, ${entry.subjectId}, ${json(entry.before)}::jsonb,
                ${json(entry.after)}::jsonb, ${ctx.ip ?? null}, ${ctx.requestId})`,
  )
}

/** Buyers are not named: the log cannot be changed, and an address is personal data. */
function idOf(actor: Actor): string | null {
  switch (actor.kind) {
    case 'anonymous':
    case 'system':
    case 'buyer':
      return null
    case 'person':
    case 'member':
      return actor.userId
    case 'token':
      return actor.tokenId
  }
}

function json(value: unknown): string | null {
  if (value === undefined) return null
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? inner.toString() : inner,
  )
}
