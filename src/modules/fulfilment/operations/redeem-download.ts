import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, statement, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { findPublishedFile, productSettings, type DeliverableFile } from '../../catalog/index.ts'
import { DownloadsUsedUp, RightRevoked } from '../errors.ts'
import { downloadLimitOf } from '../kinds/download/index.ts'
import { downloadsOf, mayDownload } from '../rules/download-count.ts'
import { parseRange, type AskedRange, type DownloadLink } from '../rules/download-link.ts'
import { usesOf } from './downloads-used.ts'
import { verifyDownloadLink } from './sign-download-link.ts'

/** A request for a file: its link, and which part of it is asked for; of a `head` request no byte goes out. */
export type DownloadRequest = {
  link: DownloadLink
  signature: string
  head: boolean
  /** The header `range`, if it holds for the file as it is: see `etagOf`. */
  rangeIfCurrent: (file: DeliverableFile) => string | undefined
}

/** A file that may be sent now, and which part of it. */
export type Redeemed = { file: DeliverableFile; range: AskedRange; promisedBytes: bigint }

/**
 * Settles whether a link may be used now, and counts what is asked for: the signature, its life, the right as it stands at
 * this moment and the limit. The bytes are counted before they go out, so that requests made at once cannot pass the limit
 * together; what then does not go out is given back by `giveBackUnsent`. A file of an earlier published edition is as good as
 * one of the newest, so that a new edition breaks no download under way. Locks the right.
 * @throws LinkExpired, RightRevoked, DownloadsUsedUp, NotFound
 */
export async function redeemDownload(ctx: Ctx, request: DownloadRequest): Promise<Redeemed> {
  const { link, signature } = request
  verifyDownloadLink(ctx, link, signature)
  return transaction(ctx, async (tx) => {
    const productId = await lockRight(tx, link.entitlementId)
    const file = await findPublishedFile(tx, { productId, fileId: link.fileId })
    if (file === undefined) throw new NotFound()
    const [settings] = await productSettings(tx, [productId])
    const range = parseRange(request.rangeIfCurrent(file), Number(file.sizeBytes))
    const promisedBytes = request.head ? 0n : bytesOf(range, file.sizeBytes)
    await count(tx, { link, file, limit: downloadLimitOf(settings?.settings), promisedBytes })
    return { file, range, promisedBytes }
  })
}

/** Takes back what was counted and did not go out: the reader broke off. */
export async function giveBackUnsent(ctx: Ctx, link: DownloadLink, bytes: bigint): Promise<void> {
  if (bytes <= 0n) return
  await statement(
    ctx,
    sql`UPDATE downloads SET sent_bytes = greatest(sent_bytes - ${bytes}, 1)
        WHERE workspace_id = ${ctx.workspaceId} AND entitlement_id = ${link.entitlementId}
          AND file_id = ${link.fileId} AND link_id = ${link.linkId}`,
  )
}

function bytesOf(range: AskedRange, sizeBytes: bigint): bigint {
  if (range === 'unsatisfiable') return 0n
  if (range !== undefined) return BigInt(range.end - range.start)
  return sizeBytes > 0n ? sizeBytes : 1n
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

type Counted = { link: DownloadLink; file: DeliverableFile; limit: number; promisedBytes: bigint }

async function count(tx: TxCtx, { link, file, limit, promisedBytes }: Counted): Promise<void> {
  const { sizeBytes } = file
  const uses = (await usesOf(tx, [link.entitlementId])).filter(({ fileId }) => fileId === link.fileId)
  const own = uses.find(({ linkId }) => linkId === link.linkId)
  const elsewhere = uses
    .filter((use) => use !== own)
    .reduce((sum, use) => sum + downloadsOf(use.sentBytes, sizeBytes) - use.forgiven, 0)
  // Nothing goes out of a `head`, but it says whether something would.
  const asked = promisedBytes === 0n ? 1n : promisedBytes
  if (!mayDownload({ limit, sizeBytes, elsewhere, own }, asked)) throw new DownloadsUsedUp(limit)
  if (promisedBytes === 0n) return
  await rows(
    tx,
    sql`INSERT INTO downloads AS d (workspace_id, id, entitlement_id, file_id, link_id, size_bytes, sent_bytes, started_at)
        VALUES (${tx.workspaceId}, ${tx.ids.next()}, ${link.entitlementId}, ${link.fileId}, ${link.linkId},
          ${sizeBytes}, ${promisedBytes}, ${tx.clock.now()})
        ON CONFLICT (workspace_id, entitlement_id, file_id, link_id)
        DO UPDATE SET sent_bytes = d.sent_bytes + excluded.sent_bytes`,
  )
}
