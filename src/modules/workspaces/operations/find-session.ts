import { sql } from 'drizzle-orm'
import type { Role } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'
import { rememberActor } from './actor-cache.ts'

/** A signed-in person, and where they are a member, in the order in which they joined. */
export type SignedIn = {
  userId: string
  sessionId: string
  openedAt: Date
  expiresAt: Date
  lastUsedAt: Date | null
  memberships: readonly { workspaceId: string; role: Role }[]
}

type SessionRow = {
  id: string
  user_id: string
  created_at: Date
  expires_at: Date
  last_used_at: Date | null
}
type MemberRow = { workspace_id: string; role: Role }

/** The person of a session's token; undefined if there is no such session or it has ended. */
export async function findSession(ctx: Ctx, token: string): Promise<SignedIn | undefined> {
  const found = await rememberActor(`session ${token}`, () => readSession(ctx, token))
  if (found === undefined || found.expiresAt <= ctx.clock.now()) return undefined
  noteUse(ctx, found)
  return found
}

async function readSession(ctx: Ctx, token: string): Promise<SignedIn | undefined> {
  return directoryTransaction(ctx, async (tx) => {
    const [session] = await rows<SessionRow>(
      { tx },
      sql`SELECT id, user_id, created_at, expires_at, last_used_at FROM sessions WHERE token = ${token}`,
    )
    if (session === undefined) return undefined
    // Only now is it known whose memberships row-level security may show.
    await rows({ tx }, sql`SELECT set_config('rafid.user_id', ${session.user_id}, true)`)
    const members = await rows<MemberRow>(
      { tx },
      sql`SELECT workspace_id, role FROM members WHERE user_id = ${session.user_id} ORDER BY joined_at, workspace_id`,
    )
    return {
      userId: session.user_id,
      sessionId: session.id,
      openedAt: session.created_at,
      lastUsedAt: session.last_used_at,
      expiresAt: session.expires_at,
      memberships: members.map(({ workspace_id, role }) => ({ workspaceId: workspace_id, role })),
    }
  })
}

const USE_NOTED_EVERY_MS = 60_000

const noted = new Map<string, number>()

/** Keeps when a session was last used, at most once a minute and not while the request waits. */
function noteUse(ctx: Ctx, { sessionId, openedAt, lastUsedAt }: SignedIn): void {
  const now = ctx.clock.now()
  const before = now.getTime() - USE_NOTED_EVERY_MS
  if (Math.max(noted.get(sessionId) ?? 0, (lastUsedAt ?? openedAt).getTime()) > before) return
  if (noted.size > 10_000) noted.clear()
  noted.set(sessionId, now.getTime())
  directoryTransaction(ctx, (tx) =>
    rows({ tx }, sql`UPDATE sessions SET last_used_at = ${now} WHERE id = ${sessionId}`),
  ).catch((error: unknown) => ctx.log.warn({ err: error, sessionId }, 'use of a session was not noted'))
}
