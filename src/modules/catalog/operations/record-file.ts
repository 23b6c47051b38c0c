import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { enqueue } from '../../../platform/jobs/jobs.ts'
import { audit } from '../../workspaces/index.ts'
import type { FileRecord } from '../schema.ts'
import { hashFileJob } from './hash-file.ts'
import { toFile, type FileRow } from './read-file.ts'

/** A file that is whole in storage. */
export type NewFile = {
  id: string
  storageKey: string
  name: string
  mediaType: string
  sizeBytes: number
  /** Null where it is to be computed in the background. */
  sha256: string | null
}

/** Makes a stored file known; a second call for the same file changes nothing and answers the same. */
export async function recordFile(ctx: Ctx, file: NewFile): Promise<FileRecord> {
  return transaction(ctx, async (tx) => {
    const { actor } = ctx
    const uploadedBy = actor.kind === 'member' || actor.kind === 'token' ? actor.userId : null
    const now = ctx.clock.now()
    const inserted = await rows(
      tx,
      sql`INSERT INTO files (workspace_id, id, storage_key, name, media_type, size_bytes, sha256, uploaded_by, created_at, completed_at)
          VALUES (${tx.workspaceId}, ${file.id}, ${file.storageKey}, ${file.name}, ${file.mediaType}, ${file.sizeBytes},
            ${file.sha256}, ${uploadedBy}, ${now}, ${now})
          ON CONFLICT DO NOTHING RETURNING id`,
    )
    if (inserted.length === 1) {
      if (file.sha256 === null) await enqueue(tx, hashFileJob, { fileId: file.id })
      const after = { name: file.name, mediaType: file.mediaType, sizeBytes: file.sizeBytes }
      await audit(tx, { action: 'file.upload', subjectKind: 'file', subjectId: file.id, after })
    }
    const [row] = await rows<FileRow>(
      tx,
      sql`SELECT id, name, media_type, size_bytes, sha256, created_at FROM files
          WHERE workspace_id = ${tx.workspaceId} AND id = ${file.id}`,
    )
    if (row === undefined) throw new NotFound()
    return toFile(row)
  })
}
