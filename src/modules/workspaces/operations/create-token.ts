import { createHash, randomBytes } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { authorise, rightsOf } from '../../../platform/authorise.ts'
import type { Actor, Ctx, TxCtx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { assert, Invalid, NotAllowed } from '../../../platform/errors.ts'
import { TOKEN_SECRET_BYTES, writeToken } from '../rules/token.ts'
import type { MadeToken, NewToken } from '../schema.ts'
import { apiTokens } from '../tables.ts'
import { audit } from './audit.ts'
import { describeToken } from './list-tokens.ts'
import { mailTokenMade } from './mail-team.ts'
import { requireFresh } from './require-fresh.ts'

/**
 * Makes a token that acts for the caller with some of the caller's rights; one made by a token ends with it at the latest.
 * The answer is the only place where it is seen; the owners are told by mail.
 * @throws FreshAuthenticationRequired, NotAllowed for a right that the caller lacks, Invalid for an end in the past.
 */
export async function createToken(ctx: Ctx, input: NewToken): Promise<MadeToken> {
  authorise(ctx, 'tokens:write')
  requireFresh(ctx)
  const own = rightsOf(ctx.actor)
  const excess = input.rights.find((right) => !own.includes(right))
  if (excess !== undefined) throw new NotAllowed(excess)
  if (input.expiresAt !== undefined && new Date(input.expiresAt) <= ctx.clock.now())
    throw new Invalid([{ pointer: '/expiresAt', detail: 'workspaces.token.past' }])
  return transaction(ctx, async (tx) => {
    const expiresAt = earlier(input.expiresAt, await endOfMaker(tx))
    const { expiresAt: _asked, ...wish } = input
    const userId = userOf(tx.actor)
    const made = await insertToken(tx, userId, expiresAt === undefined ? wish : { ...wish, expiresAt })
    const end = made.expiresAt === null ? null : new Date(made.expiresAt)
    await mailTokenMade(tx, userId, { id: made.id, name: made.name, rights: made.rights, expiresAt: end })
    return made
  })
}

/** When the token that makes a token ends; undefined if it does not, or if a person makes it. */
async function endOfMaker({ actor, tx, workspaceId }: TxCtx): Promise<string | undefined> {
  if (actor.kind !== 'token') return undefined
  const [maker] = await tx.db
    .select({ expiresAt: apiTokens.expiresAt })
    .from(apiTokens)
    .where(and(eq(apiTokens.workspaceId, workspaceId), eq(apiTokens.id, actor.tokenId)))
  return maker?.expiresAt?.toISOString()
}

function earlier(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other
  return new Date(one) < new Date(other) ? one : other
}

/** Writes a new token of a member; for operations that have checked who may have it. */
export async function insertToken(ctx: TxCtx, userId: string, input: NewToken): Promise<MadeToken> {
  const token = writeToken(ctx.workspaceId, randomBytes(TOKEN_SECRET_BYTES))
  const row = {
    workspaceId: ctx.workspaceId,
    id: ctx.ids.next(),
    name: input.name,
    hash: hashToken(token),
    rights: [...new Set(input.rights)],
    userId,
    createdAt: ctx.clock.now(),
    expiresAt: input.expiresAt === undefined ? null : new Date(input.expiresAt),
    lastUsedAt: null,
    revokedAt: null,
  }
  await ctx.tx.db.insert(apiTokens).values(row)
  await audit(ctx, {
    action: 'token.create',
    subjectKind: 'token',
    subjectId: row.id,
    after: { name: row.name, rights: row.rights, expiresAt: input.expiresAt ?? null },
  })
  return { ...describeToken(row), token }
}

/** What is kept of a token. It has 256 random bits, so a plain hash cannot be reversed by guessing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

function userOf(actor: Actor): string {
  assert(actor.kind === 'member' || actor.kind === 'token', 'a token acts for a member')
  return actor.userId
}
