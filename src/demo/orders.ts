import type { Product } from '../modules/catalog/index.ts'
import {
  actOnTestPayment,
  confirmPayment,
  createCart,
  listOrders,
  placeOrder,
  testActionSchema,
} from '../modules/checkout/index.ts'
import { createIds } from '../shared/ids.ts'
import type { Ctx } from '../platform/ctx.ts'

const DAYS = 60
const DAY_MS = 86_400_000
const BUYERS = [
  ['نورة العتيبي', 'noura@example.com', 'ar'],
  ['خالد المصري', 'khaled@example.com', 'ar'],
  ['Maya Haddad', 'maya@example.com', 'en'],
  ['يوسف بن عمر', 'youssef@example.com', 'ar'],
  ['Omar Rahman', 'omar@example.com', 'en'],
  ['ليلى الشامي', 'layla@example.com', 'ar'],
  ['Sara Lindqvist', 'sara@example.com', 'en'],
  ['عبد الله القحطاني', 'abdullah@example.com', 'ar'],
] as const

/**
 * Two months of orders up to now, by the same operations that real buyers go through, at the times that the context's
 * clock is set to. Which day sells what is the same every time. A store that has orders is left as it is.
 */
export async function seedOrders(ctx: Ctx, products: readonly Product[]): Promise<void> {
  if ((await listOrders(ctx, { limit: 1 })).items.length > 0) return
  const forSale = products.filter((product) => product.publishedAt !== null && product.stock === null)
  const random = seededRandom(27)
  const start = ctx.clock.now().getTime() - DAYS * DAY_MS
  for (let day = 0; day < DAYS; day++) {
    // Sales rise over the two months, and pause on quiet days, as sales do.
    const orders = Math.floor(random() * (1.2 + day / 20))
    for (let nth = 0; nth < orders; nth++) {
      const at = start + day * DAY_MS + Math.floor(random() * DAY_MS)
      await buyAt(ctx, {
        at,
        product: pick(forSale, random),
        buyer: pick(BUYERS, random),
        declined: random() < 0.08,
      })
    }
  }
}

type Purchase = { at: number; product: Product; buyer: (typeof BUYERS)[number]; declined: boolean }

async function buyAt(base: Ctx, { at, product, buyer, declined }: Purchase): Promise<void> {
  const clock = { now: () => new Date(at) }
  const ids = createIds({
    now: clock.now,
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  })
  const ctx: Ctx = { ...base, clock, ids }
  const [name, email, locale] = buyer
  const cart = await createCart(ctx, { currency: 'SAR', items: [{ productId: product.id, quantity: 1 }] })
  if (cart.lines.length === 0) return
  const { order } = await placeOrder(ctx, { cartId: cart.id, email, name, locale, expectedTotal: cart.total })
  if (order.payment === null) return
  const reference = new URL(order.payment.url ?? '', base.config.publicUrl).pathname.split('/').at(-1) ?? ''
  const action = declined ? 'decline' : 'pay'
  await actOnTestPayment(ctx, reference, testActionSchema.parse({ action, delivery: 'lost' }))
  await confirmPayment(ctx, { orderId: order.id })
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('assertion failed: nothing to choose from')
  return item
}

/** Numbers from 0 to 1 that are the same for the same seed. Source: mulberry32, a public-domain generator. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
