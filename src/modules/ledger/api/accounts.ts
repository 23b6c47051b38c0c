import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { currencySchema } from '../../../shared/currencies.ts'
import { idSchema } from '../../../shared/ids.ts'
import { moneySchema } from '../../../shared/money.ts'
import { addAccount, listAccounts, listChart } from '../operations/list-accounts.ts'
import { pageStatement } from '../operations/page-books.ts'
import { readBalance } from '../operations/read-balance.ts'
import { lastMoment } from '../rules/read-day.ts'
import type { ChartAccount } from '../rules/standard-chart.ts'
import {
  chartAccountSchema,
  codeSchema,
  dayOrInstant,
  money,
  namesOf,
  namesSchema,
  statementQuery,
  tags,
  zone,
} from './shapes.ts'

const accountParams = z.object({ code: codeSchema, currency: currencySchema })
const accountSchema = chartAccountSchema
  .extend({
    currency: currencySchema,
    balance: moneySchema,
    normal: moneySchema,
    pendingDebit: moneySchema,
    pendingCredit: moneySchema,
  })
  .meta({ id: 'LedgerAccount' })

/** An open account, as the API tells it. */
export type ApiAccount = z.infer<typeof accountSchema>

const chartRoute = createRoute({
  method: 'get',
  path: '/ledger/chart',
  ...needs('ledger:read'),
  tags,
  summary: 'The chart of accounts',
  description: 'Every account that can be posted to, opened or not, with its name in both languages.',
  responses: { 200: answer(z.object({ items: z.array(chartAccountSchema) }), 'The chart, by code.') },
})

const newAccountSchema = z.object({
  code: codeSchema,
  name: namesSchema.extend({ ar: z.string().trim().min(1).max(100), en: z.string().trim().min(1).max(100) }),
  contrary: z
    .boolean()
    .default(false)
    .openapi({ description: 'It stands against its type, as drawings do in equity.' }),
  floor: z
    .string()
    .regex(/^-?\d{1,18}$/u)
    .optional()
    .openapi({ description: 'The least balance allowed, in minor units.' }),
})

const addRoute = createRoute({
  method: 'post',
  path: '/ledger/chart',
  ...needs('ledger:write'),
  tags,
  summary: 'Add an account to the chart',
  description:
    'The first digit of its code says its type: 1 assets, 2 liabilities, 3 equity, 4 income, 5 expenses.',
  request: { body: jsonBody(newAccountSchema) },
  responses: {
    201: answer(chartAccountSchema, 'The account.'),
    ...refusals('account-exists', 'unknown-account'),
  },
})

const accountsRoute = createRoute({
  method: 'get',
  path: '/ledger/accounts',
  ...needs('ledger:read'),
  tags,
  summary: 'Open accounts and their balances',
  description: '`balance` counts debits as positive; `normal` is what the account’s owner expects to see.',
  responses: {
    200: answer(z.object({ items: z.array(accountSchema) }), 'The accounts, by code and currency.'),
  },
})

const balanceSchema = z.object({
  balance: moneySchema,
  normal: moneySchema,
  available: moneySchema.nullable(),
  version: z.string().nullable(),
})

/** A balance, as the API tells it. */
export type ApiBalance = z.infer<typeof balanceSchema>

const balanceRoute = createRoute({
  method: 'get',
  path: '/ledger/accounts/{code}/{currency}',
  ...needs('ledger:read'),
  tags,
  summary: 'One balance, of any moment',
  description:
    '`recordedAt`: as the books stood then, which nothing recorded later changes. `effectiveAt`: what had happened by then, as far as is known now. A day means its end.',
  request: {
    params: accountParams,
    query: z.object({
      recordedAt: dayOrInstant.optional(),
      effectiveAt: dayOrInstant.optional(),
      timeZone: zone,
    }),
  },
  responses: {
    200: answer(balanceSchema, 'The balance.'),
    ...refusals('not-found'),
  },
})

const lineSchema = z.object({
  version: z.string(),
  entryId: idSchema,
  effectiveAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  kind: z.string(),
  memo: z.string(),
  source: z.object({ kind: z.string(), id: z.string() }).nullable(),
  amount: moneySchema,
  balance: moneySchema,
})

/** A line of a statement, as the API tells it. */
export type ApiStatementLine = z.infer<typeof lineSchema>

const statementRoute = createRoute({
  method: 'get',
  path: '/ledger/accounts/{code}/{currency}/statement',
  ...needs('ledger:read'),
  tags,
  summary: 'The statement of an account',
  description:
    'The latest recorded first unless `sort` says so, each line with the balance after it. Versions have no gaps.',
  request: {
    params: accountParams,
    query: pageQuery.extend({ sort: statementQuery.shape.sort }),
  },
  responses: { 200: answer(pageOf(lineSchema), 'A page of lines.'), ...refusals('not-found') },
})

/** Chart, balances, statements. */
export function accountsApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(chartRoute, async (c) => c.json({ items: (await listChart(c.get('ctx'))).map(toChart) }, 200))
  api.openapi(addRoute, async (c) => {
    const { code, name, contrary, floor } = c.req.valid('json')
    const floorMinor = floor === undefined ? {} : { floorMinor: BigInt(floor) }
    const added = await addAccount(c.get('ctx'), {
      code,
      nameAr: name.ar,
      nameEn: name.en,
      contrary,
      ...floorMinor,
    })
    return c.json(toChart(added), 201)
  })
  api.openapi(accountsRoute, async (c) => {
    const items = (await listAccounts(c.get('ctx'))).map((account) => ({
      ...toChart(account),
      currency: currencySchema.parse(account.currency),
      balance: money(account.balanceMinor, account.currency),
      normal: money(account.balanceMinor * BigInt(account.sign), account.currency),
      pendingDebit: money(account.pendingDebitMinor, account.currency),
      pendingCredit: money(account.pendingCreditMinor, account.currency),
    }))
    return c.json({ items }, 200)
  })
  api.openapi(balanceRoute, async (c) => {
    const { code, currency } = c.req.valid('param')
    const { recordedAt, effectiveAt, timeZone } = c.req.valid('query')
    const found = await readBalance(c.get('ctx'), {
      account: code,
      currency,
      ...(recordedAt && { recordedAt: lastMoment(recordedAt, timeZone) }),
      ...(effectiveAt && { effectiveAt: lastMoment(effectiveAt, timeZone) }),
    })
    const { balanceMinor, normalMinor, pending, version } = found
    const available = pending === undefined ? null : money(pending.availableMinor, currency)
    return c.json(
      {
        balance: money(balanceMinor, currency),
        normal: money(normalMinor, currency),
        available,
        version: version?.toString() ?? null,
      },
      200,
    )
  })
  api.openapi(statementRoute, async (c) => {
    const { code, currency } = c.req.valid('param')
    const page = await pageStatement(c.get('ctx'), { account: code, currency, ...c.req.valid('query') })
    const items = page.items.map((line) => ({
      version: line.version.toString(),
      entryId: line.entryId,
      effectiveAt: line.effectiveAt.toISOString(),
      recordedAt: line.recordedAt.toISOString(),
      kind: line.kind,
      memo: line.memo,
      source: line.sourceId === null ? null : { kind: line.sourceKind, id: line.sourceId },
      amount: money(line.amountMinor, currency),
      balance: money(line.balanceMinor, currency),
    }))
    return c.json({ items, next: page.next }, 200)
  })
  return api
}

function toChart({ code, type, ...names }: Pick<ChartAccount, 'code' | 'type' | 'nameAr' | 'nameEn'>) {
  return { code, type, name: namesOf(names) }
}
