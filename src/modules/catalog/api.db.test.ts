import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { serve, type ServerType } from '@hono/node-server'
import { sql } from 'drizzle-orm'
import sharp from 'sharp'
import { Upload } from 'tus-js-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeMember, makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import { systemCtx } from '../../platform/ctx.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import { createRouter } from '../../platform/http/env.ts'
import { answerProblem } from '../../platform/http/problems.ts'
import { resolveActor } from '../workspaces/index.ts'
import { api } from './index.ts'
import { hashFileJob } from './operations/hash-file.ts'
import { receiveFile } from './operations/receive-file.ts'
import { resizePictureJob } from './operations/resize-picture.ts'
import { sweepFiles } from './operations/sweep-files.ts'
import { answerPicture } from './pages/media.ts'

const PORT = 21_488
const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')
const EXE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200), Buffer.from('PE\0\0')])

let services: TestServices
let shop: TestWorkspace
let app: ReturnType<typeof createRouter>
let server: ServerType

beforeAll(async () => {
  services = await testServices()
  shop = await makeWorkspace(services, { currency: 'KWD' })
  app = createRouter()
  app.use(async (c, next) => {
    c.set('ctx', { ...systemCtx(services), actor: { kind: 'anonymous' }, locale: 'en' })
    await next()
  })
  app.use(resolveActor(services))
  app.route('/api/v1', api)
  app.get('/media/:workspace/:picture/:name', answerPicture)
  app.onError((error, c) => answerProblem(c, error))
  server = serve({ fetch: app.fetch, port: PORT, hostname: '127.0.0.1' })
})

afterAll(() => new Promise((resolve) => server.close(resolve)))

// Answers are looked into freely here; the types of the routes are checked where they are made.
type Body = { [key: string]: unknown } & {
  id: string
  type: string
  errors: { pointer: string; detail: string }[]
  items: Body[]
  pictures: {
    id: string
    status: string
    failedReason: string
    renditions: { url: string; width: number; format: string }[]
  }[]
}

async function call(method: string, path: string, body?: unknown, headers = shop.headers) {
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  const response = await app.request(`/api/v1${path}`, init)
  const text = await response.text()
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Body }
}

