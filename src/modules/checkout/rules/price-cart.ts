import { splitTax } from '../../../shared/money.ts'
import type { CartItem } from '../schema.ts'

/**
 * What the catalogue says of a product that a cart names, in the cart's currency: one that is not `onSale` has its name all
 * the same; `left` only if its stock is limited; `held` by the unpaid orders of others, so that they may come back.
 */
export type Offer = {
  productId: string
  kind: string
  titleAr: string
  titleEn: string
  onSale: boolean
  price: { mode: 'fixed' | 'free' | 'chosen'; amountMinor: bigint; suggestedMinor: bigint | null } | undefined
  left: number | undefined
  held: number
}

/** How the store taxes its sales. */
export type TaxPolicy = { taxRateBps: number; pricesIncludeTax: boolean }

/** One line with its figures; net + tax = total, and `unitMinor` is the price of one as the store shows it. */
export type PricedLine = {
  line: number
  productId: string
  kind: string
  titleAr: string
  titleEn: string
  quantity: number
  unitMinor: bigint
  netMinor: bigint
  taxMinor: bigint
  totalMinor: bigint
  limited: boolean
}

/** Why an item cannot be bought as it stands. */
export type CartIssue = {
  productId: string
  reason: 'unavailable' | 'not-in-currency' | 'below-minimum' | 'sold-out' | 'held' | 'too-much'
  title?: { ar: string; en: string }
  /** Copies left, when sold out or held. */
  left?: number
  /** The least that is taken, when the buyer's price is below it. */
  minimumMinor?: bigint
}

/** A cart with its figures; items with an issue are not in the lines or the sums. */
export type PricedCart = {
  lines: PricedLine[]
  issues: CartIssue[]
  netMinor: bigint
  taxMinor: bigint
  totalMinor: bigint
}

/** The most that one cart may cost, in minor units: far above any sale, far below what a bigint column or the API holds. */
export const MAX_TOTAL_MINOR = 10n ** 15n

/**
 * Prices a cart. Tax is split once per line, half up, so the cart's tax is the sum of its lines' taxes. A price that the
 * buyer may choose falls back to the suggestion, then to the minimum. Lines keep the order of the items.
 */
export function priceCart(items: readonly CartItem[], offers: readonly Offer[], tax: TaxPolicy): PricedCart {
  const offerOf = new Map(offers.map((offer) => [offer.productId, offer]))
  const cart: PricedCart = { lines: [], issues: [], netMinor: 0n, taxMinor: 0n, totalMinor: 0n }
  for (const item of items) {
    const offer = offerOf.get(item.productId)
    const issue = issueOf(item, offer)
    if (issue !== undefined || offer === undefined) {
      cart.issues.push(issue ?? { productId: item.productId, reason: 'unavailable' })
      continue
    }
    const line = priceLine(cart.lines.length + 1, item, offer, tax)
    if (cart.totalMinor + line.totalMinor > MAX_TOTAL_MINOR) {
      cart.issues.push({ productId: item.productId, reason: 'too-much', title: titleOf(offer) })
      continue
    }
    cart.lines.push(line)
    cart.netMinor += line.netMinor
    cart.taxMinor += line.taxMinor
    cart.totalMinor += line.totalMinor
  }
  return cart
}

function issueOf(item: CartItem, offer: Offer | undefined): CartIssue | undefined {
  const { productId } = item
  if (offer === undefined) return { productId, reason: 'unavailable' }
  const title = titleOf(offer)
  if (!offer.onSale) return { productId, reason: 'unavailable', title }
  if (offer.price === undefined) return { productId, reason: 'not-in-currency', title }
  if (offer.left !== undefined && offer.left < item.quantity) {
    const reason = offer.left + offer.held < item.quantity ? 'sold-out' : 'held'
    return { productId, reason, title, left: Math.max(0, offer.left) }
  }
  const { mode, amountMinor } = offer.price
  if (mode === 'chosen' && item.chosenMinor !== undefined && BigInt(item.chosenMinor) < amountMinor) {
    return { productId, reason: 'below-minimum', title, minimumMinor: amountMinor }
  }
  return undefined
}

function priceLine(line: number, item: CartItem, offer: Offer, tax: TaxPolicy): PricedLine {
  const unitMinor = unitPrice(item, offer)
  const amountMinor = unitMinor * BigInt(item.quantity)
  const split = splitTax(amountMinor, tax.taxRateBps, tax.pricesIncludeTax ? 'inclusive' : 'exclusive')
  const { productId, kind, titleAr, titleEn } = offer
  return {
    line,
    productId,
    kind,
    titleAr,
    titleEn,
    quantity: item.quantity,
    unitMinor,
    netMinor: split.netMinor,
    taxMinor: split.taxMinor,
    totalMinor: split.grossMinor,
    limited: offer.left !== undefined,
  }
}

function unitPrice(item: CartItem, { price }: Offer): bigint {
  if (price === undefined || price.mode === 'free') return 0n
  if (price.mode === 'fixed') return price.amountMinor
  return item.chosenMinor === undefined
    ? (price.suggestedMinor ?? price.amountMinor)
    : BigInt(item.chosenMinor)
}

function titleOf({ titleAr, titleEn }: Offer): { ar: string; en: string } {
  return { ar: titleAr, en: titleEn }
}
