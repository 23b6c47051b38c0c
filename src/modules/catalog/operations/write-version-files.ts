import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { Invalid } from '../../../platform/errors.ts'

/** Makes these the files of an edition, in this order. @throws Invalid that names the files that are not there. */
export async function writeVersionFiles(
  ctx: TxCtx,
  versionId: string,
  fileIds: readonly string[],
): Promise<void> {
  await rows(
    ctx,
    sql`DELETE FROM product_version_files WHERE workspace_id = ${ctx.workspaceId} AND version_id = ${versionId}`,
  )
  const added = await rows<{ file_id: string }>(
    ctx,
    sql`INSERT INTO product_version_files (workspace_id, version_id, file_id, position)
        SELECT ${ctx.workspaceId}, ${versionId}, f.id, w.position
        FROM unnest(${sql.param(fileIds)}::uuid[]) WITH ORDINALITY AS w (file_id, position)
        JOIN files f ON f.id = w.file_id
        WHERE f.workspace_id = ${ctx.workspaceId} AND f.completed_at IS NOT NULL
        RETURNING file_id`,
  )
  const known = new Set(added.map((row) => row.file_id))
  const missing = fileIds.flatMap((id, index) =>
    known.has(id) ? [] : [{ pointer: `/fileIds/${index}`, detail: 'problems.field.file-unknown' }],
  )
  if (missing.length > 0) throw new Invalid(missing)
}
