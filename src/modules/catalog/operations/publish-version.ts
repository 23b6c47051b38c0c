import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { publish } from '../../../platform/jobs/jobs.ts'
import { assert } from '../../../platform/errors.ts'
import { audit } from '../../workspaces/index.ts'
import { NotReady, VersionPublished } from '../errors.ts'
import { versionPublished } from '../events.ts'
import { publishVersionSchema, type Version } from '../schema.ts'
import { getVersionIn } from './get-version.ts'
import { lockProduct } from './lock-product.ts'
import { touchStore } from './touch-store.ts'

/**
 * Gives an edition to buyers, earlier ones too.
 * @throws NotFound, ProductArchived, VersionPublished; NotReady if it has no file
 */
export async function publishVersion(
  ctx: Ctx,
  { productId, versionId }: { productId: string; versionId: string },
  input: z.input<typeof publishVersionSchema> = {},
): Promise<Version> {
  authorise(ctx, 'products:write')
  const { notes } = publishVersionSchema.parse(input)
  return transaction(ctx, async (tx) => {
    await lockProduct(tx, productId)
    const version = await getVersionIn(tx, productId, versionId)
    if (version.publishedAt !== null) throw new VersionPublished()
    if (version.files.length === 0)
      throw new NotReady([{ pointer: '/fileIds', detail: 'catalog.missing.files' }])
    if (notes !== undefined)
      await rows(
        tx,
        sql`UPDATE product_versions SET notes_ar = ${notes.ar}, notes_en = ${notes.en}
            WHERE workspace_id = ${tx.workspaceId} AND id = ${versionId}`,
      )
    await markPublished(tx, { productId, versionId })
    await touchStore(tx)
    return getVersionIn(tx, productId, versionId)
  })
}

/** Publishes a draft edition of a locked product and tells those who wait for it. */
export async function markPublished(
  ctx: TxCtx,
  { productId, versionId }: { productId: string; versionId: string },
): Promise<void> {
  const [version] = await rows<{ number: number }>(
    ctx,
    sql`UPDATE product_versions SET published_at = ${ctx.clock.now()}
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${versionId} AND published_at IS NULL RETURNING number`,
  )
  assert(version !== undefined, 'only a draft edition is published')
  const publishedAt = ctx.clock.now().toISOString()
  await publish(ctx, versionPublished, { productId, versionId, number: version.number, publishedAt })
  await audit(ctx, {
    action: 'version.publish',
    subjectKind: 'version',
    subjectId: versionId,
    after: { productId, number: version.number },
  })
}
