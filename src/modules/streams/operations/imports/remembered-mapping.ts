import { hash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../../platform/ctx.ts'
import { rows } from '../../../../platform/database/transaction.ts'
import { normaliseHeader } from '../../imports/importer.ts'
import type { ImportMapping } from '../../imports/schema.ts'

/** What files of one kind have in common: their header, however it is spaced and written. */
export function signatureOf(header: readonly string[]): string {
  return hash(
    'sha256',
    JSON.stringify(header.map((cell) => normaliseHeader(cell.trim().slice(0, 120)))),
    'hex',
  )
}

/** How the columns of such a file were named last. */
export async function findMapping(ctx: TxCtx, signature: string): Promise<ImportMapping | undefined> {
  const [found] = await rows<{ mapping: ImportMapping }>(
    ctx,
    sql`SELECT mapping FROM stream_import_mappings
        WHERE workspace_id = ${ctx.workspaceId} AND signature = ${signature}`,
  )
  return found?.mapping
}

/** Remembers how the columns of such a file are named. */
export async function rememberMapping(ctx: TxCtx, signature: string, mapping: ImportMapping): Promise<void> {
  await rows(
    ctx,
    sql`INSERT INTO stream_import_mappings (workspace_id, signature, mapping, used_at)
        VALUES (${ctx.workspaceId}, ${signature}, ${JSON.stringify(mapping)}::jsonb, ${ctx.clock.now()})
        ON CONFLICT (workspace_id, signature) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at`,
  )
}
