import { sql } from 'drizzle-orm'
import { authorise } from '../../../../platform/authorise.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import { rows, statement, transaction } from '../../../../platform/database/transaction.ts'
import { daysKept } from '../../../../platform/retention.ts'
import { audit, listStoreDirectory } from '../../../workspaces/index.ts'
import { ImportNotThere } from '../../errors.ts'
import type { ImportState } from '../../imports/schema.ts'
import { importKey, lockImport } from './import-row.ts'
import { forgetRows } from './stage-rows.ts'

/** States in which nothing of an import is in the books. */
const DRAFTS: readonly ImportState[] = ['mapping', 'reading', 'refused', 'ready']

/** Throws a file that is not posted away, with all that was noted of it. @throws NotFound, ImportNotThere */
export async function discardImport(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'streams:write')
  await transaction(ctx, async (tx) => {
    const { state } = await lockImport(tx, id)
    if (!DRAFTS.includes(state)) throw new ImportNotThere(state)
    await audit(tx, { action: 'import.discard', subjectKind: 'stream-import', subjectId: id })
    await forgetRows(tx, id)
    await rows(tx, sql`DELETE FROM stream_imports WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`)
  })
  await ctx.files.remove(importKey(ctx, id))
}

const MOST_STORES = 100_000
const MOST_DRAFTS = 1_000
const DAY_MS = 24 * 3_600_000

/** Every night, in every workspace: files that nobody came back to. */
export async function sweepImports(ctx: Ctx): Promise<void> {
  for (const { workspaceId } of await listStoreDirectory(ctx, MOST_STORES))
    await sweepDrafts({ ...ctx, workspaceId })
}

/** Throws the drafts of one workspace away that are old enough. */
export async function sweepDrafts(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - daysKept('stream_imports') * DAY_MS)
  const old = await statement<{ id: string }>(
    ctx,
    sql`SELECT id FROM stream_imports
        WHERE workspace_id = ${ctx.workspaceId} AND created_at < ${before} AND state = ANY (${sql.param(DRAFTS)}::text[])
        ORDER BY created_at LIMIT ${MOST_DRAFTS}`,
  )
  for (const { id } of old) await discardImport(ctx, id)
}
