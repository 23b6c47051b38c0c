import { toDecimalString } from '../../../shared/money.ts'
import type { ExportFormat } from './exported-books.ts'

const COLUMNS = [
  'entry',
  'line',
  'effective_at',
  'recorded_at',
  'kind',
  'account',
  'currency',
  'amount',
  'amount_minor',
  'version',
  'stream_kind',
  'stream_id',
  'source_kind',
  'source_id',
  'actor_kind',
  'actor_id',
  'memo',
]

/** One line per posting, as RFC 4180 has it. Texts that a spreadsheet would take for a formula are led by an apostrophe. */
export const csv: ExportFormat = {
  contentType: 'text/csv; charset=utf-8',
  extension: 'csv',
  head: () => `${COLUMNS.join(',')}\r\n`,
  entry(entry) {
    const { id, effectiveAt, recordedAt, kind, source, actor, memo } = entry
    return entry.postings
      .map(({ line, account, currency, amountMinor, version, stream }) => {
        const money = [toDecimalString({ amountMinor, currency }), amountMinor.toString(), version.toString()]
        const about = [stream?.kind, stream?.id, source?.kind, source?.id, actor.kind, actor.id, memo].map(
          text,
        )
        return [id, line, effectiveAt, recordedAt, text(kind), account, currency, ...money, ...about].join(
          ',',
        )
      })
      .map((row) => `${row}\r\n`)
      .join('')
  },
}

function text(value: string | undefined): string {
  const safe = /^[=+\-@\t\r]/u.test(value ?? '') ? `'${value}` : (value ?? '')
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
