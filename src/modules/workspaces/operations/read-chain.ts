import { sql, type SQL } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import type { ChainedEvent, KeptLink } from '../rules/audit-chain.ts'

/** An event's columns as the chain and the exports have them, under the name `e`. */
export const CHAINED_COLUMNS: SQL = sql.raw(`e.workspace_id AS "workspaceId", e.id,
  to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, e.actor_kind AS "actorKind",
  e.actor_id AS "actorId", e.user_id AS "userId", e.action, e.subject_kind AS "subjectKind",
  e.subject_id AS "subjectId", e.before, e.after, e.ip, e.request_id AS "requestId"`)

type Row = ChainedEvent & { number: bigint; hash: string; eventId: string; there: boolean }

/** The links after `number`, each with its event if that is still there. */
export async function readLinks(
  ctx: TxCtx,
  { after, limit }: { after: bigint; limit: number },
): Promise<KeptLink[]> {
  const found = await rows<Row>(
    ctx,
    sql`SELECT l.number, l.hash, l.event_id AS "eventId", e.id IS NOT NULL AS there, ${CHAINED_COLUMNS}
        FROM audit_links l
        LEFT JOIN audit_events e ON e.workspace_id = l.workspace_id AND e.id = l.event_id
        WHERE l.workspace_id = ${ctx.workspaceId} AND l.number > ${after} ORDER BY l.number LIMIT ${limit}`,
  )
  return found.map(({ number, hash, eventId, there, ...event }) => ({
    number,
    hash,
    eventId,
    event: there ? event : null,
  }))
}

/** How far the chain is said to reach. */
export type Head = { number: bigint; hash: string; signature: string }

/** The chain's kept head; undefined before the first link. */
export async function readHead(ctx: TxCtx): Promise<Head | undefined> {
  const [head] = await rows<Head>(
    ctx,
    sql`SELECT number, hash, signature FROM audit_heads WHERE workspace_id = ${ctx.workspaceId}`,
  )
  return head
}
