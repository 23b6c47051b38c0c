import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { monthAfter } from '../rules/coverage-months.ts'
import type { EarnedPart, StreamTraits } from '../rules/concentration.ts'
import { isCompared } from '../rules/kinds.ts'
import { monthsOf, type Month } from '../rules/periods.ts'
import type { StreamKind } from '../schema.ts'
import { readHistory } from './read-monthly.ts'

/** A stream as figures over all of them name it, and what it depends on. */
export type NamedStream = StreamTraits & {
  readonly id: string
  readonly name: string
  readonly kind: StreamKind
}

/** What a stream brought in a month and currency, in the currency wanted; false for `known` where a rate is missing. */
export type KnownPart = EarnedPart & { readonly currency: CurrencyCode; readonly known: boolean }

/** The last complete months, oldest first; in the Hijri calendar those that hold any day of so many Gregorian ones. */
export function completeMonths(
  now: Date,
  { months, calendar = 'gregorian' }: { months: number; calendar?: 'gregorian' | 'hijri' },
): Month[] {
  const today = now.toISOString().slice(0, 10)
  const first = monthAfter(today.slice(0, 7), -months)
  const found = monthsOf({ from: `${first}-01`, to: today, calendar })
  return found.filter(({ before }) => before <= today).slice(-months)
}

/** What each stream but salaries brought in each of the months, in one currency. */
export async function readEarnedParts(
  ctx: TxCtx,
  {
    months,
    currency,
    streams,
  }: { months: readonly Month[]; currency: CurrencyCode; streams: readonly NamedStream[] },
): Promise<KnownPart[]> {
  const { sums } = await readHistory(ctx, months, currency)
  const counted = new Set(streams.filter(({ kind }) => !isCompared(kind)).map(({ id }) => id))
  return sums
    .filter(({ streamId }) => counted.has(streamId))
    .map((sum) => ({
      month: months[sum.period]?.label ?? '',
      streamId: sum.streamId,
      currency: sum.currency,
      incomeMinor: sum.converted.incomeMinor,
      netMinor: sum.converted.incomeMinor - sum.converted.costMinor,
      known: sum.missing === null,
    }))
}

/** Months of which every rate is known, and, with the currency, those of which one is not. */
export function knownMonths(
  months: readonly Month[],
  parts: readonly KnownPart[],
): { known: Month[]; missing: { month: string; what: 'rate'; currency: CurrencyCode }[] } {
  const unknown = new Map(
    parts
      .filter(({ known }) => !known)
      .map(({ month, currency }) => [`${month} ${currency}`, { month, currency }]),
  )
  const missing = [...unknown.values()].map((one) => ({ ...one, what: 'rate' as const }))
  const gone = new Set(missing.map(({ month }) => month))
  return { known: months.filter(({ label }) => !gone.has(label)), missing }
}

/** The months from the first in which there was anything. */
export function sinceFirst(months: readonly Month[], parts: readonly KnownPart[]): Month[] {
  const seen = new Set(parts.map(({ month }) => month))
  const at = months.findIndex(({ label }) => seen.has(label))
  return at < 0 ? [] : months.slice(at)
}

/** All streams with what they depend on; names that differ only in case are one. */
export async function readNamedStreams(ctx: TxCtx): Promise<NamedStream[]> {
  const found = await rows<NamedStream>(
    ctx,
    sql`SELECT id, name, kind, nullif(platform, '') AS platform, nullif(payer, '') AS payer, country FROM streams
        WHERE workspace_id = ${ctx.workspaceId} ORDER BY id`,
  )
  const [platforms, payers] = [new Map<string, string>(), new Map<string, string>()]
  return found.map((stream) => ({
    ...stream,
    platform: asFirstWritten(platformOf(stream), platforms),
    payer: asFirstWritten(stream.payer, payers),
  }))
}

function asFirstWritten(name: string | null, seen: Map<string, string>): string | null {
  if (name === null) return null
  const key = name.toLowerCase()
  if (!seen.has(key)) seen.set(key, name)
  return seen.get(key) ?? name
}

/** The name under which this server’s own store stands among platforms. */
export const OWN_STORE = 'own-store'

function platformOf({ platform, kind }: NamedStream): string | null {
  return platform ?? (kind === 'product' || kind === 'store' ? OWN_STORE : null)
}
