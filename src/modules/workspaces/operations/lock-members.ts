import { sql } from 'drizzle-orm'
import type { Role } from '../../../platform/authorise.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { LastOwner } from '../errors.ts'

/**
 * Makes changes of a workspace's members wait for each other, so that what was counted still holds when it is written.
 * Nothing else waits: rows that point at the workspace may come and go.
 */
export async function lockMembers(ctx: TxCtx): Promise<void> {
  await rows(ctx, sql`SELECT id FROM workspaces WHERE id = ${ctx.workspaceId} FOR NO KEY UPDATE`)
}

/** The role of a member. @throws NotFound for who is none. */
export async function roleOf(ctx: TxCtx, userId: string): Promise<Role> {
  const role = await findRole(ctx, userId)
  if (role === undefined) throw new NotFound()
  return role
}

/** The role of a member; undefined for who is none. */
export async function findRole(ctx: TxCtx, userId: string): Promise<Role | undefined> {
  const [member] = await rows<{ role: Role }>(
    ctx,
    sql`SELECT role FROM members WHERE workspace_id = ${ctx.workspaceId} AND user_id = ${userId}`,
  )
  return member?.role
}

/** To be asked under `lockMembers`, before an owner goes or becomes something else. @throws LastOwner */
export async function requireAnotherOwner(ctx: TxCtx, userId: string): Promise<void> {
  const others = await rows(
    ctx,
    sql`SELECT user_id FROM members
        WHERE workspace_id = ${ctx.workspaceId} AND role = 'owner' AND user_id <> ${userId} LIMIT 1`,
  )
  if (others.length === 0) throw new LastOwner()
}
