import { sql } from 'drizzle-orm'

/** The version of the posting `p`: 64 of them make a chapter, by which the index finds them. */
export const version = sql.raw('(p.chapter * 64::int8 + p.place)')

/** In which chapter a version is. Reckoned here, since an index compares only plain values under row-level security. */
export function chapterOf(of: bigint): bigint {
  return of / 64n
}
