import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { fixed, makeShop, type Shop } from '../../../test/support/shop.ts'
import { makeMember } from '../../../test/support/workspace.ts'
import { confirmPayment, type Income } from '../checkout/index.ts'
import { findByName, indexBuyers } from '../checkout/operations/index-buyers.ts'
import { transaction } from '../../platform/database/transaction.ts'
import { createProduct, setStock } from '../catalog/index.ts'
import type { Overview } from './overview-schema.ts'
import type { Hit, View } from './schema.ts'

let services: TestServices
let shop: Shop
let stranger: Shop
let number: string

beforeAll(async () => {
  services = await testServices()
  shop = await makeShop(services)
  stranger = await makeShop(services)
  const productId = await shop.product([fixed('11500')])
  const { order } = await shop.order([{ productId }], { email: 'layan@example.com' })
  number = order.number
  await shop.act(order, { action: 'pay' })
  await confirmPayment(shop.buyer, { orderId: order.id })
  await services.drain()
}, 60_000)

async function search(query: string, headers = shop.headers): Promise<Hit[]> {
  const answer = await shop.app.request(`/api/v1/search?query=${encodeURIComponent(query)}`, { headers })
  expect(answer.status).toBe(200)
  return ((await answer.json()) as { items: Hit[] }).items
}

const kinds = (hits: readonly Hit[]) => [...new Set(hits.map(({ kind }) => kind))].toSorted()

describe('the search over everything', () => {
  test.each(['ليان', 'عُتيبي', 'العتيبى', 'ليان عتي', 'layan@'])(
    'finds the buyer, the order and its mails by %s',
    async (query) => {
      expect(kinds(await search(query))).toEqual(['customer', 'message', 'order'])
    },
  )

  test('finds an order by its number, written as people write it, or by the beginning of it', async () => {
    const written = `${number.slice(0, 4)}-${number.slice(4)}`.toLowerCase()
    for (const query of [written, number.slice(0, 5)])
      expect((await search(query)).find(({ kind }) => kind === 'order')?.title.en).toBe(number)
  })

  test('finds products and accounts by their words, however they are spelt', async () => {
    expect(kinds(await search('الدَّليل'))).toContain('product')
    expect(kinds(await search('4000'))).toEqual(['account'])
    expect(await search('نور')).toEqual([])
    expect(await search('ل')).toEqual([])
  })

  test('shows nothing of another workspace, and to nobody what they may not read', async () => {
    expect(await search('ليان', stranger.headers)).toEqual([])
    const editor = await makeMember(services, shop.workspaceId, {
      role: 'editor',
      rights: ['store:read', 'products:read'],
    })
    expect(await search('ليان', editor.headers)).toEqual([])
    expect(kinds(await search('دليل', editor.headers))).toEqual(['product'])
  })

  test('is bounded where many have one name: the rarest word leads', async () => {
    const orders = (await transaction(shop.ctx, (tx) => findByName(tx, 'ليان'))).length
    expect(orders).toBe(1)
    // Only those who still have an order are written: an erasure may come before the job.
    const sold = { buyerName: 'ليان الراحلة', email: 'gone@example.com' }
    await indexBuyers(shop.ctx, [sold as never])
    expect(await transaction(shop.ctx, (tx) => findByName(tx, 'الراحلة'))).toEqual([])
  })
})

test('income is by the store’s day, less what went back, beside the days before', async () => {
  const answer = await shop.app.request('/api/v1/income?days=7&currency=SAR', { headers: shop.headers })
  const income = (await answer.json()) as Income
  expect([income.days.length, income.before.length]).toEqual([7, 7])
  expect(income.days.at(-1)).toMatchObject({ income: { amount: '11500', currency: 'SAR' }, sales: 1 })
  expect(income.days.slice(0, -1).every(({ sales }) => sales === 0)).toBe(true)
})

