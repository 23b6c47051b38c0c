import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { decodeCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { highlight, type Segment } from '../../../shared/arabic.ts'
import type { Locale } from '../../../shared/locale.ts'
import { invalid } from '../errors.ts'
import { queryWords } from '../rules/search-words.ts'
import type { Bilingual, ShelfProduct } from '../schema.ts'
import { matchWords } from './match-words.ts'
import { shelfColumns, toShelfProduct, type ShelfRow } from './read-shelf.ts'

/** What to search for. */
export type SearchProducts = {
  query: string
  after?: string | undefined
  limit?: number
  /** The language of the highlighted texts; the context's unless given. */
  locale?: Locale
}

/** A product that the search found, with the words that were hit marked in title and summary. */
export type FoundProduct = ShelfProduct & { highlighted: { title: Segment[]; summary: Segment[] } }

type FoundRow = ShelfRow & { score: number }

/**
 * A page of published products that have all words of the query, the best first. Vowel marks, hamza, the article,
 * plurals and small typing mistakes do not matter. A query without letters or digits finds nothing. For anybody.
 */
export async function searchProducts(ctx: Ctx, input: SearchProducts): Promise<Page<FoundProduct>> {
  const { query, after, limit = 24, locale = ctx.locale } = input
  const words = queryWords(query)
  if (words.length === 0) return { items: [], next: null }
  const from = after === undefined ? undefined : readPlace(after)
  const found = await transaction(ctx, (tx) =>
    rows<FoundRow>(
      tx,
      sql`WITH ${matchWords(tx.workspaceId, words, { onSale: true })}, best AS (
            SELECT score, product_id FROM matched
            ${from === undefined ? sql`` : sql`WHERE (score, product_id) < (${from.score}::int, ${from.id}::uuid)`}
            ORDER BY score DESC, product_id DESC LIMIT ${limit + 1})
          SELECT b.score, ${shelfColumns} FROM best b
          JOIN products p ON p.workspace_id = ${tx.workspaceId} AND p.id = b.product_id
          JOIN stores st ON st.workspace_id = p.workspace_id ORDER BY b.score DESC, b.product_id DESC`,
    ).then((all) => all.map((row) => ({ score: row.score, ...toShelfProduct(row, tx.workspaceId) }))),
  )
  const page = toPage(found, limit, ({ score, id }) => encodeCursor([score, id]))
  return { next: page.next, items: page.items.map(({ score: _score, ...item }) => mark(item, query, locale)) }
}

function mark(product: ShelfProduct, query: string, locale: Locale): FoundProduct {
  const inLocale = (text: Bilingual) => text[locale] || text[locale === 'ar' ? 'en' : 'ar']
  return {
    ...product,
    highlighted: {
      title: highlight(inLocale(product.title), query),
      summary: highlight(inLocale(product.summary), query),
    },
  }
}

function readPlace(cursor: string): { score: number; id: string } {
  const [score = '', id = ''] = decodeCursor(cursor, 2)
  if (!/^\d{1,9}$/.test(score) || !/^[0-9a-f-]{36}$/.test(id))
    throw invalid('/after', 'problems.validation.cursor')
  return { score: Number(score), id }
}
