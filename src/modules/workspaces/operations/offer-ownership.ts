import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { afterCommit, rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound, NotSignedIn } from '../../../platform/errors.ts'
import { AlreadyOwner, OwnersOnly } from '../errors.ts'
import { OFFER_DAYS } from '../rules/invitation.ts'
import type { NewOwnershipOffer, OwnershipOffer } from '../invitations/schema.ts'
import { forgetActors } from './actor-cache.ts'
import { audit } from './audit.ts'
import { lockMembers, findRole, roleOf } from './lock-members.ts'
import { mailOffer, mailOwnershipTaken } from './mail-team.ts'
import { requireFresh } from './require-fresh.ts'

const DAY_MS = 86_400_000

/**
 * Offers a member to become an owner, in the place of the one who offers or beside them. Nothing changes until the other
 * accepts; another offer of the same owner takes the place of the first.
 * @throws FreshAuthenticationRequired, OwnersOnly, NotFound for who is no member, AlreadyOwner
 */
export async function offerOwnership(ctx: Ctx, input: NewOwnershipOffer): Promise<OwnershipOffer[]> {
  const from = memberOf(ctx)
  requireFresh(ctx)
  return transaction(ctx, async (tx) => {
    await lockMembers(tx)
    if ((await roleOf(tx, from)) !== 'owner') throw new OwnersOnly()
    if ((await roleOf(tx, input.userId)) === 'owner') throw new AlreadyOwner()
    const now = ctx.clock.now()
    const expiresAt = new Date(now.getTime() + OFFER_DAYS * DAY_MS)
    await rows(
      tx,
      sql`INSERT INTO ownership_offers (workspace_id, from_user_id, to_user_id, is_shared, created_at, expires_at)
          VALUES (${tx.workspaceId}, ${from}, ${input.userId}, ${input.shared}, ${now}, ${expiresAt})
          ON CONFLICT (workspace_id, from_user_id) DO UPDATE SET to_user_id = excluded.to_user_id,
            is_shared = excluded.is_shared, created_at = excluded.created_at, expires_at = excluded.expires_at`,
    )
    await audited(tx, 'ownership.offer', { userId: input.userId, shared: input.shared })
    await mailOffer(tx, { from, to: input.userId, shared: input.shared })
    return readOffers(tx, from)
  })
}

/**
 * Takes what an owner has offered: the caller is an owner, and the other remains one or becomes an admin.
 * @throws NotFound if there is no such offer, or its time is up, or the one who made it is no owner any more
 */
export async function acceptOwnership(ctx: Ctx, fromUserId: string): Promise<void> {
  const userId = memberOf(ctx)
  await transaction(ctx, async (tx) => {
    await lockMembers(tx)
    const [offer] = await rows<{ is_shared: boolean }>(
      tx,
      sql`DELETE FROM ownership_offers
          WHERE workspace_id = ${tx.workspaceId} AND from_user_id = ${fromUserId} AND to_user_id = ${userId}
            AND expires_at > ${ctx.clock.now()} RETURNING is_shared`,
    )
    if (offer === undefined || (await findRole(tx, fromUserId)) !== 'owner') throw new NotFound()
    const before = await roleOf(tx, userId)
    await rows(
      tx,
      sql`UPDATE members SET role = CASE WHEN user_id = ${userId} THEN 'owner' ELSE 'admin' END
          WHERE workspace_id = ${tx.workspaceId}
            AND (user_id = ${userId} OR (user_id = ${fromUserId} AND NOT ${offer.is_shared}))`,
    )
    await audited(tx, 'ownership.accept', { from: fromUserId, before, shared: offer.is_shared })
    await mailOwnershipTaken(tx, { from: fromUserId, to: userId, shared: offer.is_shared })
    afterCommit(tx, forgetActors)
  })
}

/** Withdraws one's own offer, or declines one that was made to the caller. Doing it twice is no error. */
export async function endOwnershipOffer(ctx: Ctx, fromUserId: string): Promise<void> {
  const userId = memberOf(ctx)
  await transaction(ctx, async (tx) => {
    const ended = await rows(
      tx,
      sql`DELETE FROM ownership_offers WHERE workspace_id = ${tx.workspaceId} AND from_user_id = ${fromUserId}
          AND (from_user_id = ${userId} OR to_user_id = ${userId}) RETURNING true`,
    )
    if (ended.length === 0) return
    await audited(tx, fromUserId === userId ? 'ownership.withdraw' : 'ownership.decline', {
      from: fromUserId,
    })
  })
}

/** The offers that the caller made or was made, as long as they stand. */
export async function listOwnershipOffers(ctx: Ctx): Promise<OwnershipOffer[]> {
  const userId = memberOf(ctx)
  return transaction(ctx, (tx) => readOffers(tx, userId))
}

type Row = {
  from_user_id: string
  from_name: string
  to_user_id: string
  to_name: string
  is_shared: boolean
  expires_at: Date
}

async function readOffers(ctx: TxCtx, userId: string): Promise<OwnershipOffer[]> {
  const found = await rows<Row>(
    ctx,
    sql`SELECT o.from_user_id, f.name AS from_name, o.to_user_id, t.name AS to_name, o.is_shared, o.expires_at
        FROM ownership_offers o
        JOIN users f ON f.id = o.from_user_id
        JOIN users t ON t.id = o.to_user_id
        WHERE o.workspace_id = ${ctx.workspaceId} AND (o.from_user_id = ${userId} OR o.to_user_id = ${userId})
          AND o.expires_at > ${ctx.clock.now()} ORDER BY o.created_at`,
  )
  return found.map((row) => ({
    from: { userId: row.from_user_id, name: row.from_name },
    to: { userId: row.to_user_id, name: row.to_name },
    shared: row.is_shared,
    expiresAt: row.expires_at.toISOString(),
  }))
}

/** Ownership is a matter of people: no program gives or takes it. */
function memberOf({ actor }: Ctx): string {
  if (actor.kind !== 'member') throw new NotSignedIn()
  return actor.userId
}

function audited(ctx: TxCtx, action: string, after: unknown): Promise<void> {
  return audit(ctx, { action, subjectKind: 'workspace', subjectId: ctx.workspaceId, after })
}
