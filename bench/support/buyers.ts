import { randomUUID } from 'node:crypto'
import { createClient, jsonOf, type Answer, type Client } from './http.ts'
import type { Shop } from './shop.ts'

/** What a run of buyers took. */
export type Purchases = { startedAt: number; endedAt: number; latenciesMs: number[] }

type Placed = { order: { payment: { url: string } } }

/**
 * `clients` buyers, each buying again and again until `count` purchases are made: cart, order, payment at the provider's
 * page, and the way back, which captures. The provider's own message about each payment comes beside, as it always does.
 * @throws at the first answer that is not as it must be.
 */
export async function buy(
  url: string,
  shop: Shop,
  options: { clients: number; count: number },
): Promise<Purchases> {
  const latenciesMs: number[] = []
  let left = options.count
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: options.clients }, async () => {
      const http = createClient(url, 1)
      try {
        while (left-- > 0) {
          const began = performance.now()
          await purchase(http, shop)
          latenciesMs.push(performance.now() - began)
        }
      } finally {
        http.close()
      }
    }),
  )
  return { startedAt, endedAt: performance.now(), latenciesMs }
}

async function purchase(http: Client, shop: Shop): Promise<void> {
  const { slug, currency, productId, totalMinor } = shop
  const cart = jsonOf<{ id: string; total: { amount: string; currency: string } }>(
    await http(`/api/v1/stores/${slug}/carts`, { json: { currency, items: [{ productId, quantity: 1 }] } }),
  )
  if (cart.total.amount !== totalMinor) throw new Error(`the cart costs ${cart.total.amount}`)
  const nonce = randomUUID()
  const placed = jsonOf<Placed>(
    await http(`/api/v1/stores/${slug}/orders`, {
      headers: { 'idempotency-key': nonce },
      json: {
        cartId: cart.id,
        email: `buyer-${nonce.slice(0, 8)}@example.com`,
        name: 'عابر سبيل',
        locale: 'ar',
        expectedTotal: cart.total,
      },
    }),
  )
  const paid = await http(placed.order.payment.url, { form: { action: 'pay' } })
  const back = await http(redirectOf(paid))
  redirectOf(back)
}

function redirectOf({ status, headers, body }: Answer): string {
  if (status !== 303 || headers.location === undefined)
    throw new Error(`no redirect but ${status}: ${body.toString()}`)
  return headers.location
}
