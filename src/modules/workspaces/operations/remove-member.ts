import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { afterCommit, rows, transaction, write } from '../../../platform/database/transaction.ts'
import { NotSignedIn } from '../../../platform/errors.ts'
import { forgetActors } from './actor-cache.ts'
import { audit } from './audit.ts'
import { requireCover } from './change-role.ts'
import { lockMembers, requireAnotherOwner, roleOf } from './lock-members.ts'
import { mailRemoved } from './mail-team.ts'

/**
 * Takes a member out of the workspace: sessions and tokens of theirs may do nothing here any more, at once in this process
 * and within a second in others. They are told by mail.
 * @throws NotFound, RoleTooWide, LastOwner
 */
export async function removeMember(ctx: Ctx, userId: string): Promise<void> {
  authorise(ctx, 'members:write')
  await transaction(ctx, async (tx) => {
    await lockMembers(tx)
    const role = await roleOf(tx, userId)
    requireCover(tx, role)
    if (role === 'owner') await requireAnotherOwner(tx, userId)
    await mailRemoved(tx, userId)
    await takeOut(tx, userId)
    await audit(tx, { action: 'member.remove', subjectKind: 'member', subjectId: userId, before: { role } })
  })
}

/** Leaves the workspace that the caller acts in. @throws NotSignedIn, LastOwner */
export async function leaveWorkspace(ctx: Ctx): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'member') throw new NotSignedIn()
  const { userId } = actor
  await transaction(ctx, (tx) => leaveAs(tx, userId))
}

/** Leaves the transaction's workspace for a member who wants to. @throws LastOwner */
export async function leaveAs(ctx: TxCtx, userId: string): Promise<void> {
  await lockMembers(ctx)
  const role = await roleOf(ctx, userId)
  if (role === 'owner') await requireAnotherOwner(ctx, userId)
  await takeOut(ctx, userId)
  await audit(ctx, { action: 'member.leave', subjectKind: 'member', subjectId: userId, before: { role } })
}

/** Tokens are ended and not only left without a member: they would come back with one who is invited again. */
async function takeOut(ctx: TxCtx, userId: string): Promise<void> {
  const { workspaceId } = ctx
  write(
    ctx,
    sql`UPDATE api_tokens SET revoked_at = ${ctx.clock.now()}
        WHERE workspace_id = ${workspaceId} AND user_id = ${userId} AND revoked_at IS NULL`,
  )
  write(
    ctx,
    sql`DELETE FROM ownership_offers
        WHERE workspace_id = ${workspaceId} AND (from_user_id = ${userId} OR to_user_id = ${userId})`,
  )
  await rows(ctx, sql`DELETE FROM members WHERE workspace_id = ${workspaceId} AND user_id = ${userId}`)
  afterCommit(ctx, forgetActors)
}
