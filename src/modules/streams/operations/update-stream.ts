import { and, eq, sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { audit } from '../../workspaces/index.ts'
import { EndBeforeBeginning } from '../errors.ts'
import { endsTooEarly } from '../rules/days.ts'
import type { IncomeStream, UpdateStream } from '../schema.ts'
import { streams } from '../tables.ts'
import { describeStream, mustLockStream, type StreamRow } from './stream-row.ts'

/**
 * Changes a stream. Archived, it is shown no more among those that earn; its history stays, and counts.
 * @throws NotFound, EndBeforeBeginning
 */
export async function updateStream(
  ctx: Ctx,
  { id, change }: { id: string; change: UpdateStream },
): Promise<IncomeStream> {
  authorise(ctx, 'streams:write')
  return transaction(ctx, async (tx) => {
    const before = await mustLockStream(tx, id)
    const after = changed(before, change, ctx.clock.now())
    if (endsTooEarly(after)) throw new EndBeforeBeginning()
    const { id: _, ...set } = after
    await tx.tx.db
      .update(streams)
      .set(set)
      .where(and(eq(streams.workspaceId, tx.workspaceId), eq(streams.id, id)))
    await endWithStream(tx, after)
    await audit(tx, {
      action: 'stream.update',
      subjectKind: 'stream',
      subjectId: id,
      before: pick(before, change),
      after: change,
    })
    return describeStream(after)
  })
}

/** Nothing recurs in a stream that is archived, or after its end. */
async function endWithStream(ctx: TxCtx, { id, archivedAt, endedOn }: StreamRow): Promise<void> {
  if (archivedAt === null && endedOn === null) return
  const last = archivedAt === null ? endedOn : ctx.clock.now().toISOString().slice(0, 10)
  await rows(
    ctx,
    sql`UPDATE stream_recurring SET ends_on = greatest(least(coalesce(ends_on, ${last}::date), ${last}::date), begins_on),
          next_on = CASE WHEN next_on > ${last}::date THEN NULL ELSE next_on END
        WHERE workspace_id = ${ctx.workspaceId} AND stream_id = ${id} AND next_on IS NOT NULL`,
  )
}

function changed(before: StreamRow, change: UpdateStream, now: Date): StreamRow {
  const { archived, ...fields } = change
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const archivedAt = archived === undefined ? before.archivedAt : archived ? (before.archivedAt ?? now) : null
  return { ...before, ...given, archivedAt, updatedAt: now }
}

/** What stood where something is changed. */
function pick(before: StreamRow, change: UpdateStream): Record<string, unknown> {
  const shown = { ...before, archived: before.archivedAt !== null }
  return Object.fromEntries(Object.entries(shown).filter(([name]) => name in change))
}
