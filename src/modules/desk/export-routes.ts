import { createRoute, z } from '@hono/zod-openapi'
import { needs } from '../../platform/http/rights.ts'
import { messageStatuses } from '../../platform/mail/message.ts'
import { orderFilterSchema } from '../checkout/index.ts'

const tags = ['Lists as files']
const description =
  'Streamed, as large as it is. Heads and states are in the language of the request, times are those of the store; UTF-8 with a ' +
  'mark, so that spreadsheets read it, and no cell is a formula. Narrowed as the list itself.'

const text = z.string().max(254).optional()
const responses = {
  200: {
    description: 'The file.',
    content: { 'text/csv': { schema: z.string() } },
  },
}

/** The routes of lists as files. */
export const exportRoutes = {
  orders: createRoute({
    method: 'get',
    path: '/exports/orders',
    ...needs('orders:read'),
    tags,
    summary: 'Orders as CSV',
    description,
    request: {
      query: orderFilterSchema.omit({ attention: true }),
    },
    responses,
  }),
  products: createRoute({
    method: 'get',
    path: '/exports/products',
    ...needs('products:read'),
    tags,
    summary: 'Products as CSV',
    description,
    request: {
      query: z.object({ status: z.enum(['draft', 'published', 'archived']).optional(), query: text }),
    },
    responses,
  }),
  customers: createRoute({
    method: 'get',
    path: '/exports/customers',
    ...needs('customers:read'),
    tags,
    summary: 'Customers as CSV',
    description,
    request: { query: z.object({ search: text }) },
    responses,
  }),
  messages: createRoute({
    method: 'get',
    path: '/exports/messages',
    ...needs('messages:read'),
    tags,
    summary: 'Mails as CSV',
    description,
    request: { query: z.object({ status: z.enum(messageStatuses).optional() }) },
    responses,
  }),
}
