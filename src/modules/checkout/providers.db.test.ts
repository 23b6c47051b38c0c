import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { fixed, makeShop, type Shop } from '../../../test/support/shop.ts'
import { CONTENT_POLICY } from '../../platform/http/guard.ts'
import { policyWithForms } from '../../platform/http/form-policy.ts'
import { getStore, registerPaymentProvider } from '../catalog/index.ts'

let services: TestServices
let shop: Shop

beforeAll(async () => {
  services = await testServices({ env: { PUBLIC_URL: 'https://store.example' } })
  shop = await makeShop(services)
  // The fence is the catalogue's: it needs to know of a provider no more than this.
  registerPaymentProvider({ name: 'bank', test: false })
  registerPaymentProvider({ name: 'wallet', test: false })
})

const offer = (providers: unknown) =>
  shop.app.request('/api/v1/store', {
    method: 'PATCH',
    headers: shop.headers,
    body: JSON.stringify({ providers }),
  })

describe('the payment providers of a store', () => {
  test('are never pretend ones beside real ones', async () => {
    const refused = await offer(['test', 'bank'])
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({ type: expect.stringContaining('providers-mixed') as string })
    expect((await getStore(shop.ctx)).providers).toEqual(['test'])
    expect((await offer(['bank', 'wallet'])).status).toBe(200)
    expect((await getStore(shop.ctx)).providers).toEqual(['bank', 'wallet'])
    expect(await (await shop.app.request(`/en/${shop.slug}`)).text()).not.toContain('payments are pretend')
    expect((await offer(['test'])).status).toBe(200)
  })

  test.each([[['nobody']], [[]], [['test', 'test']], ['test'], [['../test']]])(
    'cannot be %j',
    async (providers) => {
      expect((await offer(providers)).status).toBe(422)
      expect((await getStore(shop.ctx)).providers).toEqual(['test'])
    },
  )
})

describe('where forms may lead', () => {
  const policyOf = (answer: Response) => answer.headers.get('content-security-policy')
  const toPay = "form-action 'self' https://store.example;"

  test('is to the providers from the pages that send buyers to pay, and nowhere from all others', async () => {
    const productId = await shop.product([fixed('1150')])
    const { order, key, url } = await shop.order([{ productId }])
    const added = await shop.app.request(`/ar/${shop.slug}/-/cart`, {
      method: 'POST',
      body: new URLSearchParams({ add: productId }),
    })
    const cookie = added.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const checkout = await shop.app.request(`/ar/${shop.slug}/-/checkout`, { headers: { cookie } })
    expect(checkout.status).toBe(200)
    const { pathname, search } = new URL(url)
    const orderPage = await shop.app.request(pathname + search)
    for (const answer of [checkout, orderPage]) {
      expect(policyOf(answer)).toContain(toPay)
      expect(policyOf(answer)?.replace(toPay, "form-action 'self';")).toBe(CONTENT_POLICY)
    }
    const others = [
      `/ar/${shop.slug}`,
      `/ar/${shop.slug}/-/cart`,
      `/ar/${shop.slug}/-/purchases`,
      `/pay/test/${shop.workspaceId}/${order.id}`,
      `/ar/${shop.slug}/-/orders/${order.id}?key=${key}x`,
    ]
    for (const path of others) expect(policyOf(await shop.app.request(path))).toBe(CONTENT_POLICY)
  })

  test('is an origin and nothing that could change the rest of the policy', () => {
    for (const origin of [
      "'unsafe-inline'",
      '*',
      'https://a.example; script-src *',
      'https://a.example/path',
      'javascript:alert(1)',
      '',
    ])
      expect(() => policyWithForms([origin])).toThrow()
    expect(policyWithForms([])).toBe(CONTENT_POLICY)
  })
})
