import { createHash } from 'node:crypto'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { enqueue } from '../../../platform/jobs/jobs.ts'
import { sendPurchasesLinkRef } from '../job-refs.ts'
import type { RequestPurchases } from '../schema.ts'

/**
 * Asks for a link to 'my purchases' by e-mail. Takes the same time and says the same whether the address ever bought
 * here: whether it did is found out in the background. The same key and address are the same request, and one mail.
 */
export async function requestPurchases(
  ctx: Ctx,
  { email, locale }: RequestPurchases,
  idempotencyKey?: string,
): Promise<void> {
  const requestId = idempotencyKey === undefined ? ctx.ids.next() : idOfRequest(email, idempotencyKey)
  await transaction(ctx, (tx) => enqueue(tx, sendPurchasesLinkRef, { requestId, email, locale }))
}

/** The same id for the same request: its link and its mail then come once. Form: UUID, version 8 (RFC 9562, section 5.8). */
function idOfRequest(email: string, key: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([email, key]))
    .digest('hex')
  const variant = ((Number.parseInt(hash.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join('-')
}
