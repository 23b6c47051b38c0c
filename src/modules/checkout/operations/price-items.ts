import type { TxCtx } from '../../../platform/ctx.ts'
import { pricesForCart, type CartPrice } from '../../catalog/index.ts'
import { priceCart, type Offer, type PricedCart, type TaxPolicy } from '../rules/price-cart.ts'
import type { CartItem } from '../schema.ts'

/** What items cost now in a currency, and the tax policy by which that was reckoned. */
export async function priceItems(
  ctx: TxCtx,
  items: readonly CartItem[],
  currency: string,
): Promise<{ priced: PricedCart; tax: TaxPolicy }> {
  const productIds = items.map((item) => item.productId)
  const prices = productIds.length === 0 ? [] : await pricesForCart(ctx, productIds, currency)
  const tax = prices[0] ?? { taxRateBps: 0, pricesIncludeTax: true }
  return { priced: priceCart(items, prices.filter(({ published }) => published).map(toOffer), tax), tax }
}

function toOffer(price: CartPrice): Offer {
  const { productId, kind, titleAr, titleEn, mode, amountMinor, suggestedMinor, stockLeft } = price
  return {
    productId,
    kind,
    titleAr,
    titleEn,
    price: mode === null || amountMinor === null ? undefined : { mode, amountMinor, suggestedMinor },
    left: stockLeft ?? undefined,
  }
}
