import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { audit } from '../../workspaces/index.ts'
import { createVersionSchema, type Version } from '../schema.ts'
import { getVersionIn } from './get-version.ts'
import { lockProduct } from './lock-product.ts'
import { writeVersionFiles } from './write-version-files.ts'

/** Begins a new edition of a product's files; buyers see nothing of it until it is published. @throws NotFound, ProductArchived, Invalid */
export async function createVersion(
  ctx: Ctx,
  productId: string,
  input: z.input<typeof createVersionSchema>,
): Promise<Version> {
  authorise(ctx, 'products:write')
  const { notes, fileIds } = createVersionSchema.parse(input)
  return transaction(ctx, async (tx) => {
    await lockProduct(tx, productId)
    const id = ctx.ids.next()
    await rows(
      tx,
      sql`INSERT INTO product_versions (workspace_id, id, product_id, number, notes_ar, notes_en, created_at)
          SELECT ${tx.workspaceId}, ${id}, ${productId}, coalesce(max(number), 0) + 1, ${notes.ar}, ${notes.en}, ${ctx.clock.now()}
          FROM product_versions WHERE workspace_id = ${tx.workspaceId} AND product_id = ${productId}`,
    )
    await writeVersionFiles(tx, id, fileIds)
    await audit(tx, {
      action: 'version.create',
      subjectKind: 'version',
      subjectId: id,
      after: { productId, fileIds },
    })
    return getVersionIn(tx, productId, id)
  })
}
