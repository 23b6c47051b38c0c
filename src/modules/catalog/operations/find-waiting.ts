import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement } from '../../../platform/database/transaction.ts'
import type { Bilingual } from '../schema.ts'

/** From how few copies left the seller is told. */
const SCARCE = 5
const MOST_SCARCE = 5

/** What of the products waits for the seller's hand. */
export type WaitingProducts = {
  /** Products on sale with few copies left or none, the fewest first; at most five. */
  readonly scarce: readonly { id: string; title: Bilingual; left: number }[]
  /** How many drafts have no price yet, and how many have one. */
  readonly drafts: { readonly withoutPrice: number; readonly priced: number }
  /** Whether a file was ever uploaded. */
  readonly hasFile: boolean
}

type Found = {
  scarce: { id: string; ar: string; en: string; left: number }[] | null
  without_price: number
  priced: number
  has_file: boolean
}

/** Looks through all products of the workspace in one statement. @throws NotAllowed without `products:read` */
export async function findWaitingProducts(ctx: Ctx): Promise<WaitingProducts> {
  authorise(ctx, 'products:read')
  const [found] = await statement<Found>(
    ctx,
    sql`WITH drafts AS (
          SELECT EXISTS (SELECT FROM product_prices c WHERE c.workspace_id = p.workspace_id AND c.product_id = p.id) AS priced
          FROM products p
          WHERE p.workspace_id = ${ctx.workspaceId} AND p.published_at IS NULL AND p.archived_at IS NULL
        ), scarce AS (
          SELECT p.id, p.title_ar AS ar, p.title_en AS en, greatest(s.stock_limit - s.sold - s.reserved, 0) AS "left"
          FROM product_stock s JOIN products p ON p.workspace_id = s.workspace_id AND p.id = s.product_id
          WHERE s.workspace_id = ${ctx.workspaceId} AND s.stock_limit - s.sold - s.reserved <= ${SCARCE}
            AND p.published_at IS NOT NULL AND p.archived_at IS NULL
          ORDER BY "left", p.id LIMIT ${MOST_SCARCE}
        )
        SELECT (SELECT jsonb_agg(scarce ORDER BY "left", id) FROM scarce) AS scarce,
          (SELECT count(*) FILTER (WHERE NOT priced) FROM drafts)::int AS without_price,
          (SELECT count(*) FILTER (WHERE priced) FROM drafts)::int AS priced,
          EXISTS (SELECT FROM files WHERE workspace_id = ${ctx.workspaceId} AND completed_at IS NOT NULL) AS has_file`,
  )
  return {
    scarce: (found?.scarce ?? []).map(({ id, ar, en, left }) => ({ id, title: { ar, en }, left })),
    drafts: { withoutPrice: found?.without_price ?? 0, priced: found?.priced ?? 0 },
    hasFile: found?.has_file ?? false,
  }
}
