import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import type { productPublished } from '../events.ts'
import { USUAL_LIFE_MONTHS } from '../schema.ts'

/** Makes a stream of each product that was published, unless it is one; its sales feed it from the first one on. */
export async function adoptProducts(
  ctx: Ctx,
  products: readonly z.infer<typeof productPublished>[],
): Promise<void> {
  await transaction(ctx, async (tx) => {
    const now = ctx.clock.now()
    for (const { productId, title, publishedAt } of products)
      await rows(
        tx,
        sql`INSERT INTO streams (workspace_id, id, kind, name, dimension_kind, dimension_id, platform, payer, country, currency,
              began_on, ended_on, life_months, archived_at, created_at, updated_at)
            VALUES (${tx.workspaceId}, ${ctx.ids.next()}, 'product', ${title.ar === '' ? title.en : title.ar}, 'product',
              ${productId}, '', '', NULL, NULL, ${publishedAt.slice(0, 10)}::date, NULL, ${USUAL_LIFE_MONTHS}, NULL, ${now}, ${now})
            ON CONFLICT (workspace_id, dimension_kind, dimension_id) DO NOTHING`,
      )
  })
}
