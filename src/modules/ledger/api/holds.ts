import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { idempotencyHeader } from '../../../platform/http/idempotency.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { decodeIdCursor, encodeCursor, pageOf, pageQuery, toPage } from '../../../platform/http/page.ts'
import { currencySchema } from '../../../shared/currencies.ts'
import { idSchema } from '../../../shared/ids.ts'
import { fromApi, moneySchema, positiveMoneySchema } from '../../../shared/money.ts'
import { exchangeByHand } from '../operations/exchange-by-hand.ts'
import { holdByHand, postHoldByHand, voidHoldByHand } from '../operations/hold-by-hand.ts'
import { readEntry } from '../operations/list-journal.ts'
import { getHold, listHolds, readHold, type Hold } from '../operations/list-holds.ts'
import { codeSchema, entrySchema, money, tags, toEntry } from './shapes.ts'

const memo = z.string().trim().max(500).default('')

const holdSchema = z
  .object({
    id: idSchema,
    kind: z.string(),
    debit: codeSchema,
    credit: codeSchema,
    amount: moneySchema,
    posted: moneySchema,
    voided: moneySchema,
    expired: moneySchema,
    pending: moneySchema,
    memo: z.string(),
    recordedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    resolvedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'LedgerHold', description: '`amount` = `posted` + `voided` + `expired` + `pending`.' })

/** An amount set aside, as the API tells it. */
export type ApiHold = z.infer<typeof holdSchema>

const listRoute = createRoute({
  method: 'get',
  path: '/ledger/holds',
  ...needs('ledger:read'),
  tags,
  summary: 'Holds',
  description:
    'Amounts set aside, the newest first. `account` finds those that will debit or credit it; with `open`, only those of which something is pending.',
  request: {
    query: pageQuery.extend({
      account: codeSchema.optional(),
      currency: currencySchema.optional(),
      open: z.enum(['true', 'false']).default('false'),
    }),
  },
  responses: { 200: answer(pageOf(holdSchema), 'A page of holds.') },
})

const getRoute = createRoute({
  method: 'get',
  path: '/ledger/holds/{id}',
  ...needs('ledger:read'),
  tags,
  summary: 'One hold',
  request: { params: z.object({ id: idSchema }) },
  responses: { 200: answer(holdSchema, 'The hold.'), ...refusals('not-found') },
})

const holdRoute = createRoute({
  method: 'post',
  path: '/ledger/holds',
  ...needs('ledger:write'),
  tags,
  summary: 'Set an amount aside',
  description:
    'What will be taken is no longer available, what will be given is not there yet. It stays so until the hold is posted or voided, or expires.',
  request: {
    headers: idempotencyHeader,
    body: jsonBody(
      z.object({
        debit: codeSchema,
        credit: codeSchema,
        amount: positiveMoneySchema,
        memo,
        expiresAt: z.iso.datetime().optional(),
      }),
    ),
  },
  responses: {
    201: answer(holdSchema, 'The hold.'),
    ...refusals('insufficient-funds', 'unknown-account', 'amount-out-of-range', 'idempotency-key-reuse'),
  },
})

const postRoute = createRoute({
  method: 'post',
  path: '/ledger/holds/{id}/postings',
  ...needs('ledger:write'),
  tags,
  summary: 'Post a hold',
  description:
    'Posts all that is pending, or `amount` of it, under the memo of the hold if none is given. Unless `final` is false, what is left is voided then.',
  request: {
    params: z.object({ id: idSchema }),
    headers: idempotencyHeader,
    body: jsonBody(
      z.object({
        amount: positiveMoneySchema.optional(),
        final: z.boolean().default(true),
        effectiveAt: z.iso.datetime().optional(),
        memo,
      }),
    ),
  },
  responses: {
    201: answer(entrySchema, 'The entry that posts it.'),
    ...refusals(
      'not-found',
      'hold-resolved',
      'insufficient-funds',
      'period-closed',
      'amount-out-of-range',
      'idempotency-key-reuse',
    ),
  },
})

