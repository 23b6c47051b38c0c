import { sql } from 'drizzle-orm'
import { authorise, covers, rightsOf, type Role } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { afterCommit, rows, transaction } from '../../../platform/database/transaction.ts'
import { RoleTooWide } from '../errors.ts'
import type { ChangeRole } from '../invitations/schema.ts'
import type { Member } from '../schema.ts'
import { forgetActors } from './actor-cache.ts'
import { audit } from './audit.ts'
import { getMember } from './list-members.ts'
import { lockMembers, requireAnotherOwner, roleOf } from './lock-members.ts'

/**
 * Gives a member another role, at once for their sessions and tokens. Nobody makes an owner this way: ownership is
 * offered and taken. The one who changes has every right of the role before and of the one after.
 * @throws NotFound, RoleTooWide, LastOwner
 */
export async function changeRole(ctx: Ctx, userId: string, { role }: ChangeRole): Promise<Member> {
  authorise(ctx, 'members:write')
  return transaction(ctx, async (tx) => {
    await lockMembers(tx)
    const before = await roleOf(tx, userId)
    requireCover(tx, before)
    requireCover(tx, role)
    if (before === 'owner') await requireAnotherOwner(tx, userId)
    if (before !== role) {
      await rows(
        tx,
        sql`UPDATE members SET role = ${role} WHERE workspace_id = ${tx.workspaceId} AND user_id = ${userId}`,
      )
      await audit(tx, {
        action: 'member.change-role',
        subjectKind: 'member',
        subjectId: userId,
        before: { role: before },
        after: { role },
      })
      afterCommit(tx, forgetActors)
    }
    return getMember(tx, userId)
  })
}

/** @throws RoleTooWide unless the caller has every right of the role. */
export function requireCover(ctx: Ctx, role: Role): void {
  if (!covers(rightsOf(ctx.actor), role)) throw new RoleTooWide()
}
