import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi'
import { stream } from 'hono/streaming'
import { Invalid } from '../../../platform/errors.ts'
import { createRouter, type Env } from '../../../platform/http/env.ts'
import { answer, jsonBody, refusals } from '../../../platform/http/openapi.ts'
import { needs } from '../../../platform/http/rights.ts'
import { t } from '../../../platform/i18n/index.ts'
import { decodeCursor, encodeCursor, pageOf, pageQuery, toPage } from '../../../platform/http/page.ts'
import { currencySchema } from '../../../shared/currencies.ts'
import { idSchema } from '../../../shared/ids.ts'
import { exportFormats, type ExportFormatName } from '../exports/index.ts'
import { closePeriod } from '../operations/close-period.ts'
import { exportBooks } from '../operations/export-books.ts'
import { importBooks } from '../operations/import-books.ts'
import { readIntegrity } from '../operations/read-integrity.ts'
import { listClosings, readClosings, type Closing } from '../operations/read-periods.ts'
import { importEcb, listRates, setRates } from '../operations/set-rates.ts'
import { parseRatio } from '../rules/parse-ratio.ts'
import { ENTERED } from '../rules/rates.ts'
import { endOf, isTimeZone } from '../rules/read-day.ts'
import { authorise } from '../../../platform/authorise.ts'
import { linesOf } from './lines-of.ts'
import { tags } from './shapes.ts'

/** For how long the reader of an export may take nothing. */
const STALLED_MS = 30_000

const MOST_CSV_BYTES = 20_000_000

const periodsSchema = z
  .object({
    openFrom: z.iso.datetime().nullable(),
    closings: z.array(z.object({ through: z.iso.datetime(), closedAt: z.iso.datetime(), memo: z.string() })),
  })
  .meta({ id: 'LedgerPeriods' })

/** The closings, as the API tells them. */
export type ApiPeriods = z.infer<typeof periodsSchema>

const periodsRoute = createRoute({
  method: 'get',
  path: '/ledger/periods',
  ...needs('ledger:read'),
  tags,
  summary: 'Closed periods',
  description: '`openFrom` is the moment from which on entries are taken; null if nothing was ever closed.',
  responses: { 200: answer(periodsSchema, 'The closings, the latest first.') },
})

const closeRoute = createRoute({
  method: 'post',
  path: '/ledger/periods/close',
  ...needs('ledger:write'),
  tags,
  summary: 'Close a period',
  description:
    'Closes everything up to the end of the day `through`. It cannot be undone: corrections go into the open period.',
  request: {
    body: jsonBody(
      z.object({
        through: z.iso.date('problems.field.date'),
        timeZone: z.string().refine(isTimeZone).default('UTC'),
        memo: z.string().trim().max(500).default(''),
      }),
    ),
  },
  responses: { 200: answer(periodsSchema, 'The closings now.'), ...refusals('period-closed') },
})

const integritySchema = z
  .object({
    provenThrough: z.object({ entryId: idSchema, recordedAt: z.iso.datetime() }).nullable(),
    faults: z.array(
      z.object({
        what: z.string(),
        detail: z.string().openapi({ description: 'What is wrong, in the language of the request.' }),
        account: z.string().optional(),
        currency: z.string().optional(),
        version: z.string().optional(),
        entryId: z.string().optional(),
        seal: z.int().optional(),
      }),
    ),
    more: z.boolean(),
    seals: z.int(),
    sealedPostings: z.int(),
    unsealedPostings: z.int(),
    head: z.object({ number: z.int(), hash: z.string(), sealedAt: z.iso.datetime() }).nullable(),
  })
  .meta({ id: 'LedgerIntegrity' })

/** How far the books are proven, as the API tells it. */
export type ApiIntegrity = z.infer<typeof integritySchema>

