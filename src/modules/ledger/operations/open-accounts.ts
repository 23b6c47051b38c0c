import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { runPrepared } from '../../../platform/database/database.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { UnknownAccount } from '../errors.ts'
import { parentOf, standardRows, type ChartAccount } from '../rules/standard-chart.ts'
import type { Stream } from '../schema.ts'
import { actorDimension, knownDimension, rememberDimensions } from './dimensions.ts'
import { sqlArray, sqlTexts } from './sql-array.ts'

/** An account as callers name it. */
export type AccountRef = { readonly account: string; readonly currency: string }

type Opening = {
  chart?: readonly ChartAccount[]
  accounts?: readonly AccountRef[]
  dimensions?: readonly Stream[]
}

const OPEN = `SELECT ledger_open($1, $2, $3::text[], $4::text[], $5::text[], $6::text[], $7::int2[], $8::int8[],
  $9::text[], $10::text[], $11::text[], $12::text[]) AS numbers`

/**
 * Opens accounts that do not exist yet, with the chart rows that they lie under. Locks the workspace's book.
 * @throws UnknownAccount if neither the workspace's chart nor the standard one has the code or one above it.
 */
export async function openAccounts(ctx: TxCtx, accounts: readonly AccountRef[]): Promise<void> {
  const codes = [...new Set(accounts.map(({ account }) => account))]
  const once = new Map(accounts.map((ref) => [`${ref.account} ${ref.currency}`, ref]))
  await open(ctx, { accounts: [...once.values()], chart: await missingRows(ctx, codes) })
}

/** The numbers of the dimensions that a call named. */
export type Numbers = (dimension: Stream | undefined) => number | undefined

/** The numbers of dimensions; those that this process does not know are asked for, and opened on first use. */
export async function numberDimensions(ctx: TxCtx, dimensions: Iterable<Stream>): Promise<Numbers> {
  const found = new Map<string, number>()
  const unknown = new Map<string, Stream>()
  const keyOf = ({ kind, id }: Stream) => `${kind} ${id}`
  for (const dimension of dimensions) {
    const number = knownDimension(ctx, dimension)
    if (number === undefined) unknown.set(keyOf(dimension), dimension)
    else found.set(keyOf(dimension), number)
  }
  if (unknown.size > 0) {
    const opening = [...unknown.values()]
    const numbers = await open(ctx, { dimensions: opening })
    rememberDimensions(ctx, opening, numbers)
    for (const [at, dimension] of opening.entries()) found.set(keyOf(dimension), numbers[at] ?? 0)
  }
  return (dimension) => (dimension === undefined ? undefined : found.get(keyOf(dimension)))
}

/** The number of whoever acts. */
export async function numberActor(ctx: TxCtx): Promise<number | undefined> {
  const actor = actorDimension(ctx.actor)
  return (await numberDimensions(ctx, [actor]))(actor)
}

/** Adds rows to the workspace's chart; rows that are there stay as they are. */
export async function addChartRows(ctx: TxCtx, chart: readonly ChartAccount[]): Promise<void> {
  await open(ctx, { chart })
}

async function open(ctx: TxCtx, { chart = [], accounts = [], dimensions = [] }: Opening): Promise<number[]> {
  const [row] = await runPrepared<{ numbers: number[] | null }>(ctx.tx.client, OPEN, [
    ctx.workspaceId,
    ctx.clock.now().toISOString(),
    sqlTexts(chart.map(({ code }) => code)),
    sqlTexts(chart.map(({ type }) => type)),
    sqlTexts(chart.map(({ nameAr }) => nameAr)),
    sqlTexts(chart.map(({ nameEn }) => nameEn)),
    sqlArray(chart.map(({ sign }) => sign)),
    sqlArray(chart.map(({ floor }) => floor)),
    sqlTexts(accounts.map(({ account }) => account)),
    sqlTexts(accounts.map(({ currency }) => currency)),
    sqlTexts(dimensions.map(({ kind }) => kind)),
    sqlTexts(dimensions.map(({ id }) => id)),
  ])
  return row?.numbers ?? []
}

/** The chart rows that codes need and the workspace lacks: from the standard chart, or after the row that they lie under. */
async function missingRows(ctx: TxCtx, codes: readonly string[]): Promise<ChartAccount[]> {
  const wanted = new Set(codes.flatMap(pathOf))
  const own = new Map((await readChart(ctx, [...wanted])).map((row) => [row.code, row]))
  const added = new Map<string, ChartAccount>()
  for (const code of [...wanted].toSorted()) {
    if (own.has(code)) continue
    const parent = parentOf(code)
    const above = parent === undefined ? undefined : (own.get(parent) ?? added.get(parent))
    const row = above === undefined ? standardRows(code)?.at(-1) : below(above, code)
    if (row === undefined) throw new UnknownAccount(code)
    added.set(code, row)
  }
  return [...added.values()]
}

function below(above: ChartAccount, code: string): ChartAccount {
  const name = code.slice(above.code.length + 1)
  return { ...above, code, nameAr: `${above.nameAr} · ${name}`, nameEn: `${above.nameEn} · ${name}` }
}

function pathOf(code: string): string[] {
  const parent = parentOf(code)
  return parent === undefined ? [code] : [...pathOf(parent), code]
}

/** The rows of the workspace's chart with these codes. */
export async function readChart(ctx: TxCtx, codes: readonly string[]): Promise<ChartAccount[]> {
  const found = await rows<ChartAccount & { floor: bigint | null }>(
    ctx,
    sql`SELECT code, type, name_ar AS "nameAr", name_en AS "nameEn", sign, floor FROM ledger_chart
        WHERE workspace_id = ${ctx.workspaceId} AND code = ANY (${sqlTexts(codes)}::text[])`,
  )
  return found.map((row) => ({ ...row, floor: row.floor ?? undefined }))
}
