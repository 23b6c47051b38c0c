import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { Invalid } from '../../../platform/errors.ts'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { pageOf, pageQuery } from '../../../platform/http/page.ts'
import { needs } from '../../../platform/http/rights.ts'
import { withRight } from '../../../platform/authorise.ts'
import { getMoneySettings, setMoneySettings } from '../operations/money-settings.ts'
import { listParallelRates, removeParallelRate, setParallelRates } from '../operations/parallel-rates.ts'
import {
  importPriceSeries,
  listPriceSeries,
  listSeriesKeys,
  removeSeriesMonth,
  setPriceSeries,
} from '../operations/price-series.ts'
import { readPurchasingPower } from '../operations/read-purchasing-power.ts'
import {
  monthSchema,
  moneySettingsSchema,
  parallelRateSchema,
  purchasingPowerQuery,
  purchasingPowerSchema,
  seriesEntrySchema,
  seriesKeySchema,
  setMoneySettingsSchema,
} from '../purchasing-power-schema.ts'

const tags = ['Purchasing power']
const MOST_SERIES_CHARACTERS = 200_000
const counted = z.object({ count: z.number().int() })
const seriesKeyItem = seriesKeySchema.extend({ from: z.string(), to: z.string(), months: z.number().int() })

const readRoute = createRoute({
  method: 'get',
  path: '/purchasing-power',
  ...needs('streams:read'),
  tags,
  summary: 'Income in money of its time',
  description:
    'Income of the last complete months as it came, in one currency at each day’s rate, at constant prices, or in gold. What is not known is told, and its month left out.',
  request: { query: purchasingPowerQuery },
  responses: { 200: answer(purchasingPowerSchema, 'Income by month.') },
})

const settingsRoute = createRoute({
  method: 'get',
  path: '/purchasing-power/settings',
  ...needs('streams:read'),
  tags,
  summary: 'Which currency and which rates count',
  responses: { 200: answer(moneySettingsSchema, 'The settings.') },
})

const setSettingsRoute = createRoute({
  method: 'patch',
  path: '/purchasing-power/settings',
  ...needs('streams:write'),
  tags,
  summary: 'Choose the currency and the rates that count',
  request: { body: jsonBody(setMoneySettingsSchema) },
  responses: { 200: answer(moneySettingsSchema, 'The settings as they are now.') },
})

const ratesRoute = createRoute({
  method: 'get',
  path: '/purchasing-power/parallel-rates',
  ...needs('streams:read'),
  tags,
  summary: 'Parallel rates',
  request: { query: pageQuery },
  responses: { 200: answer(pageOf(parallelRateSchema), 'The latest first.') },
})

const setRatesRoute = createRoute({
  method: 'post',
  path: '/purchasing-power/parallel-rates',
  ...needs('streams:write'),
  tags,
  summary: 'Enter parallel rates',
  description: 'A rate holds until the next one. The same currencies and day again correct it.',
  request: { body: jsonBody(z.object({ rates: z.array(parallelRateSchema).min(1).max(500) })) },
  responses: { 200: answer(counted, 'How many were entered.') },
})

const removeRateRoute = createRoute({
  method: 'delete',
  path: '/purchasing-power/parallel-rates/{currency}/{anchor}/{day}',
  ...needs('streams:write'),
  tags,
  summary: 'Remove a parallel rate',
  request: { params: parallelRateSchema.omit({ rate: true }) },
  responses: { 204: { description: 'Removed.' }, ...refusals('not-found') },
})

const keysRoute = createRoute({
  method: 'get',
  path: '/purchasing-power/series',
  ...needs('streams:read'),
  tags,
  summary: 'Which price series there are',
  responses: { 200: answer(z.object({ items: z.array(seriesKeyItem) }), 'All series.') },
})