const integrityRoute = createRoute({
  method: 'get',
  path: '/ledger/integrity',
  ...needs('ledger:read'),
  tags,
  summary: 'Prove the books',
  description:
    'Recomputes the integrity chain and everything that is kept beside the postings; a row that anyone touched is named. At most a minute old. Note `head` elsewhere: it shows any change of what came before it.',
  responses: { 200: answer(integritySchema, 'How far the books are proven, and what is wrong.') },
})

const rateSchema = z
  .object({
    base: currencySchema,
    quote: currencySchema,
    day: z.iso.date(),
    rate: z.string().meta({ example: '3.75' }),
  })
  .meta({ id: 'LedgerRate', description: 'What one unit of `base` is worth in `quote`, as a decimal.' })

const knownRateSchema = rateSchema.extend({ source: z.string() })

/** A rate and where it came from, as the API tells it. */
export type ApiRate = z.infer<typeof knownRateSchema>

const ratesRoute = createRoute({
  method: 'get',
  path: '/ledger/rates',
  ...needs('ledger:read'),
  tags,
  summary: 'Exchange rates',
  request: { query: pageQuery },
  responses: { 200: answer(pageOf(knownRateSchema), 'The latest first.') },
})

const setRatesRoute = createRoute({
  method: 'post',
  path: '/ledger/rates',
  ...needs('ledger:write'),
  tags,
  summary: 'Enter exchange rates',
  description:
    'An entered rate holds until the next one of its pair. The same pair and day again corrects it.',
  request: { body: jsonBody(z.object({ rates: z.array(rateSchema).min(1).max(1000) })) },
  responses: { 200: answer(z.object({ count: z.int() }), 'How many were entered.') },
})

const ecbRoute = createRoute({
  method: 'post',
  path: '/ledger/rates/ecb',
  ...needs('ledger:write'),
  tags,
  summary: 'Import the ECB’s rates',
  description:
    'The body is `eurofxref.csv` or `eurofxref-hist.csv`. An imported rate holds for a week at most.',
  request: { body: { required: true, content: { 'text/csv': { schema: z.string() } } } },
  responses: {
    200: answer(z.object({ count: z.int() }), 'How many were imported.'),
    ...refusals('too-large'),
  },
})

const formats = Object.keys(exportFormats) as [ExportFormatName, ...ExportFormatName[]]

const exportRoute = createRoute({
  method: 'get',
  path: '/ledger/export/{format}',
  ...needs('ledger:read'),
  tags,
  summary: 'Take the books away',
  description:
    'The whole books as they are now, streamed: for hledger, Beancount, spreadsheets, or as JSON Lines, which can be imported again.',
  request: { params: z.object({ format: z.enum(formats) }) },
  responses: {
    200: {
      description: 'The file, as text of the format that was asked for.',
      content: Object.fromEntries(
        Object.values(exportFormats).map(({ contentType }) => [contentType, { schema: z.string() }]),
      ),
    },
  },
})

const importRoute = createRoute({
  method: 'post',
  path: '/ledger/import',
  ...needs('ledger:write'),
  tags,
  summary: 'Bring books in',
  description:
    'The body is an export in JSON Lines. Rebuilds equal books; the same file again goes on where it was cut off.',
  request: { body: { required: true, content: { 'application/x-ndjson': { schema: z.string() } } } },
  responses: {
    200: answer(z.object({ entries: z.int(), holds: z.int(), rates: z.int() }), 'What was brought in.'),
    ...refusals('books-not-empty', 'insufficient-funds', 'period-closed'),
  },
})

