import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { enqueue } from '../../../platform/jobs/jobs.ts'
import { audit } from '../../workspaces/index.ts'
import { invalid, WrongFileType } from '../errors.ts'
import { PICTURE_TYPES } from '../rules/media-type.ts'
import { addPictureSchema, orderPicturesSchema, type Product } from '../schema.ts'
import { lockProduct } from './lock-product.ts'
import { readProduct } from './read-product.ts'
import { resizePictureJob } from './resize-picture.ts'
import { touchStore } from './touch-store.ts'

const MAX_PICTURES = 20

/**
 * Adds an uploaded picture behind the others; the first is the cover. Its sizes are made in the background, until then
 * its status is `pending` and pages do not show it.
 * @throws NotFound, ProductArchived, Invalid; WrongFileType if the file is no picture, whatever its name says
 */
export async function addPicture(
  ctx: Ctx,
  productId: string,
  input: z.input<typeof addPictureSchema>,
): Promise<Product> {
  authorise(ctx, 'products:write')
  const { fileId, alt } = addPictureSchema.parse(input)
  return transaction(ctx, async (tx) => {
    await lockProduct(tx, productId)
    const before = await readProduct(tx, productId)
    if (before.pictures.length >= MAX_PICTURES) throw invalid('/fileId', 'problems.field.pictures-full')
    await refuseNoPicture(tx, fileId)
    const id = ctx.ids.next()
    await rows(
      tx,
      sql`INSERT INTO product_pictures (workspace_id, id, product_id, position, alt_ar, alt_en, original_file_id, created_at)
          VALUES (${tx.workspaceId}, ${id}, ${productId}, ${before.pictures.length}, ${alt.ar}, ${alt.en}, ${fileId}, ${ctx.clock.now()})`,
    )
    await enqueue(tx, resizePictureJob, { pictureId: id })
    await audit(tx, {
      action: 'picture.add',
      subjectKind: 'product',
      subjectId: productId,
      after: { fileId },
    })
    return readProduct(tx, productId)
  })
}

/** Puts all pictures of a product into a new order. @throws NotFound, ProductArchived; Invalid unless each is named once */
export async function orderPictures(
  ctx: Ctx,
  productId: string,
  input: z.input<typeof orderPicturesSchema>,
): Promise<Product> {
  authorise(ctx, 'products:write')
  const { pictureIds } = orderPicturesSchema.parse(input)
  return transaction(ctx, async (tx) => {
    await lockProduct(tx, productId)
    const own = new Set((await readProduct(tx, productId)).pictures.map(({ id }) => id))
    const named = new Set(pictureIds)
    if (named.size !== pictureIds.length || named.size !== own.size || !pictureIds.every((id) => own.has(id)))
      throw invalid('/pictureIds', 'problems.field.pictures-order')
    await writeOrder(tx, pictureIds)
    await touchStore(tx)
    return readProduct(tx, productId)
  })
}

/** Takes a picture away; its file stays among the workspace's files for a month, see sweep-files.ts. @throws NotFound, ProductArchived */
export async function removePicture(ctx: Ctx, productId: string, pictureId: string): Promise<Product> {
  authorise(ctx, 'products:write')
  return transaction(ctx, async (tx) => {
    await lockProduct(tx, productId)
    const removed = await rows(
      tx,
      sql`DELETE FROM product_pictures
          WHERE workspace_id = ${tx.workspaceId} AND id = ${pictureId} AND product_id = ${productId} RETURNING id`,
    )
    if (removed.length === 0) throw new NotFound()
    const left = await readProduct(tx, productId)
    await writeOrder(
      tx,
      left.pictures.map(({ id }) => id),
    )
    await touchStore(tx)
    await audit(tx, {
      action: 'picture.remove',
      subjectKind: 'product',
      subjectId: productId,
      before: { pictureId },
    })
    return left
  })
}

/** @throws Invalid unless it is an uploaded file; WrongFileType unless that is a picture, whatever its name says */
export async function refuseNoPicture(ctx: TxCtx, fileId: string): Promise<void> {
  const [file] = await rows<{ media_type: string }>(
    ctx,
    sql`SELECT media_type FROM files
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${fileId} AND completed_at IS NOT NULL`,
  )
  if (file === undefined) throw invalid('/fileId', 'problems.field.file-unknown')
  if (!PICTURE_TYPES.has(file.media_type)) throw new WrongFileType(file.media_type)
}

async function writeOrder(ctx: TxCtx, pictureIds: readonly string[]): Promise<void> {
  await rows(
    ctx,
    sql`UPDATE product_pictures pi SET position = o.position - 1
        FROM unnest(${sql.param(pictureIds)}::uuid[]) WITH ORDINALITY AS o (id, position)
        WHERE pi.workspace_id = ${ctx.workspaceId} AND pi.id = o.id`,
  )
}
