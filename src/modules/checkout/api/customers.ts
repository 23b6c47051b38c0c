import { createRoute, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer } from '../../../platform/http/openapi.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { needs } from '../../../platform/http/rights.ts'
import { listCustomers } from '../operations/find-buyer.ts'
import { customerSchema } from '../schema.ts'
import { customerFilterSchema } from '../seller-schema.ts'

const listRoute = createRoute({
  method: 'get',
  path: '/customers',
  ...needs('customers:read'),
  tags: ['Customers'],
  summary: 'Those who ordered',
  description:
    'Who ordered last first, unless `sort` says so. `search` is an address or its beginning, or names of those who paid.',
  request: { query: pageQuery.extend(customerFilterSchema.shape) },
  responses: { 200: answer(pageOf(customerSchema), 'A page of customers.') },
})

/** Whom the store knows. */
export function customersApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(listRoute, async (c) => c.json(await listCustomers(c.get('ctx'), c.req.valid('query')), 200))
  return api
}
