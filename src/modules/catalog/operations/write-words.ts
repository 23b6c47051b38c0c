import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { indexWords } from '../rules/search-words.ts'
import type { Bilingual } from '../schema.ts'

/** Puts a product's words into the search index, in place of those it had. */
export async function writeWords(
  ctx: TxCtx,
  productId: string,
  texts: { title: Bilingual; summary: Bilingual; description: Bilingual },
): Promise<void> {
  const words = indexWords({
    title: [texts.title.ar, texts.title.en],
    summary: [texts.summary.ar, texts.summary.en],
    description: [texts.description.ar, texts.description.en],
  })
  await rows(
    ctx,
    sql`DELETE FROM product_words WHERE workspace_id = ${ctx.workspaceId} AND product_id = ${productId}`,
  )
  await rows(
    ctx,
    sql`INSERT INTO product_words (workspace_id, product_id, word, weight, on_sale)
        SELECT ${ctx.workspaceId}, ${productId}, w.word, w.weight, p.published_at IS NOT NULL AND p.archived_at IS NULL
        FROM products p, unnest(${sql.param([...words.keys()])}::text[], ${sql.param([...words.values()])}::smallint[])
          AS w (word, weight)
        WHERE p.workspace_id = ${ctx.workspaceId} AND p.id = ${productId}`,
  )
}

/** Lets the public search find a product, or no longer. */
export async function showWords(ctx: TxCtx, productId: string, onSale: boolean): Promise<void> {
  await rows(
    ctx,
    sql`UPDATE product_words SET on_sale = ${onSale}
        WHERE workspace_id = ${ctx.workspaceId} AND product_id = ${productId}`,
  )
}
