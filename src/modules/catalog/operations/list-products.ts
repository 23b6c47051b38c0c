import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { keyset, sortOf, type KeyColumn } from '../../../platform/database/keyset.ts'
import { encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import type { Locale } from '../../../shared/locale.ts'
import { queryWords } from '../rules/search-words.ts'
import { listProductsSchema, type ListProducts, type Product } from '../schema.ts'
import { matchWords } from './match-words.ts'
import { productColumns, toProduct, type ProductRow } from './read-product.ts'

/** A page of the workspace's products, the newest first unless told; archived ones only when asked for. */
export async function listProducts(ctx: Ctx, input: ListProducts = {}): Promise<Page<Product>> {
  authorise(ctx, 'products:read')
  const { status, query = '', sort, after, limit } = listProductsSchema.parse(input)
  const words = queryWords(query)
  if (words.length === 0 && query.trim() !== '') return { items: [], next: null }
  const { by, descending } = sortOf<Field>(sort)
  const key = KEYS[by === 'title' ? (`title-${ctx.locale}` as const) : by]
  const { beyond, order } = keyset(key.columns, { descending, after })
  return transaction(ctx, async (tx) => {
    const found = await rows<ProductRow>(
      tx,
      sql`${words.length === 0 ? sql`` : sql`WITH ${matchWords(tx.workspaceId, words, { onSale: status === 'published' })}`}
          SELECT ${productColumns} FROM products p JOIN stores st ON st.workspace_id = p.workspace_id
          WHERE p.workspace_id = ${tx.workspaceId} AND ${words.length > 0 && status === 'published' ? sql`true` : conditionOf(status)}
          ${words.length === 0 ? sql`` : sql`AND p.id IN (SELECT product_id FROM matched)`}
          ${beyond} ORDER BY ${order} LIMIT ${limit + 1}`,
    )
    const { items, next } = toPage(found, limit, (row) => encodeCursor(key.of(row)))
    return { items: items.map((row) => toProduct(row, tx.workspaceId)), next }
  })
}

type Field = 'made' | 'changed' | 'title'
type Key = { columns: readonly KeyColumn[]; of: (row: ProductRow) => string[] }

const id: KeyColumn = { column: sql`p.id`, type: 'uuid' }

const KEYS: Record<'made' | 'changed' | `title-${Locale}`, Key> = {
  made: { columns: [id], of: (row) => [row.id] },
  changed: {
    columns: [{ column: sql`p.updated_at`, type: 'timestamptz' }, id],
    of: (row) => [row.updated_at.toISOString(), row.id],
  },
  'title-ar': {
    columns: [{ column: sql`p.title_key_ar COLLATE "C"`, type: 'text' }, id],
    of: (row) => [row.title_key_ar, row.id],
  },
  'title-en': {
    columns: [{ column: sql`p.title_key_en COLLATE "C"`, type: 'text' }, id],
    of: (row) => [row.title_key_en, row.id],
  },
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
