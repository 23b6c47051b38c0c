import type { ExportFormat } from './exported-books.ts'

/** One JSON object per line: everything, so that import makes equal books of it. Amounts are strings of minor units. */
export const jsonLines: ExportFormat = {
  contentType: 'application/x-ndjson',
  extension: 'jsonl',
  head(accounts) {
    const lines = accounts.map((account) =>
      toLine({ ...account, accountType: account.type, type: 'account' }),
    )
    return [toLine({ type: 'books', version: 1 }), ...lines].join('')
  },
  entry: (entry) => toLine({ type: 'entry', ...entry }),
}

/** One line. */
export function toLine({ type, ...rest }: { type: string; [field: string]: unknown }): string {
  const text = JSON.stringify({ ...rest, type }, (_, part: unknown) =>
    typeof part === 'bigint' ? part.toString() : part,
  )
  return `${text}\n`
}
