import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { createRouter, type Env, type HttpContext } from '../../../platform/http/env.ts'
import { answer, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { currencySchema, type CurrencyCode } from '../../../shared/currencies.ts'
import {
  readBalanceSheet,
  readIncomeStatement,
  readStreamResults,
  readTrialBalance,
  type ReportLine,
} from '../operations/read-reports.ts'
import { printReport, REPORT_NAMES } from '../operations/print-report.ts'
import { endOf, startOf } from '../rules/read-day.ts'
import { ACCOUNT_TYPES } from '../rules/standard-chart.ts'
import { codeSchema, money, namesOf, namesSchema, periodQuery, sumSchema, tags } from './shapes.ts'

const query = periodQuery.extend({
  currency: currencySchema.optional().openapi({
    description: 'Report in this currency, at the rates of the days. A missing rate is said, never assumed.',
  }),
})

const lineSchema = z
  .object({
    code: codeSchema,
    currency: currencySchema,
    type: z.enum(ACCOUNT_TYPES),
    name: namesSchema,
    amount: sumSchema,
    contrary: z.boolean().openapi({ description: 'It stands against its type: the total is less by it.' }),
  })
  .meta({ id: 'ReportLine' })

/** An account in a report, as the API tells it. */
export type ApiReportLine = z.infer<typeof lineSchema>

const trialBalanceSchema = z.object({
  lines: z.array(lineSchema.extend({ debit: sumSchema, credit: sumSchema })),
  totals: z.array(z.object({ currency: currencySchema, debit: sumSchema, credit: sumSchema })),
})

/** A trial balance, as the API tells it. */
export type ApiTrialBalance = z.infer<typeof trialBalanceSchema>

const incomeSchema = z.object({
  income: z.array(lineSchema),
  expenses: z.array(lineSchema),
  totals: z.array(
    z.object({ currency: currencySchema, income: sumSchema, expenses: sumSchema, result: sumSchema }),
  ),
})

/** An income statement, as the API tells it. */
export type ApiIncomeStatement = z.infer<typeof incomeSchema>

const sheetSchema = z.object({
  assets: z.array(lineSchema),
  liabilities: z.array(lineSchema),
  equity: z.array(lineSchema),
  totals: z.array(
    z.object({
      currency: currencySchema,
      assets: sumSchema,
      liabilities: sumSchema,
      equity: sumSchema,
      earnings: sumSchema,
      translation: sumSchema,
    }),
  ),
})

/** A balance sheet, as the API tells it. */
export type ApiBalanceSheet = z.infer<typeof sheetSchema>

const streamSchema = z.object({
  stream: z.object({ kind: z.string(), id: z.string() }).nullable(),
  income: sumSchema,
  expenses: sumSchema,
  result: sumSchema,
})

/** What one stream earned and cost, as the API tells it. */
export type ApiStreamResult = z.infer<typeof streamSchema>

const trialBalanceRoute = createRoute({
  method: 'get',
  path: '/ledger/reports/trial-balance',
  ...needs('ledger:read'),
  tags,
  summary: 'Trial balance',
  description: 'Of now, or of everything effective up to the end of `to`.',
  request: { query },
  responses: { 200: answer(trialBalanceSchema, 'Lines by code, totals per currency.') },
})

const incomeRoute = createRoute({
  method: 'get',
  path: '/ledger/reports/income-statement',
  ...needs('ledger:read'),
  tags,
  summary: 'Income statement',
  request: { query },
  responses: { 200: answer(incomeSchema, 'Income, expenses and the result.'), ...refusals('rate-missing') },
})

const sheetRoute = createRoute({
  method: 'get',
  path: '/ledger/reports/balance-sheet',
  ...needs('ledger:read'),
  tags,
  summary: 'Balance sheet',
  description:
    'In one currency, balances are translated at the last day’s rate and earnings at the rate of each day; `translation` is the difference.',
  request: { query },
  responses: { 200: answer(sheetSchema, 'What is owned, owed and left.'), ...refusals('rate-missing') },
})

const streamsRoute = createRoute({
  method: 'get',
  path: '/ledger/reports/streams',
  ...needs('ledger:read'),
  tags,
  summary: 'Result per stream',
  description: 'What each product, service or holding earned and cost; the greatest result first.',
  request: { query },
  responses: {
    200: answer(z.object({ items: z.array(streamSchema) }), 'One item per stream and currency.'),
    ...refusals('rate-missing'),
  },
})

const files = {
  'trial-balance.pdf': REPORT_NAMES[0],
  'income-statement.pdf': REPORT_NAMES[1],
  'balance-sheet.pdf': REPORT_NAMES[2],
}
const fileNames = Object.keys(files) as [keyof typeof files, ...(keyof typeof files)[]]

const pdfRoute = createRoute({
  method: 'get',
  path: '/ledger/reports/{file}',
  ...needs('ledger:read'),
  tags,
  summary: 'A report as PDF',
  description: 'In the language of the request, which `lang` overrides.',
  request: {
    params: z.object({ file: z.enum(fileNames) }),
    query: query.extend({ lang: z.enum(['ar', 'en']).optional() }),
  },
  responses: {
    200: {
      description: 'The document.',
      content: { 'application/pdf': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...refusals('rate-missing'),
  },
})

/** Reports. */
export function reportsApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(trialBalanceRoute, async (c) => {
    const { to, timeZone } = c.req.valid('query')
    const { lines, totals } = await readTrialBalance(
      c.get('ctx'),
      to === undefined ? {} : { before: endOf(to, timeZone) },
    )
    return c.json(
      {
        lines: lines.map((line) => ({
          ...toLine(line),
          debit: money(line.debitMinor, line.currency),
          credit: money(line.creditMinor, line.currency),
        })),
        totals: totals.map(({ currency, debitMinor, creditMinor }) => ({
          currency,
          debit: money(debitMinor, currency),
          credit: money(creditMinor, currency),
        })),
      },
      200,
    )
  })
  api.openapi(incomeRoute, async (c) => {
    const { income, expenses, totals } = await readIncomeStatement(
      c.get('ctx'),
      periodOf(c, c.req.valid('query')),
    )
    const sums = totals.map(({ currency, incomeMinor, expensesMinor, resultMinor }) => ({
      currency,
      income: money(incomeMinor, currency),
      expenses: money(expensesMinor, currency),
      result: money(resultMinor, currency),
    }))
    return c.json({ income: income.map(toLine), expenses: expenses.map(toLine), totals: sums }, 200)
  })
  api.openapi(sheetRoute, async (c) => {
    const { from: _, ...period } = periodOf(c, c.req.valid('query'))
    const { assets, liabilities, equity, totals } = await readBalanceSheet(c.get('ctx'), period)
    const sums = totals.map((total) => ({
      currency: total.currency,
      assets: money(total.assetsMinor, total.currency),
      liabilities: money(total.liabilitiesMinor, total.currency),
      equity: money(total.equityMinor, total.currency),
      earnings: money(total.earningsMinor, total.currency),
      translation: money(total.translationMinor, total.currency),
    }))
    return c.json(
      {
        assets: assets.map(toLine),
        liabilities: liabilities.map(toLine),
        equity: equity.map(toLine),
        totals: sums,
      },
      200,
    )
  })
  api.openapi(streamsRoute, async (c) => {
    const results = await readStreamResults(c.get('ctx'), periodOf(c, c.req.valid('query')))
    const items = results.map(({ stream, currency, incomeMinor, expensesMinor, resultMinor }) => ({
      stream,
      income: money(incomeMinor, currency),
      expenses: money(expensesMinor, currency),
      result: money(resultMinor, currency),
    }))
    return c.json({ items }, 200)
  })
  api.openapi(pdfRoute, async (c) => {
    const { lang, timeZone, ...rest } = c.req.valid('query')
    const { file } = c.req.valid('param')
    const ctx = lang === undefined ? c.get('ctx') : { ...c.get('ctx'), locale: lang }
    const bytes = await printReport(ctx, files[file], { ...periodOf(c, { ...rest, timeZone }), timeZone })
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="${file}"`,
      'cache-control': 'private, no-store',
    })
  })
  return api
}

type Query = z.infer<typeof query>

function periodOf(
  c: HttpContext,
  { from, to, timeZone, currency }: Query,
): { from?: Date; before: Date; currency?: CurrencyCode } {
  const before = to === undefined ? new Date(c.get('ctx').clock.now().getTime() + 1) : endOf(to, timeZone)
  return { before, ...(from && { from: startOf(from, timeZone) }), ...(currency && { currency }) }
}

function toLine({ code, currency, type, amountMinor, contrary, ...names }: ReportLine) {
  return { code, currency, type, name: namesOf(names), amount: money(amountMinor, currency), contrary }
}
