import { sql, type SQL } from 'drizzle-orm'
import type { QueryWord } from '../rules/search-words.ts'

/** Greater than every continuation of a prefix, in the byte order that the index has. */
const LAST = '\u{10FFFF}'

/**
 * Common table expressions that end in `matched (product_id, score)`: products that have every word of the query, as a
 * word, as the beginning of one, or in singular or plural. A word that none has is looked for among the words of titles
 * and summaries that begin with the same letter and differ in a letter or two. `onSale` leaves out what cannot be bought.
 */
export function matchWords(
  workspaceId: string,
  words: readonly QueryWord[],
  { onSale }: { onSale: boolean },
): SQL {
  const shown = onSale ? sql`AND w.on_sale` : sql``
  const column = (of: (word: QueryWord) => string | number) => sql.param(words.map(of))
  const initial = (word: string) => String.fromCodePoint(word.codePointAt(0) ?? 0)
  return sql`asked AS (
      SELECT * FROM unnest(${column(({ word }) => word)}::text[], ${column(({ stem }) => stem)}::text[],
        ${column(({ stem }) => stem + LAST)}::text[], ${column(({ word }) => initial(word))}::text[],
        ${column(({ word }) => initial(word) + LAST)}::text[], ${column(({ tolerance }) => tolerance)}::int[])
      WITH ORDINALITY AS a (word, stem, stem_end, initial, initial_end, tolerance, nth)
    ), found AS (
      SELECT a.nth, w.product_id,
        max(w.weight * CASE WHEN w.word = a.word THEN 8 WHEN starts_with(w.word, a.word) THEN 4 ELSE 2 END) AS score
      FROM asked a JOIN product_words w ON w.word ~>=~ a.stem AND w.word ~<~ a.stem_end
      WHERE w.workspace_id = ${workspaceId} ${shown} GROUP BY a.nth, w.product_id
    ), near AS (
      SELECT a.nth, w.product_id, max(w.weight) AS score
      FROM asked a JOIN product_words w ON w.word ~>=~ a.initial AND w.word ~<~ a.initial_end
      WHERE w.workspace_id = ${workspaceId} ${shown} AND a.tolerance > 0 AND w.weight >= 3
        AND NOT EXISTS (SELECT FROM found f WHERE f.nth = a.nth)
        AND levenshtein_less_equal(w.word, a.word, a.tolerance) <= a.tolerance
      GROUP BY a.nth, w.product_id
    ), matched AS (
      SELECT product_id, sum(score)::int AS score
      FROM (SELECT * FROM found UNION ALL SELECT * FROM near) AS both_ways
      GROUP BY product_id HAVING count(*) = ${words.length}
    )`
}
