import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { Env } from '../platform/http/env.ts'
import { keepCart, readCart } from './cart-cookie.ts'

const id = '01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e'

function app(publicUrl = 'http://localhost:4010') {
  return new Hono<Env>()
    .use(async (c, next) => {
      c.set('ctx', { config: { publicUrl } } as never)
      await next()
    })
    .get('/read/:store', (c) => c.json(readCart(c, c.req.param('store')) ?? null))
    .get('/keep/:store/:count', (c) => {
      const count = Number(c.req.param('count'))
      keepCart(c, c.req.param('store'), count === 0 ? undefined : { id, count })
      return c.body(null)
    })
}

const setCookieOf = async (path: string, cookie = '', publicUrl?: string) =>
  (await app(publicUrl).request(path, { headers: { cookie } })).headers.get('set-cookie') ?? ''
const read = async (store: string, cookie: string): Promise<unknown> =>
  (await app().request(`/read/${encodeURIComponent(store)}`, { headers: { cookie } })).json()

describe('the cart’s cookie', () => {
  test('keeps a cart per store, whatever the store’s letters', async () => {
    const [cookie = ''] = (await setCookieOf(`/keep/${encodeURIComponent('متجر')}/3`)).split(';')
    expect(await read('متجر', cookie)).toEqual({ id, count: 3 })
    expect(await read('other', cookie)).toBeNull()
    const [both = ''] = (await setCookieOf('/keep/other/1', cookie)).split(';')
    expect(await read('متجر', both)).toEqual({ id, count: 3 })
    expect(await read('other', both)).toEqual({ id, count: 1 })
    const [one = ''] = (await setCookieOf('/keep/other/0', both)).split(';')
    expect(await read('other', one)).toBeNull()
    expect(await read('متجر', one)).toEqual({ id, count: 3 })
  })

  test('is out of reach of scripts and other sites, and bound to the host over https', async () => {
    const plain = await setCookieOf('/keep/s/1')
    expect(plain).toMatch(/^cart=/)
    expect(plain).toMatch(/HttpOnly/)
    expect(plain).toMatch(/SameSite=Lax/)
    expect(await setCookieOf('/keep/s/1', '', 'https://shop.example')).toMatch(/^__Host-cart=.*Secure/)
  })

  test.each([
    'cart=s:not-an-id:1',
    `cart=s:${id}:-1`,
    `cart=s:${id}:1e9`,
    'cart=%',
    'cart=||||::::',
    `cart=%E0%A4%A:${id}:1`,
    'other=1',
  ])('that says %s is no cart', async (cookie) => {
    expect(await read('s', cookie)).toBeNull()
  })
})
