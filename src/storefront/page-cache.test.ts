import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { Env } from '../platform/http/env.ts'
import { createPageCache, type PageRequest } from './page-cache.ts'

const mark = '<!--cart-->'
const body = `<p>${mark}</p>${'نص طويل '.repeat(200)}`

function served(request: Partial<PageRequest> = {}, maxBytes = 1_000_000) {
  const cache = createPageCache(maxBytes)
  const made: string[] = []
  const app = new Hono<Env>().get('/:key', (c) => {
    const key = c.req.param('key')
    const common = {
      key,
      locale: 'ar',
      revision: c.req.query('revision') ?? '1',
      inCart: Number(c.req.query('cart') ?? 0),
    } as const
    const render = () => {
      made.push(key)
      return Promise.resolve(key === 'old' ? { movedTo: '/new' } : { html: `${body}${key}` })
    }
    return cache.answer(c, { ...common, render, ...request })
  })
  app.onError((_error, c) => c.text('fault', 500))
  const get = async (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })
  return { get, made }
}

describe('the page cache', () => {
  test('makes a page once per revision', async () => {
    const { get, made } = served()
    const [first] = await Promise.all([get('/a'), get('/a'), get('/a')])
    expect(await first.text()).toContain('نص طويل')
    await get('/a')
    expect(made).toEqual(['a'])
    await get('/a?revision=2')
    expect(made).toEqual(['a', 'a'])
  })

  test('answers in the form that the browser takes', async () => {
    const { get } = served()
    const plain = await (await get('/a')).text()
    const br = await get('/a', { 'accept-encoding': 'gzip, deflate, br' })
    expect(br.headers.get('content-encoding')).toBe('br')
    expect(brotliDecompressSync(await br.arrayBuffer()).toString()).toBe(plain)
    const gzip = await get('/a', { 'accept-encoding': 'gzip, br;q=0' })
    expect(gzip.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(await gzip.arrayBuffer()).toString()).toBe(plain)
    expect((await get('/a', { 'accept-encoding': 'identity' })).headers.get('content-encoding')).toBeNull()
  })

  test('spares the browser what it has, but never shows it another cart', async () => {
    const { get } = served()
    const etag = (await get('/a')).headers.get('etag') ?? ''
    expect((await get('/a', { 'if-none-match': etag })).status).toBe(304)
    const withCart = await get('/a?cart=2', { 'if-none-match': etag })
    expect(withCart.status).toBe(200)
    expect(await withCart.text()).toContain('>2</span>')
    expect(await (await get('/a')).text()).not.toContain('badge')
    expect(withCart.headers.get('cache-control')).toBe('private, no-cache')
  })

  test('keeps no more than it may, and drops what was unused the longest', async () => {
    // Room for three pages of this length.
    const { get, made } = served({}, 25_000)
    for (const key of ['a', 'b', 'c', 'a', 'd', 'a']) await get(`/${key}`)
    expect(made).toEqual(['a', 'b', 'c', 'd'])
    made.length = 0
    await get('/b')
    expect(made).toEqual(['b'])
  })

  test('keeps nothing of a page that has moved', async () => {
    const { get, made } = served()
    const moved = await get('/old')
    expect([moved.status, moved.headers.get('location')]).toEqual([301, '/new'])
    await get('/old')
    expect(made).toEqual(['old', 'old'])
  })

  test('keeps nothing of a page that could not be made', async () => {
    let tries = 0
    const { get } = served({
      render: () => Promise.reject(new Error(`try ${++tries}`)),
    })
    expect((await get('/a')).status).toBe(500)
    expect((await get('/a')).status).toBe(500)
    expect(tries).toBe(2)
  })
})
