import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { decodeCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { invalid } from '../errors.ts'
import type { ShelfProduct } from '../schema.ts'
import { shelfColumns, toShelfProduct, type ShelfRow } from './read-shelf.ts'

/** A page of what the store sells, the newest first. For anybody. */
export async function listShelf(
  ctx: Ctx,
  { after, limit = 24 }: { after?: string | undefined; limit?: number } = {},
): Promise<Page<ShelfProduct>> {
  const from = after === undefined ? undefined : readPlace(after)
  const found = await transaction(ctx, (tx) =>
    rows<ShelfRow>(
      tx,
      sql`SELECT ${shelfColumns} FROM products p JOIN stores st ON st.workspace_id = p.workspace_id
          WHERE p.workspace_id = ${tx.workspaceId} AND p.published_at IS NOT NULL AND p.archived_at IS NULL
          ${from === undefined ? sql`` : sql`AND (p.published_at, p.id) < (${from.publishedAt}, ${from.id})`}
          ORDER BY p.published_at DESC, p.id DESC LIMIT ${limit + 1}`,
    ).then((all) => all.map((row) => toShelfProduct(row, tx.workspaceId))),
  )
  return toPage(found, limit, ({ publishedAt, id }) => encodeCursor([publishedAt, id]))
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function readPlace(cursor: string): { publishedAt: Date; id: string } {
  const [at = '', id = ''] = decodeCursor(cursor, 2)
  const publishedAt = new Date(at)
  if (Number.isNaN(publishedAt.getTime()) || !UUID.test(id))
    throw invalid('/after', 'problems.validation.cursor')
  return { publishedAt, id }
}
