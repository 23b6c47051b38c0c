import { and, desc, eq, lt } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import type { ApiToken } from '../schema.ts'
import { apiTokens } from '../tables.ts'

/** The workspace's tokens without their secrets, newest first, revoked ones too. */
export async function listTokens(
  ctx: Ctx,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Page<ApiToken>> {
  authorise(ctx, 'tokens:write')
  const before = after === undefined ? undefined : decodeIdCursor(after)
  return transaction(ctx, async (tx) => {
    const found = await tx.tx.db
      .select()
      .from(apiTokens)
      .where(
        and(
          eq(apiTokens.workspaceId, tx.workspaceId),
          before === undefined ? undefined : lt(apiTokens.id, before),
        ),
      )
      .orderBy(desc(apiTokens.id))
      .limit(limit + 1)
    return toPage(found.map(describeToken), limit, ({ id }) => encodeCursor([id]))
  })
}

/** A token's row as the API shows it. */
export function describeToken(row: typeof apiTokens.$inferSelect): ApiToken {
  return {
    id: row.id,
    name: row.name,
    rights: row.rights,
    userId: row.userId,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }
}
