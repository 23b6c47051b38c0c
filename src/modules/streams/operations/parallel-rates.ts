import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { Invalid, NotFound, type FieldError } from '../../../platform/errors.ts'
import { decodeCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { audit } from '../../workspaces/index.ts'
import type { ApiParallelRate } from '../purchasing-power-schema.ts'
import { decimalOf, readRatio } from '../rules/purchasing-power-text.ts'

const MOST_LOGGED = 20

/** A parallel rate by what it is of. */
export type ParallelRateKey = Omit<ApiParallelRate, 'rate'>

/** Enters parallel rates, or corrects those of the same currencies and day. @throws Invalid for a day to come, or no rate. */
export async function setParallelRates(ctx: Ctx, rates: readonly ApiParallelRate[]): Promise<number> {
  authorise(ctx, 'streams:write')
  const today = ctx.clock.now().toISOString().slice(0, 10)
  const faults = rates.flatMap((rate, at) => faultsOf(rate, { at, today }))
  if (faults.length > 0) throw new Invalid(faults)
  const once = [
    ...new Map(rates.map((rate) => [`${rate.currency} ${rate.anchor} ${rate.day}`, rate])).values(),
  ]
  return transaction(ctx, async (tx) => {
    for (const { currency, anchor, day, rate } of once) {
      const { numerator = 0n, denominator = 1n } = readRatio(rate) ?? {}
      await rows(
        tx,
        sql`INSERT INTO stream_parallel_rates (workspace_id, base, quote, day, numerator, denominator, recorded_at)
            VALUES (${tx.workspaceId}, ${anchor}, ${currency}, ${day}, ${numerator}, ${denominator}, ${ctx.clock.now()})
            ON CONFLICT (workspace_id, quote, base, day) DO UPDATE SET numerator = excluded.numerator,
              denominator = excluded.denominator, recorded_at = excluded.recorded_at`,
      )
    }
    await audit(tx, {
      action: 'parallel-rates.set',
      subjectKind: 'parallel-rates',
      subjectId: tx.workspaceId,
      after: { count: once.length, ...(once.length <= MOST_LOGGED && { rates: once }) },
    })
    return once.length
  })
}

/** Takes a parallel rate away. @throws NotFound */
export async function removeParallelRate(
  ctx: Ctx,
  { currency, anchor, day }: ParallelRateKey,
): Promise<void> {
  authorise(ctx, 'streams:write')
  await transaction(ctx, async (tx) => {
    const gone = await rows<{ day: string }>(
      tx,
      sql`DELETE FROM stream_parallel_rates
          WHERE workspace_id = ${tx.workspaceId} AND quote = ${currency} AND base = ${anchor} AND day = ${day}::date
          RETURNING day::text`,
    )
    if (gone.length === 0) throw new NotFound()
    await audit(tx, {
      action: 'parallel-rates.remove',
      subjectKind: 'parallel-rates',
      subjectId: tx.workspaceId,
      before: { currency, anchor, day },
    })
  })
}

/** A page of parallel rates, the latest first. */
export async function listParallelRates(
  ctx: Ctx,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Page<ApiParallelRate>> {
  authorise(ctx, 'streams:read')
  const [day, quote, base] = after === undefined ? [] : decodeCursor(after, 3)
  return transaction(ctx, async (tx) => {
    const found = await rows<{
      base: CurrencyCode
      quote: CurrencyCode
      day: string
      numerator: bigint
      denominator: bigint
    }>(
      tx,
      sql`SELECT base, quote, day::text, numerator, denominator FROM stream_parallel_rates
          WHERE workspace_id = ${tx.workspaceId}
            ${day === undefined ? sql`` : sql`AND (day, quote, base) < (${day}::date, ${quote}, ${base})`}
          ORDER BY day DESC, quote DESC, base DESC LIMIT ${limit + 1}`,
    )
    const items = found.map(({ base: anchor, quote: currency, day: its, ...ratio }) => ({
      currency,
      anchor,
      day: its,
      rate: decimalOf(ratio),
    }))
    return toPage(items, limit, (one) => encodeCursor([one.day, one.currency, one.anchor]))
  })
}

function faultsOf(rate: ApiParallelRate, { at, today }: { at: number; today: string }): FieldError[] {
  const faults: FieldError[] = []
  if (rate.currency === rate.anchor)
    faults.push({ pointer: `/rates/${at}/anchor`, detail: 'problems.field.two-currencies' })
  if (rate.day > today) faults.push({ pointer: `/rates/${at}/day`, detail: 'problems.field.day-to-come' })
  if (readRatio(rate.rate) === undefined)
    faults.push({ pointer: `/rates/${at}/rate`, detail: 'problems.field.decimal-above-zero' })
  return faults
}
