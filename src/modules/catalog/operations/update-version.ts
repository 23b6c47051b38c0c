import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { audit } from '../../workspaces/index.ts'
import { VersionPublished } from '../errors.ts'
import { updateVersionSchema, type Version } from '../schema.ts'
import { getVersionIn } from './get-version.ts'
import { lockProduct } from './lock-product.ts'
import { touchStore } from './touch-store.ts'
import { writeVersionFiles } from './write-version-files.ts'

/**
 * Changes an edition: its files only before it is published, its notes at any time.
 * @throws NotFound, ProductArchived, Invalid; VersionPublished if its files are what buyers have
 */
export async function updateVersion(
  ctx: Ctx,
  { productId, versionId }: { productId: string; versionId: string },
  input: z.input<typeof updateVersionSchema>,
): Promise<Version> {
  authorise(ctx, 'products:write')
  const { notes, fileIds } = updateVersionSchema.parse(input)
  return transaction(ctx, async (tx) => {
    await lockProduct(tx, productId)
    const before = await getVersionIn(tx, productId, versionId)
    if (fileIds !== undefined) {
      if (before.publishedAt !== null) throw new VersionPublished()
      await writeVersionFiles(tx, versionId, fileIds)
    }
    if (notes !== undefined)
      await rows(
        tx,
        sql`UPDATE product_versions SET notes_ar = ${notes.ar}, notes_en = ${notes.en}
            WHERE workspace_id = ${tx.workspaceId} AND id = ${versionId}`,
      )
    if (before.publishedAt !== null) await touchStore(tx)
    await audit(tx, {
      action: 'version.update',
      subjectKind: 'version',
      subjectId: versionId,
      before: {
        ...(notes && { notes: before.notes }),
        ...(fileIds && { fileIds: before.files.map(({ id }) => id) }),
      },
      after: { notes, fileIds },
    })
    return getVersionIn(tx, productId, versionId)
  })
}
