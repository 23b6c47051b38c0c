import { and, asc, eq, gt, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
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
  const found = await transaction(ctx, (tx) =>
    readMembers(tx, last === undefined ? undefined : gt(members.userId, last), limit + 1),
  )
  return toPage(found, limit, ({ userId }) => encodeCursor([userId]))
}

/** One member. @throws NotFound */
export async function getMember(ctx: TxCtx, userId: string): Promise<Member> {
  const [member] = await readMembers(ctx, eq(members.userId, userId), 1)
  if (member === undefined) throw new NotFound()
  return member
}

async function readMembers(ctx: TxCtx, which: SQL | undefined, limit: number): Promise<Member[]> {
  const found = await ctx.tx.db
    .select({
      userId: members.userId,
      name: users.name,
      email: users.email,
      role: members.role,
      joinedAt: members.joinedAt,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.workspaceId, ctx.workspaceId), which))
    .orderBy(asc(members.userId))
    .limit(limit)
  return found.map((member) => ({ ...member, joinedAt: member.joinedAt.toISOString() }))
}
