import { and, eq, isNull } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { afterCommit, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { apiTokens } from '../tables.ts'
import { forgetActors } from './actor-cache.ts'
import { audit } from './audit.ts'

/**
 * Ends a token at once in this process, within a second in others. Revoking twice is no error.
 * @throws NotFound for a token that is not of this workspace.
 */
export async function revokeToken(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'tokens:write')
  await transaction(ctx, async (tx) => {
    const own = and(eq(apiTokens.workspaceId, tx.workspaceId), eq(apiTokens.id, id))
    const [revoked] = await tx.tx.db
      .update(apiTokens)
      .set({ revokedAt: ctx.clock.now() })
      .where(and(own, isNull(apiTokens.revokedAt)))
      .returning({ name: apiTokens.name })
    if (revoked !== undefined) {
      afterCommit(tx, forgetActors)
      return audit(tx, { action: 'token.revoke', subjectKind: 'token', subjectId: id, before: revoked })
    }
    const known = await tx.tx.db.select({ id: apiTokens.id }).from(apiTokens).where(own)
    if (known.length === 0) throw new NotFound()
  })
}
