import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { enqueue } from '../../../platform/jobs/jobs.ts'
import { audit } from '../../workspaces/index.ts'
import { setCoverSchema } from '../look-schema.ts'
import type { Store } from '../schema.ts'
import { refuseNoPicture } from './change-pictures.ts'
import { readStore } from './read-store.ts'
import { resizeCoverJob } from './resize-picture.ts'
import { touchStore } from './touch-store.ts'

/**
 * Puts an uploaded picture at the head of the store in the place of the one that is there. Its sizes are made in the background;
 * until then its status is `pending` and pages do without.
 * @throws NotFound if there is no store yet; Invalid; WrongFileType
 */
export async function setCover(ctx: Ctx, input: z.input<typeof setCoverSchema>): Promise<Store> {
  authorise(ctx, 'store:write')
  const { fileId } = setCoverSchema.parse(input)
  return transaction(ctx, async (tx) => {
    await refuseNoPicture(tx, fileId)
    const pictureId = ctx.ids.next()
    await writeCover(tx, { pictureId, fileId })
    await enqueue(tx, resizeCoverJob, { pictureId })
    return readStore(tx)
  })
}

/** Takes the picture at the head of the store away. @throws NotFound if there is no store yet */
export async function removeCover(ctx: Ctx): Promise<Store> {
  authorise(ctx, 'store:write')
  return transaction(ctx, async (tx) => {
    await writeCover(tx, { pictureId: null, fileId: null })
    return readStore(tx)
  })
}

type Cover = { pictureId: string | null; fileId: string | null }

async function writeCover(ctx: TxCtx, { pictureId, fileId }: Cover): Promise<void> {
  const found = await rows(
    ctx,
    sql`UPDATE stores SET cover_picture_id = ${pictureId}, cover_file_id = ${fileId}, cover_renditions = '[]'::jsonb,
          cover_failed_reason = NULL, updated_at = ${ctx.clock.now()}
        WHERE workspace_id = ${ctx.workspaceId} RETURNING true`,
  )
  if (found.length === 0) throw new NotFound()
  await touchStore(ctx)
  await audit(ctx, {
    action: 'store.update',
    subjectKind: 'store',
    subjectId: ctx.workspaceId,
    after: { cover: fileId },
  })
}