async function put(name: string, bytes: Uint8Array, headers = shop.headers) {
  const response = await app.request(`/api/v1/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: Buffer.from(bytes),
  })
  return { status: response.status, body: (await response.json()) as Body }
}

const money = (amount: unknown, currency = 'KWD') => ({ mode: 'fixed', price: { amount, currency } })

describe('products over HTTP', () => {
  test('from nothing to a page that anybody can read', async () => {
    const made = await call('POST', '/products', { title: { ar: 'دليل المستقل' }, prices: [money('4500')] })
    expect(made.status).toBe(201)
    const { id } = made.body
    const notYet = await call('POST', `/products/${id}/publish`)
    expect([notYet.status, notYet.body.type]).toEqual([409, '/docs/problems#product-not-ready'])
    expect(notYet.body.errors).toEqual([
      { pointer: '/versions', detail: 'Add at least one file, and wait until it is uploaded.' },
    ])
    const file = await put('دليل.pdf', PDF)
    expect(file.body).toMatchObject({
      name: 'دليل.pdf',
      mediaType: 'application/pdf',
      sizeBytes: PDF.length,
      sha256: createHash('sha256').update(PDF).digest('hex'),
      risky: false,
    })
    const version = await call('POST', `/products/${id}/versions`, { fileIds: [file.body.id] })
    expect(version.status).toBe(201)
    expect((await call('POST', `/products/${id}/publish`)).body).toMatchObject({ status: 'published' })
    const anybody = { 'content-type': 'application/json' }
    const shelf = await call('GET', `/stores/${shop.slug}/products`, undefined, anybody)
    expect(shelf.body.items.map((item) => item.id)).toEqual([id])
    const search = await call(
      'GET',
      `/stores/${shop.slug}/products?query=${encodeURIComponent('الدليل')}`,
      undefined,
      anybody,
    )
    expect(search.body.items.map((item) => item.id)).toEqual([id])
    const page = await call(
      'GET',
      `/stores/${shop.slug}/products/${encodeURIComponent('دليل-المستقل')}`,
      undefined,
      anybody,
    )
    expect(page.body).toMatchObject({ id, prices: [money('4500')], version: { number: 1 } })
    expect((await call('GET', `/stores/${shop.slug}/products/none`, undefined, anybody)).status).toBe(404)
    expect((await call('GET', '/stores/no-such-store', undefined, anybody)).status).toBe(404)
    expect(JSON.stringify(page.body)).not.toContain('storageKey')
  })

  test.each<[string, unknown, string]>([
    ['a number as money', { prices: [money(45)] }, '/prices/0/price/amount'],
    ['a decimal as money', { prices: [money('4.5')] }, '/prices/0/price/amount'],
    ['a negative amount', { prices: [money('-1')] }, '/prices/0/price/amount'],
    ['a huge amount', { prices: [money('9'.repeat(30))] }, '/prices/0/price/amount'],
    ['an unknown currency', { prices: [money('1', 'ZZZ')] }, '/prices/0/price/currency'],
    ['a currency not sold in', { prices: [money('1', 'USD')] }, '/prices/0'],
    ['a text as a title', { title: 'عنوان' }, '/title'],
    ['control characters', { title: { ar: 'عن\u0000وان' } }, '/title/ar'],
    ['half a surrogate pair', { title: { ar: '\ud800' } }, '/title/ar'],
    ['too long a title', { title: { en: 'x'.repeat(151) } }, '/title/en'],
    ['an unknown field', { tittle: { ar: 'س' } }, ''],
    ['an unknown kind', { kind: 'spaceship' }, '/kind'],
    ['settings that the kind has not', { settings: { turbo: true } }, '/settings'],
    ['a slug with a slash', { slug: '../admin' }, '/slug'],
    ['a short slug in Arabic', { shortSlug: 'دليل' }, '/shortSlug'],
    ['half a copy', { stockLimit: 1.5 }, '/stockLimit'],
    ['fewer copies than none', { stockLimit: -1 }, '/stockLimit'],
  ])('%s is refused where it stands, and makes nothing', async (_name, body, pointer) => {
    const before = (await call('GET', '/products?limit=100')).body.items.length
    const refused = await call('POST', '/products', body)
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([422, pointer])
    expect(refused.body.errors[0]?.detail).not.toMatch(/problems\.|Invalid input/)
    expect((await call('GET', '/products?limit=100')).body.items).toHaveLength(before)
  })

  test('malformed JSON, unknown ids and other people', async () => {
    const malformed = await app.request('/api/v1/products', {
      method: 'POST',
      headers: shop.headers,
      body: '{"title":',
    })
    expect(malformed.status).toBe(400)
    expect((await call('GET', '/products/not-an-id')).status).toBe(422)
    expect((await call('GET', `/products/${services.ids.next()}`)).status).toBe(404)
    expect((await call('POST', '/products', {}, { 'content-type': 'application/json' })).status).toBe(401)
    const support = await makeMember(services, shop.workspaceId, { role: 'support' })
    expect((await call('POST', '/products', {}, support.headers)).status).toBe(403)
    const stranger = await makeWorkspace(services)
    const { id } = (await call('POST', '/products', { title: { ar: 'لي' } })).body
    expect((await call('PATCH', `/products/${id}`, { title: { ar: 'لك' } }, stranger.headers)).status).toBe(
      404,
    )
    expect((await call('GET', '/products?after=bm90LWEtY3Vyc29y')).status).toBe(422)
  })

  test('the settings of the store', async () => {
    const changed = await call('PATCH', '/store', {
      currencies: ['KWD', 'SAR'],
      country: 'KW',
      timeZone: 'Asia/Kuwait',
    })
    expect(changed.body).toMatchObject({ currencies: ['KWD', 'SAR'], country: 'KW', timeZone: 'Asia/Kuwait' })
    for (const bad of [
      { currencies: [] },
      { currencies: ['KWD', 'KWD'] },
      { taxRateBps: 10_001 },
      { timeZone: 'Mars/Base' },
      { country: 'kw' },
      { supportEmail: 'me' },
    ])
      expect((await call('PATCH', '/store', bad)).status).toBe(422)
    expect((await call('PATCH', '/store', { currencies: ['SAR'] })).body.type).toBe(
      '/docs/problems#currency-in-use',
    )
  })
})

describe('files', () => {
  test.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\Users\\me\\دليل.pdf', 'دليل.pdf'],
    ['a\u0000b\n.pdf', 'ab.pdf'],
    ['annex\u202Efdp.exe', 'annexfdp.exe'],
    ['...hidden.pdf', 'hidden.pdf'],
  ])('the name %j becomes %j', async (name, expected) => {
    expect((await put(name, PDF)).body['name']).toBe(expected)
  })

  test('a name of which nothing is left is refused', async () => {
    const refused = await put('../..', PDF)
    expect([refused.status, refused.body.errors[0]?.pointer]).toEqual([422, '/name'])
  })

  test.each<[string, Buffer, string, boolean]>([
    ['book.pdf', EXE, 'application/x-msdownload', true],
    ['book.pdf', PDF, 'application/pdf', false],
    ['notes.md', Buffer.from('# عنوان'), 'text/markdown', false],
    ['run.txt', Buffer.from('#!/bin/sh\nrm -rf /'), 'application/x-sh', true],
    ['setup.exe', Buffer.from('just text'), 'text/plain', true],
    ['data.bin', Buffer.from([0, 1, 2, 255]), 'application/octet-stream', false],
  ])('%s is what its bytes say (%#)', async (name, bytes, mediaType, risky) => {
    expect((await put(name, bytes)).body).toMatchObject({ mediaType, risky })
  })

  test('a stream that breaks off leaves neither a record nor bytes', async () => {
    const before = (await call('GET', '/files?limit=100')).body.items.length
    const broken = function* () {
      yield PDF
      throw new Error('gone')
    }
    await expect(receiveFile(shop.ctx, { name: 'a.pdf', body: Readable.from(broken()) })).rejects.toThrow(
      'gone',
    )
    expect((await call('GET', '/files?limit=100')).body.items).toHaveLength(before)
    const keys: string[] = []
    for await (const { key } of services.files.list(`${shop.workspaceId}/files/`)) keys.push(key)
    expect(keys).toHaveLength(before)
  })

  test('what a crash left in storage is removed after a day, and nothing else', async () => {
    const orphan = `${shop.workspaceId}/files/${services.ids.next()}`
    await services.files.put(orphan, PDF, 'application/pdf')
    const kept = (await put('kept.pdf', PDF)).body.id
    await sweepFiles(systemCtx(services))
    expect(await services.files.size(orphan)).toBe(PDF.length)
    const tomorrow = { now: () => new Date(Date.now() + 25 * 3_600_000) }
    await sweepFiles({ ...systemCtx(services), clock: tomorrow })
    expect(await services.files.size(orphan)).toBeUndefined()
    expect(await services.files.size(`${shop.workspaceId}/files/${kept}`)).toBe(PDF.length)
  })
})

describe('resumable uploads', () => {
  const endpoint = `http://127.0.0.1:${PORT}/api/v1/uploads`
  const bytes = Buffer.concat([PDF, Buffer.alloc(3_000_000, 'رافد')])

  function upload(options: {
    stopAt?: number
    url?: string
    filename?: string
    headers?: Record<string, string>
  }) {
    return new Promise<{ url: string; finished: boolean }>((resolve, reject) => {
      const { authorization = '' } = options.headers ?? shop.headers
      const task: Upload = new Upload(bytes, {
        endpoint,
        chunkSize: 512 * 1024,
        retryDelays: [],
        headers: { authorization },
        metadata: { filename: options.filename ?? 'كتاب.pdf' },
        ...(options.url === undefined ? {} : { uploadUrl: options.url }),
        onError: reject,
        onSuccess: () => resolve({ url: task.url ?? '', finished: true }),
        onChunkComplete: (_size, accepted) => {
          if (options.stopAt === undefined || accepted < options.stopAt) return
          void task.abort().then(() => resolve({ url: task.url ?? '', finished: false }))
        },
      })
      task.start()
    })
  }

  const idOf = (url: string) => url.slice(url.lastIndexOf('/') + 1)
  const head = (url: string, headers: Record<string, string> = shop.headers) =>
    fetch(url, { method: 'HEAD', headers: { ...headers, 'tus-resumable': '1.0.0' } })

  test('are invisible until the last byte, go on where they stopped, and are hashed', async () => {
    const stopped = await upload({ stopAt: 1_000_000 })
    expect(stopped.finished).toBe(false)
    expect((await call('GET', `/files/${idOf(stopped.url)}`)).status).toBe(404)
    expect(Number((await head(stopped.url)).headers.get('upload-offset'))).toBeGreaterThanOrEqual(1_000_000)
    const done = await upload({ url: stopped.url })
    expect(done).toEqual({ url: stopped.url, finished: true })
    const id = idOf(done.url)
    const file = await call('GET', `/files/${id}`)
    expect(file.body).toMatchObject({
      name: 'كتاب.pdf',
      sizeBytes: bytes.length,
      mediaType: 'application/pdf',
      sha256: null,
    })
    await hashFileJob.handler(systemCtx(services, shop.workspaceId), [{ fileId: id }])
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect((await call('GET', `/files/${id}`)).body['sha256']).toBe(sha256)
    const again = await head(done.url)
    expect([again.status, again.headers.get('upload-offset')]).toEqual([200, String(bytes.length)])
  })

  test('that were complete just before a crash become files when the client asks', async () => {
    const { url } = await upload({})
    const id = idOf(url)
    const storageKey = `${shop.workspaceId}/files/${id}`
    // What the disk looks like between the last byte and the record.
    await transaction(shop.ctx, (tx) =>
      rows(tx, sql`DELETE FROM files WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`),
    )
    await services.files.remove(storageKey)
    const store = await services.files.uploads.dataStore()
    const { Upload: Growing } = await import('@tus/server')
    await store.create(
      new Growing({ id: storageKey, size: PDF.length, offset: 0, metadata: { filename: 'b.pdf' } }),
    )
    await store.write(Readable.from([PDF]), storageKey, 0)
    expect((await head(url)).status).toBe(200)
    expect((await call('GET', `/files/${id}`)).body).toMatchObject({ name: 'b.pdf', sizeBytes: PDF.length })
  })

  test('are nobody else’s, and nobody’s without the right', async () => {
    const { url } = await upload({ stopAt: 1 })
    const stranger = await makeWorkspace(services)
    expect((await head(url, stranger.headers)).status).toBe(404)
    expect((await head(url, {})).status).toBe(401)
    expect((await fetch(url, { headers: shop.headers })).status).toBe(404)
    const analyst = await makeMember(services, shop.workspaceId, { role: 'analyst' })
    await expect(upload({ headers: analyst.headers })).rejects.toThrow('403')
    const gone = await fetch(url, {
      method: 'DELETE',
      headers: { ...shop.headers, 'tus-resumable': '1.0.0' },
    })
    expect([gone.status, (await head(url)).status]).toEqual([204, 404])
  })

  test('of more than 5 GB, of no name, or with a wrong offset are refused', async () => {
    const begin = (length: string, name: string) =>
      fetch(endpoint, {
        method: 'POST',
        headers: {
          authorization: shop.headers['authorization'] ?? '',
          'tus-resumable': '1.0.0',
          'upload-length': length,
          'upload-metadata': `filename ${Buffer.from(name).toString('base64')}`,
        },
      })
    const large = await begin(String(5 * 1024 ** 3 + 1), 'a.zip')
    expect([large.status, ((await large.json()) as Body).type]).toEqual([
      413,
      '/docs/problems#file-too-large',
    ])
    expect((await begin('10', '/')).status).toBe(422)
    const begun = await begin('10', 'a.txt')
    expect(begun.status).toBe(201)
    const wrong = await fetch(new URL(begun.headers.get('location') ?? '', endpoint), {
      method: 'PATCH',
      headers: {
        authorization: shop.headers['authorization'] ?? '',
        'tus-resumable': '1.0.0',
        'upload-offset': '5',
        'content-type': 'application/offset+octet-stream',
      },
      body: 'hello',
    })
    expect([wrong.status, ((await wrong.json()) as Body).type]).toEqual([409, '/docs/problems#conflict'])
  })
})

