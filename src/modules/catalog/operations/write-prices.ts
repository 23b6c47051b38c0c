import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { Invalid } from '../../../platform/errors.ts'
import { checkPrices, toPriceRow } from '../rules/prices.ts'
import type { Price } from '../schema.ts'

/** Replaces a product's prices. @throws Invalid if they break a rule of prices. */
export async function writePrices(
  ctx: TxCtx,
  productId: string,
  { prices, currencies }: { prices: readonly Price[]; currencies: readonly string[] },
): Promise<void> {
  const problems = checkPrices(prices, currencies)
  if (problems.length > 0) throw new Invalid(problems)
  const priceRows = prices.map(toPriceRow)
  await rows(
    ctx,
    sql`DELETE FROM product_prices WHERE workspace_id = ${ctx.workspaceId} AND product_id = ${productId}`,
  )
  await rows(
    ctx,
    sql`INSERT INTO product_prices (workspace_id, product_id, currency, mode, amount_minor, suggested_minor)
        SELECT ${ctx.workspaceId}, ${productId}, * FROM unnest(
          ${sql.param(priceRows.map((row) => row.currency))}::text[],
          ${sql.param(priceRows.map((row) => row.mode))}::text[],
          ${sql.param(priceRows.map((row) => row.amountMinor))}::bigint[],
          ${sql.param(priceRows.map((row) => row.suggestedMinor))}::bigint[])`,
  )
}
