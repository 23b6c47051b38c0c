import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { audit } from '../../workspaces/index.ts'
import { downloadsOf } from '../rules/download-count.ts'
import { usesOf } from './downloads-used.ts'

/** Which right, and the order that it belongs to. */
export type RightOfOrder = { orderId: string; entitlementId: string }

/**
 * Lets a buyer download everything of a right again, as often as at first: what was downloaded so far counts no more.
 * @throws NotFound
 */
export async function allowDownloadsAgain(ctx: Ctx, right: RightOfOrder): Promise<void> {
  authorise(ctx, 'orders:write')
  await transaction(ctx, async (tx) => {
    await lockRight(tx, right)
    const uses = await usesOf(tx, [right.entitlementId])
    const forgiven = uses.map(({ fileId, linkId, sentBytes, sizeBytes }) => ({
      file: fileId,
      link: linkId,
      times: downloadsOf(sentBytes, sizeBytes),
    }))
    await rows(
      tx,
      sql`UPDATE downloads d SET forgiven = f.times
          FROM jsonb_to_recordset(${JSON.stringify(forgiven)}::jsonb) AS f (file uuid, link text, times int)
          WHERE d.workspace_id = ${tx.workspaceId} AND d.entitlement_id = ${right.entitlementId}
            AND d.file_id = f.file AND d.link_id = f.link`,
    )
    await audit(tx, {
      action: 'order.allow-downloads',
      subjectKind: 'order',
      subjectId: right.orderId,
      after: {
        entitlementId: right.entitlementId,
        forgiven: forgiven.reduce((sum, { times }) => sum + times, 0),
      },
    })
  })
}

async function lockRight(tx: TxCtx, { orderId, entitlementId }: RightOfOrder): Promise<void> {
  const found = await rows(
    tx,
    sql`SELECT id FROM entitlements
        WHERE workspace_id = ${tx.workspaceId} AND id = ${entitlementId} AND order_id = ${orderId} FOR UPDATE`,
  )
  if (found.length === 0) throw new NotFound()
}
