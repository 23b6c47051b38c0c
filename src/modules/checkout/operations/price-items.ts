import type { TxCtx } from '../../../platform/ctx.ts'
import { pricesForCart, type CartPrice } from '../../catalog/index.ts'
import { priceCart, type Offer, type PricedCart, type TaxPolicy } from '../rules/price-cart.ts'
import type { CartItem } from '../schema.ts'

/**
 * What items cost now in a currency, and the tax policy by which that was reckoned. Copies that are `held` for these items
 * already, by product, count as available.
 */
export async function priceItems(
  ctx: TxCtx,
  { items, currency }: { items: readonly CartItem[]; currency: string },
  held?: ReadonlyMap<string, number>,
): Promise<{ priced: PricedCart; tax: TaxPolicy }> {
  const productIds = items.map((item) => item.productId)
  const prices = productIds.length === 0 ? [] : await pricesForCart(ctx, productIds, currency)
  const tax = prices[0] ?? { taxRateBps: 0, pricesIncludeTax: true }
  const offers = prices.map((price) => toOffer(price, held?.get(price.productId) ?? 0))
  return { priced: priceCart(items, offers, tax), tax }
}

function toOffer(price: CartPrice, held: number): Offer {
  const { productId, kind, titleAr, titleEn, published, mode, amountMinor, suggestedMinor, stockLeft } = price
  return {
    productId,
    kind,
    titleAr,
    titleEn,
    onSale: published,
    price: mode === null || amountMinor === null ? undefined : { mode, amountMinor, suggestedMinor },
    left: stockLeft === null ? undefined : stockLeft + held,
    held: Math.max(0, (price.stockHeld ?? 0) - held),
  }
}
