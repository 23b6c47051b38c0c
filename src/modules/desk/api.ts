import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { stream } from 'hono/streaming'
import { createRouter, type Env, type HttpContext } from '../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../platform/http/openapi.ts'
import { needs } from '../../platform/http/rights.ts'
import { idSchema } from '../../shared/ids.ts'
import { exportRoutes } from './export-routes.ts'
import { csvName, startCsv, type CsvFilter, type CsvName } from './operations/export-list.ts'
import { changeView, keepView, listViews, removeView } from './operations/keep-views.ts'
import { readOverview } from './operations/read-overview.ts'
import { searchAll } from './operations/search-all.ts'
import { overviewSchema } from './overview-schema.ts'
import {
  foundSchema,
  newViewSchema,
  searchQuerySchema,
  updateViewSchema,
  viewFilterSchema,
  viewSchema,
} from './schema.ts'

const params = z.object({ id: idSchema })
const views = ['Saved views']

const searchRoute = createRoute({
  method: 'get',
  path: '/search',
  ...needs('store:read'),
  tags: ['Search'],
  summary: 'Search everything',
  description:
    'Products, orders, customers, mails, entries and accounts of the books, each only to those who may read it. Arabic is found ' +
    'in every spelling. At least two characters; whole lists are at their own routes.',
  request: { query: searchQuerySchema },
  responses: { 200: answer(foundSchema, 'What was found, kind by kind.') },
})

const overviewRoute = createRoute({
  method: 'get',
  path: '/overview',
  ...needs('store:read'),
  tags: ['Overview'],
  summary: 'What waits for a person',
  description:
    'Payments of another amount, mail in trouble, stock that runs out, paused webhooks, drafts: each only to those who may read it.',
  responses: { 200: answer(overviewSchema, 'What waits, the most urgent first.') },
})

const listRoute = createRoute({
  method: 'get',
  path: '/views',
  ...needs('store:read'),
  tags: views,
  summary: 'Saved views of a list',
  description: 'Your own, and those that others of the workspace share.',
  request: { query: viewFilterSchema },
  responses: {
    200: answer(z.object({ items: z.array(viewSchema) }), 'In the order in which they were made.'),
  },
})

const keepRoute = createRoute({
  method: 'post',
  path: '/views',
  ...needs('store:read'),
  tags: views,
  summary: 'Save a view',
  request: { body: jsonBody(newViewSchema) },
  responses: { 201: answer(viewSchema, 'The view.'), ...refusals('conflict') },
})

const changeRoute = createRoute({
  method: 'patch',
  path: '/views/{id}',
  ...needs('store:read'),
  tags: views,
  summary: 'Change a view of your own',
  request: { params, body: jsonBody(updateViewSchema) },
  responses: { 200: answer(viewSchema, 'The view.'), ...refusals('not-found') },
})

const removeRoute = createRoute({
  method: 'delete',
  path: '/views/{id}',
  ...needs('store:read'),
  tags: views,
  summary: 'Remove a view of your own',
  request: { params },
  responses: { 204: { description: 'Removed.' }, ...refusals('not-found') },
})

/** What waits, the search over everything, saved views, and lists as files. */
export const api: OpenAPIHono<Env> = createRouter()
  .openapi(searchRoute, async (c) =>
    c.json({ items: await searchAll(c.get('ctx'), c.req.valid('query')) }, 200),
  )
  .openapi(overviewRoute, async (c) => c.json(await readOverview(c.get('ctx')), 200))
  .openapi(listRoute, async (c) =>
    c.json({ items: await listViews(c.get('ctx'), c.req.valid('query').screen) }, 200),
  )
  .openapi(keepRoute, async (c) => c.json(await keepView(c.get('ctx'), c.req.valid('json')), 201))
  .openapi(changeRoute, async (c) =>
    c.json(await changeView(c.get('ctx'), c.req.valid('param').id, c.req.valid('json')), 200),
  )
  .openapi(removeRoute, async (c) => {
    await removeView(c.get('ctx'), c.req.valid('param').id)
    return c.body(null, 204)
  })
  .openapi(exportRoutes.orders, (c) => send(c, 'orders', c.req.valid('query')))
  .openapi(exportRoutes.products, (c) => send(c, 'products', c.req.valid('query')))
  .openapi(exportRoutes.customers, (c) => send(c, 'customers', c.req.valid('query')))
  .openapi(exportRoutes.messages, (c) => send(c, 'messages', c.req.valid('query')))
  .openapi(exportRoutes.journal, (c) => send(c, 'journal', c.req.valid('query')))
  .openapi(exportRoutes.statement, (c) => send(c, 'statement', c.req.valid('query')))
  .openapi(exportRoutes.accounts, (c) => send(c, 'accounts', {}))
  .openapi(exportRoutes.streams, (c) => send(c, 'streams', c.req.valid('query')))
  .openapi(exportRoutes.streamMoney, (c) => send(c, 'stream-money', c.req.valid('query')))
  .openapi(exportRoutes.streamHours, (c) => send(c, 'stream-hours', c.req.valid('query')))

async function send(c: HttpContext, name: CsvName, filter: CsvFilter): Promise<Response> {
  const ctx = c.get('ctx')
  const write = await startCsv(ctx, name, filter)
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header(
    'content-disposition',
    `attachment; filename="${name}.csv"; filename*=UTF-8''${encodeURIComponent(csvName(ctx, name))}`,
  )
  c.header('cache-control', 'private, no-store')
  return stream(c, (out) => write(async (text) => void (await out.write(text))))
}
