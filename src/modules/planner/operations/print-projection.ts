import type { Ctx } from '../../../platform/ctx.ts'
import { hasMessage, t } from '../../../platform/i18n/index.ts'
import type { ReportFan } from '../../../platform/pdf/fan.ts'
import { renderReport, type Report, type ReportRow } from '../../../platform/pdf/render-report.ts'
import { arabicFigures } from '../../../shared/arabic.ts'
import { currencyExponent } from '../../../shared/currencies.ts'
import { intlTag } from '../../../shared/locale.ts'
import { keepSymbol } from '../../../shared/money.ts'
import { monthNames, type MonthReader } from '../../../shared/month-names.ts'
import { findModel } from '../models/index.ts'
import { SOURCES, type SourceId } from '../models/sources.ts'
import type { Projection } from '../schema.ts'
import { modelName, parameterLabel } from './describe-models.ts'
import { getProjection } from './read-projections.ts'
import { tellStory } from './tell-story.ts'

const EVERY_MONTHS = 3

/** For whom it is printed: their language, calendar and digits. */
type Reader = MonthReader
type Printing = { projection: Projection } & Reader

/** A projection as a PDF in one language: its fan, what it says, its bad case, its months, its assumptions and their sources. */
export async function printProjection(
  ctx: Ctx,
  { id, ...reader }: Reader & { id: string },
): Promise<Uint8Array> {
  return renderReport(reportOf(await getProjection(ctx, id), reader))
}

/** What is printed of a projection. */
export function reportOf(projection: Projection, { locale, calendar, ...chosen }: Reader): Report {
  // Other digits are those of Arabic.
  const numerals = locale === 'ar' ? chosen.numerals : 'latn'
  const printing = { projection, locale, calendar, numerals }
  const { input, paths, seed, engine } = projection
  const story = tellStory(input, projection.figures, locale)
  const say = (key: string, values: Record<string, string | number> = {}) =>
    t(locale, `planner.print.${key}`, values)
  const amount = (title: string) => ({ title, kind: 'amount', currency: input.currency }) as const
  return {
    locale,
    numerals,
    owner: say('owner'),
    title: input.name,
    period: say('period', { first: monthName(printing, 0), last: monthName(printing, input.months - 1) }),
    note: say('note', { paths: counted(paths, printing), seed: String(seed), engine }),
    madeAt: new Date(projection.createdAt),
    timeZone: 'UTC',
    fan: fanOf(printing),
    columns: [{ title: '', kind: 'text' }, amount(say('p10')), amount(say('p50')), amount(say('p90'))],
    rows: [...summaryRows(printing), ...streamRows(printing), ...monthRows(printing)],
    notes: [
      say('story'),
      ...(numerals === 'arab' ? story.map(arabicFigures) : story),
      ...shareNotes(printing),
      say('assumptions'),
      ...assumptionNotes(printing),
      say('no-promise'),
    ],
  }
}

/** A month of the plan, as month-names takes it: `2026-12`. */
function monthAt({ projection }: Printing, month: number): string {
  const [year = 2026, first = 1] = projection.input.firstMonth.split('-').map(Number)
  return new Date(Date.UTC(year, first - 1 + month, 15)).toISOString().slice(0, 7)
}

/** The name of a month of the plan; for readers of the Hijri calendar with the months of theirs that it holds. */
function monthName(printing: Printing, month: number): string {
  return monthNames(printing).long(monthAt(printing, month))
}

/** What a month brings, drawn; months in both calendars, the reader’s own above. */
function fanOf(printing: Printing): ReportFan {
  const { locale, calendar, numerals } = printing
  const { input, figures } = printing.projection
  const { currency } = input
  const say = (key: string) => t(locale, `planner.print.${key}`)
  const own = monthNames(printing)
  const other = monthNames({ ...printing, calendar: calendar === 'hijri' ? 'gregorian' : 'hijri' })
  const whole = new Intl.NumberFormat(intlTag(locale, numerals), {
    style: 'currency',
    currency,
    maximumFractionDigits: 0,
  })
  const unit = 10 ** currencyExponent(currency)
  const { p10, p50, p90 } = figures.plan.monthly
  return {
    caption: say('fan'),
    names: { low: say('p10'), middle: say('p50'), high: say('p90'), between: say('between') },
    low: p10,
    middle: p50,
    high: p90,
    months: p50.map((_, month) => {
      const at = monthAt(printing, month)
      return { name: own.short(at), below: other.short(at) }
    }),
    worded: (minor) => keepSymbol(whole.format(minor / unit), locale),
  }
}

function counted(count: number, { locale, numerals }: Reader): string {
  return new Intl.NumberFormat(intlTag(locale, numerals), { maximumSignificantDigits: 12 }).format(count)
}

