import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { z } from '@hono/zod-openapi'
import type { Ctx, TxCtx } from '../ctx.ts'
import { Conflict, DomainError } from '../errors.ts'
import { rows, transaction } from '../database/transaction.ts'

/** The header of every POST that makes money or messages: 1 to 255 printable characters chosen by the caller. */
export const idempotencyHeader = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, 'problems.validation.idempotency-key')
    .openapi({
      description: 'The same key with the same request gets the first answer again; see the guide.',
    }),
})

/** What makes a request the same request. */
export type IdempotentRequest = { scope: string; key: string; request: unknown }

type Stored = { request_hash: string; answer: unknown }

/**
 * Runs `work` once for a key, in one transaction: its answer is kept with what it wrote. The same key and request get
 * the kept answer; a refusal keeps nothing, so the caller may mend the request under the same key only if it was refused.
 * Two requests at once: the second waits for the first.
 * @throws Conflict `idempotency-key-reuse` for the same key with another request.
 */
export async function once<Answer>(
  ctx: Ctx,
  { scope, key, request }: IdempotentRequest,
  work: (ctx: TxCtx) => Promise<Answer>,
): Promise<Answer> {
  const hash = createHash('sha256').update(stableJson(request)).digest('base64url')
  return transaction(ctx, async (tx) => {
    const claimed = await rows(
      tx,
      sql`INSERT INTO idempotency_keys (workspace_id, scope, key, request_hash, created_at)
          VALUES (${tx.workspaceId}, ${scope}, ${key}, ${hash}, ${ctx.clock.now()})
          ON CONFLICT DO NOTHING RETURNING true AS claimed`,
    )
    if (claimed.length === 0) return replay<Answer>(tx, { scope, key, request: hash })
    const answer = await work(tx)
    await rows(
      tx,
      sql`UPDATE idempotency_keys SET answer = ${JSON.stringify(answer)}::jsonb
          WHERE workspace_id = ${tx.workspaceId} AND scope = ${scope} AND key = ${key}`,
    )
    return answer
  })
}

async function replay<Answer>(tx: TxCtx, { scope, key, request }: IdempotentRequest): Promise<Answer> {
  const [stored] = await rows<Stored>(
    tx,
    sql`SELECT request_hash, answer FROM idempotency_keys
        WHERE workspace_id = ${tx.workspaceId} AND scope = ${scope} AND key = ${key}`,
  )
  if (stored === undefined) throw new Conflict()
  if (stored.request_hash !== request) throw new DomainError('idempotency-key-reuse', 409)
  // The answer was made by `work` for this very scope, so it has `work`'s type.
  return stored.answer as Answer
}

/** JSON with sorted keys, so that the same request has the same hash however it was written. */
function stableJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