/** Periods, integrity, rates, leaving and coming. */
export function booksApi(): OpenAPIHono<Env> {
  const api = createRouter()
  const periods = (closings: readonly Closing[]) => {
    const said = closings.map(({ through, closedAt, memo }) => ({
      through: through.toISOString(),
      closedAt: closedAt.toISOString(),
      memo,
    }))
    return { openFrom: said[0]?.through ?? null, closings: said }
  }
  api.openapi(periodsRoute, async (c) => c.json(periods(await listClosings(c.get('ctx'))), 200))
  api.openapi(closeRoute, async (c) => {
    const { through, timeZone, memo } = c.req.valid('json')
    await closePeriod(c.get('ctx'), { through: endOf(through, timeZone), memo })
    return c.json(periods(await readClosings(c.get('ctx'))), 200)
  })
  api.openapi(integrityRoute, async (c) => {
    const { locale } = c.get('ctx')
    const { head, provenThrough, faults, ...counts } = await readIntegrity(c.get('ctx'))
    const said = faults.map((fault) => ({ ...fault, detail: t(locale, `ledger.faults.${fault.what}`) }))
    const proven = provenThrough && { ...provenThrough, recordedAt: provenThrough.recordedAt.toISOString() }
    const last = head && { ...head, sealedAt: head.sealedAt.toISOString() }
    return c.json({ ...counts, faults: said, provenThrough: proven ?? null, head: last ?? null }, 200)
  })
  addRates(api)
  addTransfer(api)
  return api
}

function addRates(api: OpenAPIHono<Env>): void {
  api.openapi(ratesRoute, async (c) => {
    const { limit, after } = c.req.valid('query')
    const found = await listRates(c.get('ctx'), {
      limit: limit + 1,
      ...(after && { after: decodeCursor(after, 3) }),
    })
    const items = found.map(({ base, quote, day, numerator, denominator, source }) => ({
      base: currencySchema.parse(base),
      quote: currencySchema.parse(quote),
      day,
      rate: decimalOf(numerator, denominator),
      source,
    }))
    return c.json(
      toPage(items, limit, ({ day, base, quote }) => encodeCursor([day, base, quote])),
      200,
    )
  })
  api.openapi(setRatesRoute, async (c) => {
    const rates = c.req.valid('json').rates.map(({ rate, ...pair }, at) => {
      const ratio = pair.base === pair.quote ? undefined : parseRatio(rate)
      if (ratio === undefined)
        throw new Invalid([{ pointer: `/rates/${at}/rate`, detail: 'ledger.rates.rate' }])
      return { ...pair, ...ratio, source: ENTERED }
    })
    return c.json({ count: await setRates(c.get('ctx'), rates, ENTERED) }, 200)
  })
  api.openapi(ecbRoute, async (c) => {
    authorise(c.get('ctx'), 'ledger:write')
    const csv = await c.req.text()
    if (csv.length > MOST_CSV_BYTES) throw new Invalid([{ pointer: '', detail: 'ledger.rates.ecb-line' }])
    return c.json({ count: await importEcb(c.get('ctx'), csv) }, 200)
  })
}

function addTransfer(api: OpenAPIHono<Env>): void {
  api.openapi(exportRoute, (c) => {
    const ctx = c.get('ctx')
    const { format } = c.req.valid('param')
    authorise(ctx, 'ledger:read')
    const { contentType, extension } = exportFormats[format]
    c.header('content-type', contentType)
    c.header('content-disposition', `attachment; filename="rafid-books.${extension}"`)
    return stream(
      c,
      (out) => exportBooks(ctx, format, (text) => unlessStalled(out.write(text))),
      (err) => Promise.resolve(ctx.log.warn({ err }, 'an export was given up')),
    )
  })
  api.openapi(importRoute, async (c) => {
    authorise(c.get('ctx'), 'ledger:write')
    return c.json(await importBooks(c.get('ctx'), linesOf(c.req.raw.body)), 200)
  })
}

/**
 * Waits for a piece to go out, and gives the export up if its reader takes nothing for so long: the export holds a
 * connection to the database, and a few readers who stand still would hold all of them.
 */
async function unlessStalled(written: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const stalled = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the reader of an export stands still')), STALLED_MS)
  })
  try {
    await Promise.race([written, stalled])
  } finally {
    clearTimeout(timer)
  }
}

/** The ratio of a decimal as that decimal: its denominator is a power of ten. */
function decimalOf(numerator: bigint, denominator: bigint): string {
  const decimals = denominator.toString().length - 1
  const digits = numerator.toString().padStart(decimals + 1, '0')
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}
