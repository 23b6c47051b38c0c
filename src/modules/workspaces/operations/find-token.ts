import { timingSafeEqual } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { RIGHTS_OF_ROLE, type Right, type Role } from '../../../platform/authorise.ts'
import { systemCtx, type Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { workspaceOfToken } from '../rules/token.ts'
import { rememberActor } from './actor-cache.ts'
import { hashToken } from './create-token.ts'

/** For whom a token acts, and what it may do now. */
export type TokenBearer = { workspaceId: string; tokenId: string; userId: string; rights: readonly Right[] }

type Row = {
  id: string
  hash: string
  user_id: string
  rights: Right[]
  role: Role
  expires_at: Date | null
  last_used_at: Date | null
}

const USE_NOTED_EVERY_MS = 60_000

/**
 * The bearer of a token that is known, neither expired nor revoked, and whose maker is still a member; the token has
 * no right that its maker's role lacks today. Undefined for any other string.
 */
export async function findToken(ctx: Ctx, token: string): Promise<TokenBearer | undefined> {
  const workspaceId = workspaceOfToken(token)
  if (workspaceId === undefined) return undefined
  const hash = hashToken(token)
  const row = await rememberActor(`token ${hash}`, () => readToken(ctx, workspaceId, hash))
  const now = ctx.clock.now()
  if (row === undefined || (row.expires_at !== null && row.expires_at <= now)) return undefined
  noteUse(ctx, workspaceId, row)
  const allowed = RIGHTS_OF_ROLE[row.role]
  return {
    workspaceId,
    tokenId: row.id,
    userId: row.user_id,
    rights: row.rights.filter((right) => allowed.includes(right)),
  }
}

async function readToken(ctx: Ctx, workspaceId: string, hash: string): Promise<Row | undefined> {
  const [row] = await transaction({ ...ctx, workspaceId }, (tx) =>
    rows<Row>(
      tx,
      sql`SELECT t.id, t.hash, t.user_id, t.rights, t.expires_at, t.last_used_at, m.role
          FROM api_tokens t
          JOIN members m ON m.workspace_id = t.workspace_id AND m.user_id = t.user_id
          WHERE t.workspace_id = ${workspaceId} AND t.hash = ${hash} AND t.revoked_at IS NULL`,
    ),
  )
  return row !== undefined && timingSafeEqual(Buffer.from(row.hash), Buffer.from(hash)) ? row : undefined
}

const noted = new Map<string, number>()

/** Keeps when the token was last used, at most once a minute and not while the request waits. */
function noteUse(ctx: Ctx, workspaceId: string, row: Row): void {
  const now = ctx.clock.now()
  const before = now.getTime() - USE_NOTED_EVERY_MS
  if (Math.max(noted.get(row.id) ?? 0, row.last_used_at?.getTime() ?? 0) > before) return
  if (noted.size > 10_000) noted.clear()
  noted.set(row.id, now.getTime())
  transaction(systemCtx(ctx, workspaceId), (tx) =>
    rows(
      tx,
      sql`UPDATE api_tokens SET last_used_at = ${now}
          WHERE workspace_id = ${workspaceId} AND id = ${row.id}
            AND (last_used_at IS NULL OR last_used_at < ${new Date(before)})`,
    ),
  ).catch((error: unknown) => ctx.log.warn({ err: error, tokenId: row.id }, 'use of a token was not noted'))
}
