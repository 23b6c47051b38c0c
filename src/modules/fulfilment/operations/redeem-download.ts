import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { latestFiles, productSettings, type DeliverableFile } from '../../catalog/index.ts'
import { DownloadsUsedUp, RightRevoked } from '../errors.ts'
import { downloadLimitOf } from '../kinds/download/index.ts'
import type { DownloadLink } from '../rules/download-link.ts'
import { verifyDownloadLink } from './sign-download-link.ts'

/**
 * Settles whether a link may be used now, and counts it: the signature, its life, the right as it stands at this moment
 * and the limit. A link counts once, however many ranges are fetched with it. Locks the right.
 * @throws LinkExpired, RightRevoked, DownloadsUsedUp, NotFound
 */
export async function redeemDownload(
  ctx: Ctx,
  link: DownloadLink,
  signature: string,
): Promise<DeliverableFile> {
  verifyDownloadLink(ctx, link, signature)
  return transaction(ctx, async (tx) => {
    const productId = await lockRight(tx, link.entitlementId)
    const file = (await latestFiles(tx, [productId])).find(({ fileId }) => fileId === link.fileId)
    if (file === undefined) throw new NotFound()
    const [settings] = await productSettings(tx, [productId])
    await count(tx, { link, file, limit: downloadLimitOf(settings?.settings) })
    return file
  })
}

async function lockRight(tx: TxCtx, entitlementId: string): Promise<string> {
  const [right] = await rows<{ product_id: string; revoked_at: Date | null }>(
    tx,
    sql`SELECT product_id, revoked_at FROM entitlements
        WHERE workspace_id = ${tx.workspaceId} AND id = ${entitlementId} FOR UPDATE`,
  )
  if (right === undefined) throw new NotFound()
  if (right.revoked_at !== null) throw new RightRevoked()
  return right.product_id
}

async function count(
  tx: TxCtx,
  { link, file, limit }: { link: DownloadLink; file: DeliverableFile; limit: number },
): Promise<void> {
  const [used] = await rows<{ times: number; redeemed: boolean }>(
    tx,
    sql`SELECT count(*)::int AS times, coalesce(bool_or(link_id = ${link.linkId}), false) AS redeemed FROM downloads
        WHERE workspace_id = ${tx.workspaceId} AND entitlement_id = ${link.entitlementId} AND file_id = ${link.fileId}`,
  )
  if (used?.redeemed === true) return
  if (used !== undefined && used.times >= limit) throw new DownloadsUsedUp(limit)
  await rows(
    tx,
    sql`INSERT INTO downloads (workspace_id, id, entitlement_id, file_id, link_id, size_bytes, started_at)
        VALUES (${tx.workspaceId}, ${tx.ids.next()}, ${link.entitlementId}, ${link.fileId}, ${link.linkId},
          ${file.sizeBytes}, ${tx.clock.now()})`,
  )
}
