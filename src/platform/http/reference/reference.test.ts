import { createRoute, z } from '@hono/zod-openapi'
import { describe, expect, test } from 'vitest'
import { moneySchema } from '../../../shared/money.ts'
import type { Ctx } from '../../ctx.ts'
import { createRouter } from '../env.ts'
import { idempotencyHeader } from '../idempotency.ts'
import { answer, jsonBody, refusals } from '../openapi.ts'
import { forSignedIn } from '../rights.ts'
import { operationsOf, type ApiDocument } from './document.ts'
import { createReference } from './index.tsx'
import { exampleOf, rowsOf } from './schema-rows.ts'

const thing = z
  .object({
    id: z.uuid(),
    name: z
      .string()
      .regex(/^\P{Cc}*$/u)
      .openapi({ example: '<script>alert(1)</script>' }),
    price: moneySchema,
    parts: z.array(z.object({ quantity: z.number().int().min(1), note: z.string().nullable() })),
  })
  .openapi('Thing')

const app = createRouter()
app.use(async (c, next) => {
  c.set('ctx', { locale: 'ar' } as Ctx)
  await next()
})
const api = createRouter()
api.openapi(
  createRoute({
    method: 'post',
    path: '/things/{id}',
    tags: ['Products'],
    summary: 'Change a <b>thing</b>',
    description: 'Says `what` it does.',
    ...forSignedIn,
    request: {
      params: z.object({ id: z.uuid() }),
      headers: idempotencyHeader,
      body: jsonBody(thing),
    },
    responses: { 200: answer(thing, 'The thing.'), ...refusals('not-found', 'conflict') },
  }),
  (c) => c.json(c.req.valid('json'), 200),
)
app.route('/api/v1', api)
app.route('/', createReference({ root: app, version: '1.2.3', publicUrl: 'https://store.example' }))

async function readDocument(): Promise<ApiDocument> {
  return (await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument
}

describe('the document', () => {
  test('says what every route may answer without the route having said it', async () => {
    const document = await readDocument()
    const [route] = operationsOf(document)
    expect(route?.path).toBe('/api/v1/things/{id}')
    expect(route?.operation.operationId).toBe('postThingsById')
    const told = Object.entries(route?.operation.responses ?? {}).map(
      ([status, { description }]) => `${status} ${description}`,
    )
    expect(told).toEqual([
      '200 The thing.',
      '400 `malformed`',
      '401 `not-signed-in`, `token-invalid`',
      '403 `not-allowed`, `workspace-required`, `foreign-origin`',
      '404 `not-found`',
      '409 `conflict`, `idempotency-key-reuse`',
      '413 `too-large`',
      '422 `validation`',
      '429 `rate-limited`',
      '500 `internal`',
    ])
  })

  test('has title, server, security schemes, the problem, and a guide', async () => {
    const document = await readDocument()
    expect(document.openapi).toBe('3.1.0')
    expect(document.info.version).toBe('1.2.3')
    expect(document.info.description).toContain('Idempotency-Key')
    expect(document.servers).toEqual([{ url: 'https://store.example' }])
    expect(document.tags).toEqual([
      { name: 'Products', description: expect.stringContaining('store sells') as string },
    ])
    expect(Object.keys(document.components.securitySchemes ?? {})).toEqual(['token', 'session'])
    expect(Object.keys(document.components.schemas ?? {})).toEqual(
      expect.arrayContaining(['Problem', 'Thing', 'Money', 'Currency']),
    )
  })

  test('writes regular expressions without their flags', async () => {
    const { components } = await readDocument()
    expect(components.schemas?.['Thing']?.properties?.['name']?.pattern).toBe('^\\P{Cc}*$')
  })

  test('is sent once: the same bytes again are not', async () => {
    const first = await app.request('/api/v1/openapi.json')
    const etag = first.headers.get('etag') ?? ''
    const again = await app.request('/api/v1/openapi.json', { headers: { 'if-none-match': etag } })
    expect([first.status, again.status, await again.text()]).toEqual([200, 304, ''])
  })
})

describe('the page', () => {
  test('shows route, values, problems and an example, in either frame and without a script', async () => {
    for (const [lang, direction, word] of [
      ['ar', 'rtl', 'المحتوى المُرسَل'],
      ['en', 'ltr', 'Body'],
    ]) {
      const answered = await app.request(`/docs/api?lang=${lang}`)
      expect(answered.headers.get('content-type')).toBe('text/html; charset=utf-8')
      const page = await answered.text()
      expect(page).toContain(`<!doctype html><html lang="${lang}" dir="${direction}">`)
      for (const part of [
        word ?? '',
        'parts[].quantity',
        'idempotency-key-reuse',
        'curl -X POST',
        '&quot;KWD&quot;',
      ])
        expect(page).toContain(part)
      expect(page).not.toMatch(/<script|<b>|\sstyle=|javascript:|\son[a-z]+=/)
      expect(page).toContain('Change a &lt;b&gt;thing&lt;/b&gt;')
      expect(page).not.toMatch(/reference\.(?!css)/)
    }
  })

  test('comes in the language of the request unless another is asked for', async () => {
    expect(await (await app.request('/docs/api')).text()).toContain('<html lang="ar"')
    expect(await (await app.request('/docs/problems?lang=zz')).text()).toContain('<html lang="ar"')
  })

  test('of problems holds both languages and an anchor for each type', async () => {
    const page = await (await app.request('/docs/problems?lang=en')).text()
    expect(page).toContain('id="rate-limited"')
    expect(page).toContain('Wait 30 seconds, then try again.')
    expect(page).toContain('انتظر 30 ثانية')
    expect(page).not.toMatch(/\{\w+\}|undefined/)
  })
})

describe('a schema', () => {
  const document: ApiDocument = {
    openapi: '3.1.0',
    info: { title: '', version: '', description: '' },
    servers: [],
    tags: [],
    paths: {},
    components: {
      schemas: { Loop: { type: 'object', properties: { next: { $ref: '#/components/schemas/Loop' } } } },
    },
  }

  test('that refers to itself ends', () => {
    const loop = { $ref: '#/components/schemas/Loop' }
    expect(JSON.stringify(exampleOf(loop, document)).length).toBeLessThan(200)
    expect(rowsOf({ type: 'object', properties: { a: loop } }, document)).toEqual([
      { path: 'a', type: 'Loop', required: false, description: '', ref: 'Loop' },
    ])
  })
})
