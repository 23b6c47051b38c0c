import { sql, type SQL } from 'drizzle-orm'
import { isId } from '../../shared/ids.ts'
import { Invalid } from '../errors.ts'
import { decodeCursor } from '../http/page.ts'

/** A column by which a list is sorted, and its type, which has a leak-proof comparison: row-level security lets its index serve. */
export type KeyColumn = { readonly column: SQL; readonly type: 'uuid' | 'int8' | 'timestamptz' | 'text' }

/**
 * The condition (beginning with AND, or empty) and the order of a page in the order of `key`, whose last column tells all rows
 * apart: rows that are equal in the others are neither lost nor shown twice between two pages. Every order needs an index that
 * begins with the workspace and goes on as the key does; it serves both directions.
 * @throws Invalid for a cursor of another order
 */
export function keyset(
  key: readonly KeyColumn[],
  { descending, after }: { descending: boolean; after: string | undefined },
): { beyond: SQL; order: SQL } {
  const columns = key.map(({ column }) => column)
  const direction = sql.raw(descending ? 'DESC' : 'ASC')
  const order = sql.join(
    columns.map((column) => sql`${column} ${direction}`),
    sql`, `,
  )
  if (after === undefined || after === '') return { beyond: sql``, order }
  const values = decodeCursor(after, key.length)
  const last = key.map(({ type }, at) => {
    const value = values[at] ?? ''
    if (!fits[type](value)) throw new Invalid([{ pointer: '/after', detail: 'problems.validation.cursor' }])
    return sql`${value}::${sql.raw(type)}`
  })
  const compared = sql.raw(descending ? '<' : '>')
  return { beyond: sql`AND (${sql.join(columns, sql`, `)}) ${compared} (${sql.join(last, sql`, `)})`, order }
}

const fits: Record<KeyColumn['type'], (value: string) => boolean> = {
  uuid: isId,
  int8: (value) => /^-?\d{1,18}$/u.test(value),
  timestamptz: (value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u.test(value),
  text: (value) => !value.includes('\0'),
}

/** What a sort parameter says: `-placed` is by `placed`, the greatest first. */
export function sortOf<Field extends string>(sort: Field | `-${Field}`): { by: Field; descending: boolean } {
  const descending = sort.startsWith('-')
  // Taking the minus away leaves the field that the type names.
  return { by: (descending ? sort.slice(1) : sort) as Field, descending }
}
