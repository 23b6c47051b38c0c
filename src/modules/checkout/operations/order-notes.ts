import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { audit, namePeople } from '../../workspaces/index.ts'
import { newNoteSchema, type NewNote, type Note } from '../seller-schema.ts'

/** Writes a note about an order, for the people of the store. @throws NotFound */
export async function addNote(ctx: Ctx, orderId: string, input: NewNote): Promise<Note> {
  authorise(ctx, 'orders:write')
  const { body } = newNoteSchema.parse(input)
  const { actor } = ctx
  const userId = actor.kind === 'member' ? actor.userId : null
  return transaction(ctx, async (tx) => {
    const id = ctx.ids.next()
    const now = ctx.clock.now()
    const written = await rows(
      tx,
      sql`INSERT INTO order_notes (workspace_id, id, order_id, user_id, body, created_at)
          SELECT o.workspace_id, ${id}, o.id, ${userId}::uuid, ${body}, ${now}::timestamptz
          FROM orders o WHERE o.workspace_id = ${tx.workspaceId} AND o.id = ${orderId} RETURNING id`,
    )
    if (written.length === 0) throw new NotFound()
    await audit(tx, { action: 'order.note', subjectKind: 'order', subjectId: orderId })
    return { id, body, createdAt: now.toISOString() }
  })
}

/** Takes a note away again. @throws NotFound */
export async function removeNote(
  ctx: Ctx,
  { orderId, noteId }: { orderId: string; noteId: string },
): Promise<void> {
  authorise(ctx, 'orders:write')
  await transaction(ctx, async (tx) => {
    const removed = await rows(
      tx,
      sql`DELETE FROM order_notes WHERE workspace_id = ${tx.workspaceId} AND id = ${noteId}
            AND order_id = ${orderId} RETURNING id`,
    )
    if (removed.length === 0) throw new NotFound()
    await audit(tx, { action: 'order.remove-note', subjectKind: 'order', subjectId: orderId })
  })
}

/** The notes about an order, each with the name of who wrote it. */
export async function notesOf(
  ctx: TxCtx,
  orderId: string,
): Promise<{ id: string; body: string; createdAt: Date; by: string | undefined }[]> {
  const notes = await rows<{ id: string; body: string; created_at: Date; user_id: string | null }>(
    ctx,
    sql`SELECT id, body, created_at, user_id FROM order_notes
        WHERE workspace_id = ${ctx.workspaceId} AND order_id = ${orderId} ORDER BY id LIMIT 200`,
  )
  const names = await namePeople(
    ctx,
    notes.flatMap(({ user_id }) => user_id ?? []),
  )
  return notes.map(({ id, body, created_at, user_id }) => ({
    id,
    body,
    createdAt: created_at,
    by: names.get(user_id ?? ''),
  }))
}
