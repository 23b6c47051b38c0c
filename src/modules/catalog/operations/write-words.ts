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
    sql`INSERT INTO product_words (workspace_id, product_id, word, weight)
        SELECT ${ctx.workspaceId}, ${productId}, *
        FROM unnest(${sql.param([...words.keys()])}::text[], ${sql.param([...words.values()])}::smallint[])`,
  )
}
