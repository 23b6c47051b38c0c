import { beancount } from './beancount.ts'
import { csv } from './csv.ts'
import type { ExportFormat } from './exported-books.ts'
import { hledger } from './hledger.ts'
import { jsonLines } from './json-lines.ts'

/** The forms in which books can be taken away. */
export const exportFormats = { hledger, beancount, csv, jsonl: jsonLines } as const satisfies Record<
  string,
  ExportFormat
>

/** The name of one form. */
export type ExportFormatName = keyof typeof exportFormats