describe('a saved view', () => {
  const ask = (headers: Record<string, string>, method: string, path: string, body?: unknown) =>
    shop.app.request(`/api/v1${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })

  test('is its maker’s alone, until it is shared; then others see it and do not change it', async () => {
    const other = await makeMember(services, shop.workspaceId, { role: 'admin' })
    const wish = { screen: 'orders', name: 'غير مدفوعة', search: { state: 'pending' } }
    const made = (await (await ask(shop.headers, 'POST', '/views', wish)).json()) as View
    const seen = async () => {
      const answer = await ask(other.headers, 'GET', '/views?screen=orders')
      return ((await answer.json()) as { items: View[] }).items.map(({ name, own }) => ({ name, own }))
    }
    expect(await seen()).toEqual([])
    expect((await ask(shop.headers, 'PATCH', `/views/${made.id}`, { shared: true })).status).toBe(200)
    expect(await seen()).toEqual([{ name: 'غير مدفوعة', own: false }])
    expect((await ask(other.headers, 'PATCH', `/views/${made.id}`, { name: 'x' })).status).toBe(404)
    expect((await ask(other.headers, 'DELETE', `/views/${made.id}`)).status).toBe(404)
    expect((await ask(shop.headers, 'DELETE', `/views/${made.id}`)).status).toBe(204)
  })
})

describe('a list as a file', () => {
  const file = async (path: string, locale: string) =>
    (
      await shop.app.request(`/api/v1/exports/${path}`, {
        headers: { ...shop.headers, 'accept-language': locale },
      })
    ).arrayBuffer()

  test('has its heads and states in the reader’s language, and a mark for spreadsheets', async () => {
    const bytes = Buffer.from(await file('orders?search=layan@', 'ar'))
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [head, row] = bytes.toString().slice(1).split('\r\n')
    expect(head).toMatch(/^الطلب,الحالة,/u)
    expect(row).toContain(`${number},مدفوع`)
    expect(row).toContain('115.00')
    expect(Buffer.from(await file('customers', 'en')).toString()).toContain('Name,E-mail address')
  })

  test('of the books has a record for each line, debits and credits apart, and no formula', async () => {
    const memo = '=HYPERLINK("http://example.com")'
    const sides = [
      { account: '1000', amount: { amount: '700', currency: 'SAR' } },
      { account: '3000', amount: { amount: '-700', currency: 'SAR' } },
    ]
    const posted = await shop.app.request('/api/v1/ledger/entries', {
      method: 'POST',
      headers: { ...shop.headers, 'idempotency-key': 'by-hand' },
      body: JSON.stringify({ memo, postings: sides }),
    })
    expect(posted.status).toBe(201)
    const text = async (path: string) =>
      Buffer.from(await file(path, 'en'))
        .toString()
        .split('\r\n')
    const [head, debit, credit] = await text('journal?kind=manual')
    expect(head).toContain('Code,Account,Debit,Credit,Currency')
    expect(debit).toContain(`,"'=HYPERLINK(""http://example.com"")",1000,`)
    expect([debit, credit].map((line) => /,(7\.00,|,7\.00),SAR,/u.exec(line ?? '')?.[1])).toEqual([
      '7.00,',
      ',7.00',
    ])
    const statement = await text('statement?account=3000&currency=SAR')
    expect(statement[1]).toMatch(/,,7\.00,-7\.00,SAR$/u)
    expect(await text('accounts')).toContain('1000,Cash,Assets,7.00,SAR')
  })

  test('follows the order of the list', async () => {
    const named = async (sort: string) =>
      Buffer.from(await file(`journal?sort=${sort}`, 'en'))
        .toString()
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',')[0])
    const newest = await named('-recorded')
    expect(new Set(newest).size).toBeGreaterThan(1)
    expect([...new Set(await named('recorded'))]).toEqual([...new Set(newest)].toReversed())
  })

  test('is refused as a problem before anything is written', async () => {
    const answer = await shop.app.request('/api/v1/exports/orders?status=odd', { headers: shop.headers })
    expect(answer.status).toBe(422)
  })
})

describe('the overview', () => {
  async function overview(headers = shop.headers): Promise<Overview> {
    const answer = await shop.app.request('/api/v1/overview', { headers })
    expect(answer.status).toBe(200)
    return (await answer.json()) as Overview
  }

  test('says what waits: mail without a server, stock that runs out, drafts, money in question', async () => {
    const before = await overview()
    expect(before.waiting).toContainEqual({ kind: 'mail', state: 'no-server' })
    const scarce = await shop.product([fixed('4500')])
    await setStock(shop.ctx, scarce, { limit: 2 })
    await createProduct(shop.ctx, { title: { ar: 'مسودة', en: 'Draft' } })
    const { waiting } = await overview()
    const stock = waiting.filter(({ kind }) => kind === 'stock')
    expect(stock).toEqual([expect.objectContaining({ productId: scarce, left: 2 })])
    expect(waiting.at(-1)).toEqual({ kind: 'drafts', withoutPrice: 1, priced: 0 })
  })

  test('says nothing of another workspace, and to nobody what they may not read', async () => {
    expect(await overview(stranger.headers)).toEqual({ waiting: [], hasFile: false })
    const reader = await makeMember(services, shop.workspaceId, { role: 'editor', rights: ['store:read'] })
    expect(await overview(reader.headers)).toEqual({ waiting: [], hasFile: false })
  })
})
