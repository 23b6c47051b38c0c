import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { queryWords } from '../rules/search-words.ts'
import { listProductsSchema, type ListProducts, type Product } from '../schema.ts'
import { matchWords } from './match-words.ts'
import { productColumns, toProduct, type ProductRow } from './read-product.ts'

/** A page of the workspace's products, the newest first; archived ones only when asked for. */
export async function listProducts(ctx: Ctx, input: ListProducts = {}): Promise<Page<Product>> {
  authorise(ctx, 'products:read')
  const { status, query = '', after, limit } = listProductsSchema.parse(input)
  const words = queryWords(query)
  if (words.length === 0 && query.trim() !== '') return { items: [], next: null }
  const from = after === undefined ? undefined : decodeIdCursor(after)
  const found = await transaction(ctx, (tx) =>
    rows<ProductRow>(
      tx,
      sql`${words.length === 0 ? sql`` : sql`WITH ${matchWords(tx.workspaceId, words, { onSale: status === 'published' })}`}
          SELECT ${productColumns} FROM products p JOIN stores st ON st.workspace_id = p.workspace_id
          WHERE p.workspace_id = ${tx.workspaceId} AND ${words.length > 0 && status === 'published' ? sql`true` : conditionOf(status)}
          ${from === undefined ? sql`` : sql`AND p.id < ${from}`}
          ${words.length === 0 ? sql`` : sql`AND p.id IN (SELECT product_id FROM matched)`}
          ORDER BY p.id DESC LIMIT ${limit + 1}`,
    ).then((all) => all.map((row) => toProduct(row, tx.workspaceId))),
  )
  return toPage(found, limit, ({ id }) => encodeCursor([id]))
}

function conditionOf(status: Product['status'] | undefined): SQL {
  switch (status) {
    case undefined:
      return sql`p.archived_at IS NULL`
    case 'archived':
      return sql`p.archived_at IS NOT NULL`
    case 'published':
      return sql`p.archived_at IS NULL AND p.published_at IS NOT NULL`
    case 'draft':
      return sql`p.archived_at IS NULL AND p.published_at IS NULL`
  }
}
