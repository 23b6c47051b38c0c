import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { idempotencyHeader } from '../../../platform/http/idempotency.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { idSchema } from '../../../shared/ids.ts'
import { fromApi, moneySchema } from '../../../shared/money.ts'
import { getEntry, readEntry } from '../operations/list-journal.ts'
import { pageJournal } from '../operations/page-books.ts'
import { postManualEntry, reverseByHand } from '../operations/post-manual-entry.ts'
import { codeSchema, entrySchema, journalQuery, tags, toEntry, wordSchema } from './shapes.ts'

const posting = z.object({
  account: codeSchema,
  amount: moneySchema.refine(({ amount }) => amount !== '0'),
  stream: z.object({ kind: wordSchema, id: z.string().trim().min(1).max(128) }).optional(),
})

const reversalLine = z.object({ line: z.int().min(1).max(1000), amount: moneySchema })

const listRoute = createRoute({
  method: 'get',
  path: '/ledger/entries',
  ...needs('ledger:read'),
  tags,
  summary: 'The journal',
  description:
    'The newest recorded first unless `sort` says so. `account` finds sub-accounts too; `stream` is `kind/id`; `sourceId` finds what an order or payout posted.',
  request: {
    query: pageQuery.extend(journalQuery.shape),
  },
  responses: { 200: answer(pageOf(entrySchema), 'A page of entries.') },
})

const getRoute = createRoute({
  method: 'get',
  path: '/ledger/entries/{id}',
  ...needs('ledger:read'),
  tags,
  summary: 'One entry and its story',
  description:
    'Its postings, who made it and why, what it reverses and what reversed it, and its hash in the integrity chain.',
  request: { params: z.object({ id: idSchema }) },
  responses: { 200: answer(entrySchema, 'The entry.'), ...refusals('not-found') },
})

const postRoute = createRoute({
  method: 'post',
  path: '/ledger/entries',
  ...needs('ledger:write'),
  tags,
  summary: 'Post an entry by hand',
  description: 'Debits are positive, credits negative; they must add up to zero in each currency.',
  request: {
    headers: idempotencyHeader,
    body: jsonBody(
      z.object({
        memo: z.string().trim().max(500).default(''),
        effectiveAt: z.iso.datetime().optional(),
        postings: z.array(posting).min(2).max(200),
      }),
    ),
  },
  responses: {
    201: answer(entrySchema, 'The entry.'),
    ...refusals(
      'insufficient-funds',
      'period-closed',
      'unknown-account',
      'amount-out-of-range',
      'idempotency-key-reuse',
    ),
  },
})

const reverseRoute = createRoute({
  method: 'post',
  path: '/ledger/entries/{id}/reversals',
  ...needs('ledger:write'),
  tags,
  summary: 'Reverse an entry',
  description:
    'Posts the contrary of all that is left of it; with `lines`, of those amounts, each with the sign that its line has. Nothing is ever changed or deleted.',
  request: {
    params: z.object({ id: idSchema }),
    headers: idempotencyHeader,
    body: jsonBody(
      z.object({
        memo: z.string().trim().max(500).default(''),
        effectiveAt: z.iso.datetime().optional(),
        lines: z.array(reversalLine).min(2).max(200).optional(),
      }),
    ),
  },
  responses: {
    201: answer(entrySchema, 'The reversing entry.'),
    ...refusals(
      'not-found',
      'already-reversed',
      'insufficient-funds',
      'period-closed',
      'idempotency-key-reuse',
    ),
  },
})

/** The journal and what a person may write into it. */
export function journalApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(listRoute, async (c) => {
    const { items, next } = await pageJournal(c.get('ctx'), c.req.valid('query'))
    return c.json({ items: items.map(toEntry), next }, 200)
  })
  api.openapi(getRoute, async (c) =>
    c.json(toEntry(await getEntry(c.get('ctx'), c.req.valid('param').id)), 200),
  )
  api.openapi(postRoute, async (c) => {
    const { memo, effectiveAt, postings } = c.req.valid('json')
    const id = await postManualEntry(c.get('ctx'), {
      memo,
      ...(effectiveAt && { effectiveAt: new Date(effectiveAt) }),
      postings: postings.map(({ account, amount, stream }) => ({
        account,
        ...fromApi(amount),
        ...(stream && { stream }),
      })),
      idempotencyKey: c.req.valid('header')['idempotency-key'],
    })
    return c.json(toEntry(await readEntry(c.get('ctx'), id)), 201)
  })
  api.openapi(reverseRoute, async (c) => {
    const { memo, effectiveAt, lines } = c.req.valid('json')
    const id = await reverseByHand(c.get('ctx'), c.req.valid('param').id, {
      memo,
      idempotencyKey: c.req.valid('header')['idempotency-key'],
      ...(effectiveAt && { effectiveAt: new Date(effectiveAt) }),
      ...(lines && {
        lines: lines.map(({ line, amount }) => ({ line, amountMinor: fromApi(amount).amountMinor })),
      }),
    })
    return c.json(toEntry(await readEntry(c.get('ctx'), id)), 201)
  })
  return api
}
