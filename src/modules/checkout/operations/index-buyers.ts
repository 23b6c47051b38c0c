import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { ERASED } from '../../../platform/personal-data.ts'
import { nameWords } from '../rules/name-words.ts'
import type { OrderPaid } from '../schema.ts'

/** Greater than every continuation of a text, in the byte order that the index has. */
const LAST = '\u{10FFFF}'
/** Of a word that more people have, the rarer words of a name decide. */
const COUNTED = 1_000
/** So many candidates of the rarest word are looked at. */
const LOOKED_AT = 4_000
const MOST_FOUND = 200

/** Makes buyers findable by every word of their names. Running it again changes nothing. */
export async function indexBuyers(ctx: Ctx, orders: readonly OrderPaid[]): Promise<void> {
  const pairs = orders
    .filter(({ email }) => email !== ERASED.email)
    .flatMap(({ email, buyerName }) => nameWords(buyerName).map((word) => ({ email, word })))
  if (pairs.length === 0) return
  await transaction(ctx, (tx) =>
    rows(
      tx,
      // An erasure may have come between the sale and this: only those who still have an order are written.
      sql`INSERT INTO buyer_words (workspace_id, email, word)
          SELECT DISTINCT ${tx.workspaceId}::uuid, p.email, p.word
          FROM unnest(${sql.param(pairs.map(({ email }) => email))}::text[], ${sql.param(pairs.map(({ word }) => word))}::text[])
            AS p (email, word)
          WHERE EXISTS (SELECT FROM orders o WHERE o.workspace_id = ${tx.workspaceId} AND o.email = p.email)
          ORDER BY 2, 3
          ON CONFLICT DO NOTHING`,
    ),
  )
}

/**
 * The addresses of buyers in whose names every word of a text begins a word, at most two hundred: أحمد finds احمد, and عتيبي
 * العتيبي. Bounded whatever the number of buyers: the rarest word leads, the others are asked for.
 */
export async function findByName(ctx: TxCtx, text: string): Promise<string[]> {
  const words = nameWords(text).filter((word) => Array.from(word).length > 1)
  if (words.length === 0) return []
  const counted = await rows<{ word: string; count: number }>(
    ctx,
    sql`SELECT a.word, (SELECT count(*)::int FROM (SELECT FROM buyer_words w WHERE w.workspace_id = ${ctx.workspaceId}
            AND w.word ~>=~ a.word AND w.word ~<~ (a.word || ${LAST}) LIMIT ${COUNTED}) few) AS count
        FROM unnest(${sql.param(words)}::text[]) AS a (word) ORDER BY 2, 1`,
  )
  const [rarest, ...others] = counted
  if (rarest === undefined || rarest.count === 0) return []
  const also = others.map(
    ({ word }) => sql`AND EXISTS (SELECT FROM buyer_words o WHERE o.workspace_id = ${ctx.workspaceId}
      AND o.email = c.email AND o.word ~>=~ ${word} AND o.word ~<~ ${word + LAST})`,
  )
  const found = await rows<{ email: string }>(
    ctx,
    sql`SELECT DISTINCT c.email FROM (
          SELECT w.email FROM buyer_words w WHERE w.workspace_id = ${ctx.workspaceId}
            AND w.word ~>=~ ${rarest.word} AND w.word ~<~ ${rarest.word + LAST} LIMIT ${LOOKED_AT}) c
        WHERE true ${sql.join(also, sql` `)} LIMIT ${MOST_FOUND}`,
  )
  return found.map(({ email }) => email)
}
