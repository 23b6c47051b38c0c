import { eq, sql } from 'drizzle-orm'
import { RIGHTS_OF_ROLE } from '../../../platform/authorise.ts'
import type { Actor, Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'
import { NotSignedIn } from '../../../platform/errors.ts'
import { isLocale } from '../../../shared/locale.ts'
import { membershipSchema, type Membership, type Session } from '../schema.ts'
import { users } from '../tables.ts'

/** Who is asking and where they may act; for a token, the person for whom it acts. @throws NotSignedIn */
export async function getSession(ctx: Ctx): Promise<Session> {
  const userId = personOf(ctx.actor)
  return directoryTransaction(
    ctx,
    async (tx) => {
      const [user] = await tx.db.select().from(users).where(eq(users.id, userId))
      if (user === undefined) throw new NotSignedIn()
      const memberships = await readMemberships(tx, userId)
      const { id, name, email } = user
      return {
        person: { id, name, email, locale: isLocale(user.locale) ? user.locale : 'ar' },
        // A token is of one workspace, and no business of the others'.
        workspaces:
          ctx.actor.kind === 'token' ? memberships.filter((one) => one.id === ctx.workspaceId) : memberships,
        current: currentOf(ctx),
      }
    },
    userId,
  )
}

/** The workspaces of a person, in the order in which they joined. @throws NotSignedIn */
export async function listWorkspaces(ctx: Ctx): Promise<Membership[]> {
  return (await getSession(ctx)).workspaces
}

type Row = {
  id: string
  name: string
  role: Membership['role']
  joined_at: Date
  slug: string | null
}

async function readMemberships(tx: Tx, userId: string): Promise<Membership[]> {
  const found = await rows<Row>(
    { tx },
    sql`SELECT w.id, w.name, m.role, m.joined_at, d.slug
        FROM members m
        JOIN workspaces w ON w.id = m.workspace_id
        LEFT JOIN store_directory d ON d.workspace_id = m.workspace_id
        WHERE m.user_id = ${userId}
        ORDER BY m.joined_at, m.workspace_id`,
  )
  return found.map(({ id, name, role, joined_at, slug }) =>
    membershipSchema.parse({ id, name, role, storeSlug: slug, joinedAt: joined_at.toISOString() }),
  )
}

function personOf(actor: Actor): string {
  if (actor.kind === 'person' || actor.kind === 'member' || actor.kind === 'token') return actor.userId
  throw new NotSignedIn()
}

function currentOf({ actor, workspaceId }: Ctx): Session['current'] {
  if (workspaceId === undefined) return null
  if (actor.kind === 'token') return { workspaceId, role: null, rights: [...actor.rights] }
  return actor.kind === 'member'
    ? { workspaceId, role: actor.role, rights: [...RIGHTS_OF_ROLE[actor.role]] }
    : null
}
