import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { Conflict, NotFound, NotSignedIn } from '../../../platform/errors.ts'
import { newViewSchema, updateViewSchema, type NewView, type UpdateView, type View } from '../schema.ts'

/** More views of one list would be a list to be searched themselves. */
const MOST_VIEWS = 50

type Row = Omit<View, 'createdAt' | 'own'> & { userId: string; createdAt: Date }

const columns = sql.raw(`id, user_id AS "userId", screen, name, search, shared, created_at AS "createdAt"`)

/** The views of a list that the caller made, and those that others share, in the order in which they were made. */
export async function listViews(ctx: Ctx, screen: View['screen']): Promise<View[]> {
  const userId = personOf(ctx)
  const found = await transaction(ctx, (tx) =>
    rows<Row>(
      tx,
      sql`SELECT ${columns} FROM saved_views WHERE workspace_id = ${tx.workspaceId} AND screen = ${screen}
            AND (shared OR user_id = ${userId}) ORDER BY id LIMIT ${2 * MOST_VIEWS}`,
    ),
  )
  return found.map((row) => toView(row, userId))
}

/** Keeps a view. @throws Conflict for one more than fifty of a list */
export async function keepView(ctx: Ctx, input: NewView): Promise<View> {
  const userId = personOf(ctx)
  const { screen, name, search, shared } = newViewSchema.parse(input)
  return transaction(ctx, async (tx) => {
    const [made] = await rows<Row>(
      tx,
      sql`INSERT INTO saved_views (workspace_id, id, user_id, screen, name, search, shared, created_at)
          SELECT ${tx.workspaceId}::uuid, ${ctx.ids.next()}::uuid, ${userId}::uuid, ${screen}::text, ${name}::text,
            ${JSON.stringify(search)}::jsonb, ${shared}::boolean, ${ctx.clock.now()}::timestamptz
          WHERE (SELECT count(*) FROM saved_views WHERE workspace_id = ${tx.workspaceId} AND screen = ${screen}
            AND user_id = ${userId}) < ${MOST_VIEWS}
          RETURNING ${columns}`,
    )
    if (made === undefined) throw new Conflict()
    return toView(made, userId)
  })
}

/** Changes one of the caller's own views. @throws NotFound */
export async function changeView(ctx: Ctx, id: string, input: UpdateView): Promise<View> {
  const userId = personOf(ctx)
  const { name, search, shared } = updateViewSchema.parse(input)
  const kept = search === undefined ? null : JSON.stringify(search)
  return transaction(ctx, async (tx) => {
    const [changed] = await rows<Row>(
      tx,
      sql`UPDATE saved_views SET name = coalesce(${name ?? null}, name), search = coalesce(${kept}::jsonb, search),
            shared = coalesce(${shared ?? null}, shared)
          WHERE ${own(tx, id, userId)} RETURNING ${columns}`,
    )
    if (changed === undefined) throw new NotFound()
    return toView(changed, userId)
  })
}

/** Takes one of the caller's own views away. @throws NotFound */
export async function removeView(ctx: Ctx, id: string): Promise<void> {
  const userId = personOf(ctx)
  const removed = await transaction(ctx, (tx) =>
    rows(tx, sql`DELETE FROM saved_views WHERE ${own(tx, id, userId)} RETURNING id`),
  )
  if (removed.length === 0) throw new NotFound()
}

function own({ workspaceId }: TxCtx, id: string, userId: string): SQL {
  return sql`workspace_id = ${workspaceId} AND id = ${id} AND user_id = ${userId}`
}

/** Views are people's: a program keeps those of the person who made it. */
function personOf(ctx: Ctx): string {
  authorise(ctx, 'store:read')
  const { actor } = ctx
  if (actor.kind !== 'member' && actor.kind !== 'token') throw new NotSignedIn()
  return actor.userId
}

function toView({ userId, createdAt, ...row }: Row, asker: string): View {
  return { ...row, own: userId === asker, createdAt: createdAt.toISOString() }
}