type Triple = { p10: number; p50: number; p90: number }

function row(label: string, { p10, p50, p90 }: Triple): ReportRow {
  return { cells: [label, ...[p10, p50, p90].map((value) => BigInt(Math.round(value)))] }
}

function summaryRows({ projection, locale }: Printing): ReportRow[] {
  const { plan } = projection.figures
  const say = (key: string) => t(locale, `planner.print.${key}`)
  return [
    { kind: 'heading', cells: [say('summary')] },
    row(say('late'), plan.late),
    row(say('total'), plan.total),
    row(say('put-in'), plan.putIn),
    ...(plan.endValue.p90 > 0 ? [row(say('end-value'), plan.endValue)] : []),
  ]
}

function streamRows({ projection, locale }: Printing): ReportRow[] {
  const { figures, input } = projection
  return [
    { kind: 'heading', cells: [t(locale, 'planner.print.streams')] },
    ...input.streams.flatMap(({ name, model }, nth) => {
      const series = figures.streams[nth]
      return series === undefined
        ? []
        : [row(`${locale === 'ar' ? '\u200f' : '\u200e'}${name} (${modelName(model, locale)})`, series.late)]
    }),
  ]
}

function monthRows(printing: Printing): ReportRow[] {
  const { figures } = printing.projection
  const { monthly } = figures.plan
  const months = Array.from({ length: figures.months }, (_, month) => month)
  return [
    { kind: 'heading', cells: [t(printing.locale, 'planner.print.months')] },
    ...months
      .filter((month) => month % EVERY_MONTHS === EVERY_MONTHS - 1 || month === figures.months - 1)
      .map((month) =>
        row(monthName(printing, month), {
          p10: monthly.p10[month] ?? 0,
          p50: monthly.p50[month] ?? 0,
          p90: monthly.p90[month] ?? 0,
        }),
      ),
  ]
}

function percent(share: number, { locale, numerals }: Reader): string {
  const format = { style: 'percent', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(intlTag(locale, numerals), format).format(share)
}

function shareNotes(printing: Printing): string[] {
  const { projection, locale } = printing
  const { figures, input } = projection
  const say = (key: string, values: Record<string, string | number>) =>
    t(locale, `planner.print.${key}`, values)
  const { plan } = figures
  return [
    say('zero', { share: percent(plan.zero, printing) }),
    say('below-wage', { share: percent(plan.belowWage, printing) }),
    say('loss', { share: percent(plan.loss, printing) }),
    ...input.ladder.flatMap(({ name }, nth) => {
      const row = figures.steps[nth]
      const year = row?.[Math.min(11, figures.months - 1)]
      const end = row?.at(-1)
      if (year === undefined || end === undefined) return []
      return [say('step', { step: name, year: percent(year, printing), end: percent(end, printing) })]
    }),
  ]
}

function assumptionNotes(printing: Printing): string[] {
  const { projection, locale } = printing
  return projection.input.streams.flatMap((stream) => {
    const model = findModel(stream.model)
    if (model === undefined) return []
    const sources = new Set<SourceId>()
    const texts = model.parameters.map((parameter) => {
      const { name, unit, value, evidence } = parameter
      if ('source' in evidence && stream.values[name] === undefined) sources.add(evidence.source)
      const [low, high] = stream.values[name] ?? value ?? [0, 0]
      const shown = (one: number) =>
        unit.startsWith('share')
          ? percent(one, printing)
          : unit.startsWith('money')
            ? `\u200e${counted(one, printing)} ${stream.currency}`
            : counted(one, printing)
      const range = low === high ? shown(low) : `${shown(low)} – ${shown(high)}`
      const own = stream.values[name] === undefined ? evidence.kind : 'set'
      return `${parameterLabel(model.id, name, locale)}: ${range} (${t(locale, `planner.evidence.${own}`)})`
    })
    return [
      `${stream.name}: ${texts.join(locale === 'ar' ? '؛ ' : '; ')}`,
      ...[...sources].map((source) => sourceNote(source, printing)),
    ]
  })
}

function sourceNote(id: SourceId, printing: Printing): string {
  const { locale } = printing
  const { year, sample } = SOURCES[id]
  const title = t(locale, `planner.source.${id}.title`)
  const parts = [
    title,
    ...(year === null || title.includes(String(year)) ? [] : [String(year)]),
    ...(sample === null
      ? []
      : [t(locale, 'planner.print.sample', { count: counted(Number(sample), printing) })]),
    t(locale, `planner.source.${id}.survivorship`),
  ]
  return hasMessage(locale, `planner.source.${id}.title`) ? parts.join(' · ') : id
}
