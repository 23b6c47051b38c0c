import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../../platform/ctx.ts'
import { rows } from '../../../../platform/database/transaction.ts'
import { NotFound } from '../../../../platform/errors.ts'
import type { OpenFile } from '../../imports/read-file.ts'
import type {
  ImportHead,
  ImportMapping,
  ImportPreview,
  ImportProblem,
  ImportState,
  ImportTargets,
  StreamImport,
} from '../../imports/schema.ts'

/** A row of `stream_imports` as it is read. */
export type StoredImport = {
  id: string
  fileName: string
  sizeBytes: number
  source: string
  state: ImportState
  head: ImportHead
  mapping: ImportMapping | null
  preview: ImportPreview | null
  targets: ImportTargets | null
  problem: ImportProblem | null
  reading: number
  done: number
  total: number
  createdAt: Date
  finishedAt: Date | null
}

/** The columns of StoredImport. */
export const IMPORT_COLUMNS =
  sql.raw(`id, file_name AS "fileName", size_bytes AS "sizeBytes", source, state, head, mapping,
  preview, targets, problem, reading, done, total, created_at AS "createdAt", finished_at AS "finishedAt"`)

/** An import, locked until the transaction ends. @throws NotFound */
export async function lockImport(ctx: TxCtx, id: string): Promise<StoredImport> {
  const [found] = await rows<StoredImport>(
    ctx,
    sql`SELECT ${IMPORT_COLUMNS} FROM stream_imports WHERE workspace_id = ${ctx.workspaceId} AND id = ${id} FOR UPDATE`,
  )
  if (found === undefined) throw new NotFound()
  return found
}

/** An import as the API tells it. */
export function describeImport(stored: StoredImport): StreamImport {
  const { reading: _reading, targets: _targets, done, total, createdAt, finishedAt, ...rest } = stored
  return {
    ...rest,
    progress: { done, total },
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }
}

/** Where the file of an import lies until it is posted. */
export function importKey(ctx: Ctx, id: string): string {
  return `${ctx.workspaceId ?? ''}/imports/${id}`
}

/** The file of an import, from its beginning each time. */
export function opener(ctx: Ctx, id: string): OpenFile {
  return async function* open() {
    const stream = await ctx.files.read(importKey(ctx, id))
    for await (const piece of stream) yield piece as Uint8Array
  }
}
