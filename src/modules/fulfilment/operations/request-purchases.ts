import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { enqueue } from '../../../platform/jobs/jobs.ts'
import { sendPurchasesLinkRef } from '../job-refs.ts'
import type { RequestPurchases } from '../schema.ts'

/**
 * Asks for a link to 'my purchases' by e-mail. Takes the same time and says the same whether the address ever bought
 * here: whether it did is found out in the background.
 */
export async function requestPurchases(ctx: Ctx, { email, locale }: RequestPurchases): Promise<void> {
  const requestId = ctx.ids.next()
  await transaction(ctx, (tx) => enqueue(tx, sendPurchasesLinkRef, { requestId, email, locale }))
}