const voidRoute = createRoute({
  method: 'post',
  path: '/ledger/holds/{id}/void',
  ...needs('ledger:write'),
  tags,
  summary: 'Void a hold',
  description: 'Frees what is pending of it. What was posted stays.',
  request: { params: z.object({ id: idSchema }) },
  responses: { 200: answer(holdSchema, 'The hold.'), ...refusals('not-found', 'hold-resolved') },
})

const side = z.object({ account: codeSchema, amount: positiveMoneySchema })

const exchangeRoute = createRoute({
  method: 'post',
  path: '/ledger/exchanges',
  ...needs('ledger:write'),
  tags,
  summary: 'Exchange currency',
  description:
    'What was given of one currency and got of another, as the bank says it; the rate is the one amount over the other. It goes through the pair’s account of equity (`3900.kwd-usd`). With `base`, one of the two currencies, what the exchange gained or lost against the average cost is posted with it (4900, 5900).',
  request: {
    headers: idempotencyHeader,
    body: jsonBody(
      z.object({
        from: side,
        to: side,
        base: currencySchema.optional(),
        effectiveAt: z.iso.datetime().optional(),
        memo,
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

/** Amounts set aside, and exchanges between currencies. */
export function holdsApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(listRoute, async (c) => {
    const { limit, after, open, account, currency } = c.req.valid('query')
    const found = await listHolds(c.get('ctx'), {
      account,
      currency,
      open: open === 'true',
      limit: limit + 1,
      ...(after && { after: decodeIdCursor(after) }),
    })
    return c.json(
      toPage(found.map(toHold), limit, ({ id }) => encodeCursor([id])),
      200,
    )
  })
  api.openapi(getRoute, async (c) =>
    c.json(toHold(await getHold(c.get('ctx'), c.req.valid('param').id)), 200),
  )
  api.openapi(holdRoute, async (c) => {
    const { debit, credit, amount, expiresAt, ...rest } = c.req.valid('json')
    const id = await holdByHand(c.get('ctx'), {
      debit,
      credit,
      ...fromApi(amount),
      ...rest,
      ...(expiresAt && { expiresAt: new Date(expiresAt) }),
      idempotencyKey: c.req.valid('header')['idempotency-key'],
    })
    return c.json(toHold(await readHold(c.get('ctx'), id)), 201)
  })
  api.openapi(postRoute, async (c) => {
    const { amount, effectiveAt, ...rest } = c.req.valid('json')
    const id = await postHoldByHand(c.get('ctx'), c.req.valid('param').id, {
      ...(amount && { amount: fromApi(amount) }),
      ...rest,
      ...(effectiveAt && { effectiveAt: new Date(effectiveAt) }),
      idempotencyKey: c.req.valid('header')['idempotency-key'],
    })
    return c.json(toEntry(await readEntry(c.get('ctx'), id)), 201)
  })
  api.openapi(voidRoute, async (c) => {
    const { id } = c.req.valid('param')
    await voidHoldByHand(c.get('ctx'), id)
    return c.json(toHold(await readHold(c.get('ctx'), id)), 200)
  })
  api.openapi(exchangeRoute, async (c) => {
    const { from, to, base, effectiveAt, memo: why } = c.req.valid('json')
    const id = await exchangeByHand(c.get('ctx'), {
      from: { account: from.account, ...fromApi(from.amount) },
      to: { account: to.account, ...fromApi(to.amount) },
      memo: why,
      ...(base && { base }),
      ...(effectiveAt && { effectiveAt: new Date(effectiveAt) }),
      idempotencyKey: c.req.valid('header')['idempotency-key'],
    })
    return c.json(toEntry(await readEntry(c.get('ctx'), id)), 201)
  })
  return api
}

function toHold(hold: Hold): ApiHold {
  const { currency, recordedAt, expiresAt, resolvedAt } = hold
  return {
    id: hold.id,
    kind: hold.kind,
    debit: hold.debit,
    credit: hold.credit,
    amount: money(hold.amountMinor, currency),
    posted: money(hold.postedMinor, currency),
    voided: money(hold.voidedMinor, currency),
    expired: money(hold.expiredMinor, currency),
    pending: money(hold.pendingMinor, currency),
    memo: hold.memo,
    recordedAt: recordedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    resolvedAt: resolvedAt?.toISOString() ?? null,
  }
}