describe('pictures', () => {
  const resize = (pictureId: string) =>
    resizePictureJob.handler(systemCtx(services, shop.workspaceId), [{ pictureId }])
  const drawn = (background: string) =>
    sharp({ create: { width: 1000, height: 500, channels: 3, background } })
      .png()
      .toBuffer()

  test('are resized in the background, ordered, served for good and taken away', async () => {
    const { id } = (await call('POST', '/products', { title: { en: 'With pictures' } })).body
    for (const colour of ['#0a7', '#07a']) {
      const file = await put(`${colour}.png`, await drawn(colour))
      const added = await call('POST', `/products/${id}/pictures`, {
        fileId: file.body.id,
        alt: { ar: 'غلاف' },
      })
      expect([added.status, added.body.pictures.at(-1)?.status]).toEqual([201, 'pending'])
    }
    const [first, second] = (await call('GET', `/products/${id}`)).body.pictures.map((picture) => picture.id)
    await resize(first ?? '')
    await resize(first ?? '')
    const ready = (await call('GET', `/products/${id}`)).body.pictures[0]
    expect(ready?.status).toBe('ready')
    expect(ready?.renditions.map(({ format, width }) => `${width}.${format}`)).toEqual(
      ['avif', 'webp', 'jpeg'].flatMap((format) => [400, 800, 1000].map((width) => `${width}.${format}`)),
    )
    const url = ready?.renditions.find(({ format }) => format === 'webp')?.url ?? ''
    const served = await app.request(url)
    expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/webp'])
    expect(served.headers.get('cache-control')).toContain('immutable')
    expect((await sharp(Buffer.from(await served.arrayBuffer())).metadata()).width).toBe(400)
    for (const bad of [
      url.replace('400.', '401.'),
      url.replace('.webp', '.svg'),
      url.replace(/\d+\.webp$/, '..%2F..%2Fx'),
    ])
      expect((await app.request(bad)).status).toBe(404)
    const reordered = await call('PUT', `/products/${id}/pictures/order`, { pictureIds: [second, first] })
    expect(reordered.body.pictures.map((picture) => picture.id)).toEqual([second, first])
    for (const pictureIds of [[first], [first, first], [first, second, services.ids.next()]])
      expect((await call('PUT', `/products/${id}/pictures/order`, { pictureIds })).status).toBe(422)
    const removed = await call('DELETE', `/products/${id}/pictures/${second}`)
    expect(removed.body.pictures.map((picture) => picture.id)).toEqual([first])
  })

  test('must be pictures, whatever their names say', async () => {
    const { id } = (await call('POST', '/products', {})).body
    const disguised = await put('cover.png', EXE)
    const refused = await call('POST', `/products/${id}/pictures`, { fileId: disguised.body.id })
    expect([refused.status, refused.body.type]).toEqual([415, '/docs/problems#wrong-file-type'])
    const svg = await put(
      'cover.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
    )
    expect((await call('POST', `/products/${id}/pictures`, { fileId: svg.body.id })).status).toBe(415)
    expect((await call('POST', `/products/${id}/pictures`, { fileId: services.ids.next() })).status).toBe(422)
    const cut = await put('cut.png', (await drawn('#333')).subarray(0, 200))
    const added = await call('POST', `/products/${id}/pictures`, { fileId: cut.body.id })
    await resize(added.body.pictures[0]?.id ?? '')
    expect((await call('GET', `/products/${id}`)).body.pictures[0]).toMatchObject({
      status: 'failed',
      failedReason: 'damaged',
    })
  })
})