const seriesRoute = createRoute({
  method: 'get',
  path: '/purchasing-power/series/{kind}/{currency}',
  ...needs('streams:read'),
  tags,
  summary: 'A price series',
  request: { params: seriesKeySchema },
  responses: { 200: answer(z.object({ items: z.array(seriesEntrySchema) }), 'Its months, oldest first.') },
})

const setSeriesRoute = createRoute({
  method: 'post',
  path: '/purchasing-power/series/{kind}/{currency}',
  ...needs('streams:write'),
  tags,
  summary: 'Enter months of a price series',
  description: 'The same month again corrects it.',
  request: {
    params: seriesKeySchema,
    body: jsonBody(z.object({ entries: z.array(seriesEntrySchema).min(1).max(1200) })),
  },
  responses: { 200: answer(counted, 'How many months were entered.') },
})

const importRoute = createRoute({
  method: 'post',
  path: '/purchasing-power/series/{kind}/{currency}/import',
  ...needs('streams:write'),
  tags,
  summary: 'Paste a price series',
  description: 'Lines of a month and a figure: `2026-01,142.7`. All lines are taken, or none.',
  request: {
    params: seriesKeySchema,
    body: { required: true, content: { 'text/csv': { schema: z.string() } } },
  },
  responses: { 200: answer(counted, 'How many months were entered.') },
})

const removeMonthRoute = createRoute({
  method: 'delete',
  path: '/purchasing-power/series/{kind}/{currency}/{month}',
  ...needs('streams:write'),
  tags,
  summary: 'Remove a month of a price series',
  request: { params: seriesKeySchema.extend({ month: monthSchema }) },
  responses: { 204: { description: 'Removed.' }, ...refusals('not-found') },
})

/** Income in money of its time, and all that it is reckoned by. */
export function purchasingPowerApi(): OpenAPIHono<Env> {
  const api = createRouter()
  api.openapi(readRoute, async (c) =>
    c.json(await readPurchasingPower(c.get('ctx'), c.req.valid('query')), 200),
  )
  api.openapi(settingsRoute, async (c) => c.json(await getMoneySettings(c.get('ctx')), 200))
  api.openapi(setSettingsRoute, async (c) =>
    c.json(await setMoneySettings(c.get('ctx'), c.req.valid('json')), 200),
  )
  addRates(api)
  addSeries(api)
  return api
}

function addRates(api: OpenAPIHono<Env>): void {
  api.openapi(ratesRoute, async (c) =>
    c.json(await listParallelRates(c.get('ctx'), c.req.valid('query')), 200),
  )
  api.openapi(setRatesRoute, async (c) =>
    c.json({ count: await setParallelRates(c.get('ctx'), c.req.valid('json').rates) }, 200),
  )
  api.openapi(removeRateRoute, async (c) => {
    await removeParallelRate(c.get('ctx'), c.req.valid('param'))
    return c.body(null, 204)
  })
}

function addSeries(api: OpenAPIHono<Env>): void {
  api.openapi(keysRoute, async (c) => c.json({ items: await listSeriesKeys(c.get('ctx')) }, 200))
  api.openapi(seriesRoute, async (c) =>
    c.json({ items: await listPriceSeries(c.get('ctx'), c.req.valid('param')) }, 200),
  )
  api.openapi(setSeriesRoute, async (c) => {
    const wish = { key: c.req.valid('param'), entries: c.req.valid('json').entries }
    return c.json({ count: await setPriceSeries(c.get('ctx'), wish) }, 200)
  })
  api.openapi(importRoute, async (c) => {
    const ctx = c.get('ctx')
    withRight(ctx, 'streams:write')
    const text = await c.req.text()
    if (text.length > MOST_SERIES_CHARACTERS)
      throw new Invalid([{ pointer: '', detail: 'problems.field.series-empty' }])
    return c.json({ count: await importPriceSeries(ctx, { key: c.req.valid('param'), text }) }, 200)
  })
  api.openapi(removeMonthRoute, async (c) => {
    await removeSeriesMonth(c.get('ctx'), c.req.valid('param'))
    return c.body(null, 204)
  })
}
