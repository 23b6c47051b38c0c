import { createRoute, z } from '@hono/zod-openapi'
import type { Right } from '../../platform/authorise.ts'
import { refusals } from '../../platform/http/openapi.ts'
import { needs } from '../../platform/http/rights.ts'
import { messageStatuses } from '../../platform/mail/message.ts'
import { listProductsSchema } from '../catalog/index.ts'
import { customerFilterSchema, orderFilterSchema } from '../checkout/index.ts'
import { journalQuery, statementQuery } from '../ledger/index.ts'
import { streamCsvQuery, streamsCsvQuery } from './operations/csv-streams.ts'

const description =
  'Streamed, as large as it is. Heads and states are in the language of the request, times are those of the store; UTF-8 with a ' +
  'mark, so that spreadsheets read it, and no cell is a formula. Narrowed and sorted as the list itself.'

type Wish<Path extends string, Query extends z.ZodObject> = {
  path: Path
  right: Right
  summary: string
  query: Query
  /** It is about one thing, which may not be there. */
  ofOne?: true
}

function asFile<Path extends string, Query extends z.ZodObject>(wish: Wish<Path, Query>) {
  const { path, right, summary, query, ofOne = false } = wish
  return createRoute({
    method: 'get',
    path,
    ...needs(right),
    tags: ['Lists as files'],
    summary,
    description,
    request: { query },
    responses: {
      200: {
        description: 'The file.',
        content: { 'text/csv': { schema: z.string() } },
      },
      ...(ofOne ? refusals('not-found') : {}),
    },
  })
}

/** The routes of lists as files. */
export const exportRoutes = {
  orders: asFile({
    path: '/exports/orders',
    right: 'orders:read',
    summary: 'Orders as CSV',
    query: orderFilterSchema.omit({ attention: true }),
  }),
  products: asFile({
    path: '/exports/products',
    right: 'products:read',
    summary: 'Products as CSV',
    query: listProductsSchema.omit({ after: true, limit: true }),
  }),
  customers: asFile({
    path: '/exports/customers',
    right: 'customers:read',
    summary: 'Customers as CSV',
    query: customerFilterSchema,
  }),
  messages: asFile({
    path: '/exports/messages',
    right: 'messages:read',
    summary: 'Mails as CSV',
    query: z.object({
      status: z.enum(messageStatuses).optional(),
      sort: z.enum(['-made', 'made']).default('-made'),
    }),
  }),
  journal: asFile({
    path: '/exports/journal',
    right: 'ledger:read',
    summary: 'The journal as CSV, line by line',
    query: journalQuery,
  }),
  statement: asFile({
    path: '/exports/statement',
    right: 'ledger:read',
    summary: 'The statement of an account as CSV',
    query: statementQuery,
    ofOne: true,
  }),
  accounts: asFile({
    path: '/exports/accounts',
    right: 'ledger:read',
    summary: 'Open accounts and their balances as CSV',
    query: z.object({}),
  }),
  streams: asFile({
    path: '/exports/streams',
    right: 'streams:read',
    summary: 'Streams beside one another as CSV',
    query: streamsCsvQuery,
  }),
  streamMoney: asFile({
    path: '/exports/stream-money',
    right: 'streams:read',
    summary: 'What was posted of a stream as CSV',
    query: streamCsvQuery,
    ofOne: true,
  }),
  streamHours: asFile({
    path: '/exports/stream-hours',
    right: 'streams:read',
    summary: 'The hours of a stream as CSV',
    query: streamCsvQuery,
    ofOne: true,
  }),
}
