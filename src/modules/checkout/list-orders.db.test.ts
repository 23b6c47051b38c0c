import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeShop, type Shop } from '../../../test/support/shop.ts'
import { groupCode } from '../../shared/ids.ts'
import { listOrders, type Order } from './index.ts'

let services: TestServices
let shop: Shop
let other: Shop
const orders: Order[] = []

const emails = [
  'noura@example.com',
  'noura.s@example.com',
  'reem_a@example.com',
  'reemxa@example.com',
  'z@x.org',
]

beforeAll(async () => {
  services = await testServices()
  shop = await makeShop(services)
  other = await makeShop(services)
  const productId = await shop.product()
  for (const email of emails) orders.push((await shop.order([{ productId }], { email })).order)
})

const found = async (search: string, at: Shop = shop) =>
  (await listOrders(at.ctx, { search, limit: 25 })).items.map(({ email }) => email).toSorted()

describe('the search among orders', () => {
  test('takes an address or its beginning, in whatever case, and nothing from its middle', async () => {
    expect(await found('noura@example.com')).toEqual(['noura@example.com'])
    expect(await found('Noura')).toEqual(['noura.s@example.com', 'noura@example.com'])
    expect(await found('example.com')).toEqual([])
    expect(await found('')).toEqual(emails.toSorted())
  })

  test.each(['%', '_', 'reem%', '\\', "' OR '1'='1"])(
    'takes %s for what it is and for no pattern',
    async (search) => {
      expect(await found(search)).toEqual([])
    },
  )

  test('tells an underscore from a letter', async () => {
    expect(await found('reem_')).toEqual(['reem_a@example.com'])
  })

  test('takes a number as people write it', async () => {
    const [first] = orders
    const typed = groupCode(first?.number ?? '').toLowerCase()
    expect(await found(` ${typed} `)).toEqual([first?.email])
  })

  test('finds nothing of another workspace', async () => {
    expect(await found('noura', other)).toEqual([])
    expect(await found(orders[0]?.number ?? '', other)).toEqual([])
  })
})

test('pages follow each other without a gap or a double', async () => {
  const seen: string[] = []
  for (let after: string | undefined, turn = 0; turn < 10; turn++) {
    const page = await listOrders(shop.ctx, { limit: 2, after })
    seen.push(...page.items.map(({ id }) => id))
    if (page.next === null) break
    after = page.next
  }
  expect(seen).toEqual(orders.map(({ id }) => id).toReversed())
})
