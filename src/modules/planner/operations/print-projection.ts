import type { Ctx } from '../../../platform/ctx.ts'
import { hasMessage, t } from '../../../platform/i18n/index.ts'
import { renderReport, type Report, type ReportRow } from '../../../platform/pdf/render-report.ts'
import type { Calendar } from '../../../shared/dates.ts'
import type { Locale } from '../../../shared/locale.ts'
import { findModel } from '../models/index.ts'
import { SOURCES, type SourceId } from '../models/sources.ts'
import type { Projection } from '../schema.ts'
import { modelName, parameterLabel } from './describe-models.ts'
import { getProjection } from './read-projections.ts'
import { tellStory } from './tell-story.ts'

const EVERY_MONTHS = 3

type Printing = { projection: Projection; locale: Locale; calendar: Calendar }

/** A projection as a PDF in one language: what it says, its bad case, its months, its assumptions and their sources. */
export async function printProjection(
  ctx: Ctx,
  { id, locale, calendar }: { id: string; locale: Locale; calendar: Calendar },
): Promise<Uint8Array> {
  const projection = await getProjection(ctx, id)
  const printing = { projection, locale, calendar }
  const { input, paths, seed, engine } = projection
  const say = (key: string, values: Record<string, string | number> = {}) =>
    t(locale, `planner.print.${key}`, values)
  const amount = (title: string) => ({ title, kind: 'amount', currency: input.currency }) as const
  const report: Report = {
    locale,
    owner: say('owner'),
    title: input.name,
    period: say('period', { first: monthName(printing, 0), last: monthName(printing, input.months - 1) }),
    note: say('note', { paths: paths.toLocaleString('en'), seed: String(seed), engine }),
    madeAt: new Date(projection.createdAt),
    timeZone: 'UTC',
    columns: [{ title: '', kind: 'text' }, amount(say('p10')), amount(say('p50')), amount(say('p90'))],
    rows: [...summaryRows(printing), ...streamRows(printing), ...monthRows(printing)],
    notes: [
      say('story'),
      ...tellStory(input, projection.figures, locale),
      ...shareNotes(printing),
      say('assumptions'),
      ...assumptionNotes(printing),
      say('no-promise'),
    ],
  }
  return renderReport(report)
}

/** The name of a month of the plan, in the calendar that is asked for. */
function monthName({ projection, locale, calendar }: Printing, month: number): string {
  const [year = 2026, first = 1] = projection.input.firstMonth.split('-').map(Number)
  const middle = new Date(Date.UTC(year, first - 1 + month, 15))
  const ca = calendar === 'hijri' ? 'islamic-umalqura' : 'gregory'
  return new Intl.DateTimeFormat(`${locale}-u-ca-${ca}-nu-latn`, {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(middle)
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

function percent(share: number, locale: Locale): string {
  const format = { style: 'percent', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat(locale === 'ar' ? 'ar-u-nu-latn' : 'en', format).format(share)
}

function shareNotes({ projection, locale }: Printing): string[] {
  const { figures, input } = projection
  const say = (key: string, values: Record<string, string | number>) =>
    t(locale, `planner.print.${key}`, values)
  const { plan } = figures
  return [
    say('zero', { share: percent(plan.zero, locale) }),
    say('below-wage', { share: percent(plan.belowWage, locale) }),
    say('loss', { share: percent(plan.loss, locale) }),
    ...input.ladder.flatMap(({ name }, nth) => {
      const row = figures.steps[nth]
      const year = row?.[Math.min(11, figures.months - 1)]
      const end = row?.at(-1)
      if (year === undefined || end === undefined) return []
      return [say('step', { step: name, year: percent(year, locale), end: percent(end, locale) })]
    }),
  ]
}

function assumptionNotes({ projection, locale }: Printing): string[] {
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
          ? percent(one, locale)
          : unit.startsWith('money')
            ? `\u200e${one} ${stream.currency}`
            : String(one)
      const range = low === high ? shown(low) : `${shown(low)} – ${shown(high)}`
      const own = stream.values[name] === undefined ? evidence.kind : 'set'
      return `${parameterLabel(model.id, name, locale)}: ${range} (${t(locale, `planner.evidence.${own}`)})`
    })
    return [
      `${stream.name}: ${texts.join(locale === 'ar' ? '؛ ' : '; ')}`,
      ...[...sources].map((source) => sourceNote(source, locale)),
    ]
  })
}

function sourceNote(id: SourceId, locale: Locale): string {
  const { year, sample } = SOURCES[id]
  const title = t(locale, `planner.source.${id}.title`)
  const parts = [
    title,
    ...(year === null || title.includes(String(year)) ? [] : [String(year)]),
    ...(sample === null
      ? []
      : [t(locale, 'planner.print.sample', { count: Number(sample).toLocaleString('en') })]),
    t(locale, `planner.source.${id}.survivorship`),
  ]
  return hasMessage(locale, `planner.source.${id}.title`) ? parts.join(' · ') : id
}
