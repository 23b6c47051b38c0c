import { hash } from 'node:crypto'
import type { MoneyRow } from './importer.ts'

/** Gives each row of one file the key by which it is known again in this and any later file. */
export type RowKeys = {
  /** The key as a UUID; `repeated` if the platform's own number has come in this file already. */
  keyOf(row: MoneyRow): { key: string; repeated: boolean }
}

/**
 * Keys of a source's rows: half of a SHA-256 of what makes the row itself. Rows that are alike in all they say are told
 * apart by counting them, so two sales of a day are two in every file that holds that day.
 */
export function createRowKeys(source: string): RowKeys {
  const seen = new Map<string, number>()
  return {
    keyOf: ({ identity }) => {
      const parts = 'id' in identity ? identity.id : identity.content
      const base = JSON.stringify([source, ...parts])
      const first = digest(base)
      const count = seen.get(first) ?? 0
      seen.set(first, count + 1)
      if ('id' in identity) return { key: first, repeated: count > 0 }
      return { key: count === 0 ? first : digest(`${base} ${count}`), repeated: false }
    },
  }
}

function digest(text: string): string {
  const hex = hash('sha256', text, 'hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
