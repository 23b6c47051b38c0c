import { beforeAll, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../test/support/services.ts'
import { makeShop, type Shop } from '../../test/support/shop.ts'
import { listBuyerOrders } from '../modules/checkout/index.ts'
import { updateStore } from '../modules/catalog/index.ts'
import { issueBuyerSession } from '../modules/fulfilment/operations/buyer-session.ts'

let services: TestServices
let shop: Shop

beforeAll(async () => {
  services = await testServices()
  shop = await makeShop(services)
})

/** How many connections some work took from the pool. */
async function connectionsOf(work: () => Promise<unknown>): Promise<number> {
  const { pool } = services.database
  const connect = pool.connect.bind(pool)
  let taken = 0
  pool.connect = (() => {
    taken++
    return connect()
  }) as typeof pool.connect
  try {
    await work()
  } finally {
    pool.connect = connect
  }
  return taken
}

test('a page of ten purchases is one question to the database', async () => {
  const productId = await shop.product([{ mode: 'free', currency: 'SAR' }])
  for (let nth = 0; nth < 12; nth++)
    await shop.order(
      [{ productId }, { productId: await shop.product([{ mode: 'free', currency: 'SAR' }]) }],
      { email: 'ten@example.com' },
    )
  const buyer = { email: 'ten@example.com', limit: 10 }
  expect(await connectionsOf(() => listBuyerOrders(shop.buyer, buyer))).toBe(1)
  const session = issueBuyerSession(shop.buyer, 'ten@example.com')
  const cookie = `buyer-${shop.workspaceId.slice(-12)}=${session}`
  const look = async () =>
    (await shop.app.request(`/ar/${shop.slug}/-/purchases`, { headers: { cookie } })).text()
  const page = await look()
  expect(page.match(/-\/orders\/[0-9a-f-]{36}\?key=/g)).toHaveLength(10)
  expect(page).toContain('منتج آخر')
  // The store itself may be asked for again; the orders are one question, however many there are.
  expect(await connectionsOf(look)).toBeLessThanOrEqual(3)
})

test('the list of stores is one question, and follows a store that changes its name', async () => {
  const others = []
  for (let nth = 0; nth < 5; nth++) others.push(await makeShop(services))
  const look = async () => (await shop.app.request('/en')).text()
  expect(await connectionsOf(look)).toBe(1)
  await updateStore(shop.ctx, {
    name: { ar: 'دكان', en: 'The Little Shop' },
    tagline: { ar: '', en: 'Small and good' },
  })
  const page = await look()
  for (const { slug } of [shop, ...others]) expect(page).toContain(`/en/${slug}"`)
  expect(page).toContain('The Little Shop')
  expect(page).toContain('Small and good')
})
