import { and, asc, eq, gt } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import type { Member } from '../schema.ts'
import { members, users } from '../tables.ts'

/** The members of the workspace, by the age of their accounts. */
export async function listMembers(
  ctx: Ctx,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Page<Member>> {
  authorise(ctx, 'members:read')
  const last = after === undefined ? undefined : decodeIdCursor(after)
  return transaction(ctx, async (tx) => {
    const found = await tx.tx.db
      .select({
        userId: members.userId,
        name: users.name,
        email: users.email,
        role: members.role,
        joinedAt: members.joinedAt,
      })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(
        and(
          eq(members.workspaceId, tx.workspaceId),
          last === undefined ? undefined : gt(members.userId, last),
        ),
      )
      .orderBy(asc(members.userId))
      .limit(limit + 1)
    const page = found.map((member) => ({ ...member, joinedAt: member.joinedAt.toISOString() }))
    return toPage(page, limit, ({ userId }) => encodeCursor([userId]))
  })
}
