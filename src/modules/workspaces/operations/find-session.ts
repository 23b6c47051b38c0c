import { sql } from 'drizzle-orm'
import type { Role } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'
import { rememberActor } from './actor-cache.ts'

/** A signed-in person, and where they are a member, in the order in which they joined. */
export type SignedIn = {
  userId: string
  expiresAt: Date
  memberships: readonly { workspaceId: string; role: Role }[]
}

type SessionRow = { user_id: string; expires_at: Date }
type MemberRow = { workspace_id: string; role: Role }

/** The person of a session's token; undefined if there is no such session or it has ended. */
export async function findSession(ctx: Ctx, token: string): Promise<SignedIn | undefined> {
  const found = await rememberActor(`session ${token}`, () => readSession(ctx, token))
  return found !== undefined && found.expiresAt > ctx.clock.now() ? found : undefined
}

async function readSession(ctx: Ctx, token: string): Promise<SignedIn | undefined> {
  return directoryTransaction(ctx, async (tx) => {
    const [session] = await rows<SessionRow>(
      { tx },
      sql`SELECT user_id, expires_at FROM sessions WHERE token = ${token}`,
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
      expiresAt: session.expires_at,
      memberships: members.map(({ workspace_id, role }) => ({ workspaceId: workspace_id, role })),
    }
  })
}
