import { z } from 'zod'
import type { Ctx } from '../../../../platform/ctx.ts'
import { rows, transaction } from '../../../../platform/database/transaction.ts'
import { latestFiles, latestVersions, productSettings, type DeliverableFile } from '../../../catalog/index.ts'
import { sql } from 'drizzle-orm'
import { signDownloadLink } from '../../operations/sign-download-link.ts'
import type { BuyerView } from '../../schema.ts'
import type { Held, ProductKind } from '../kind.ts'

const settings = z.strictObject({
  /** How often each file can be fetched for one order line. */
  downloadLimit: z.number().int().min(1).max(1000).default(25),
})

/** Files that buyers download; each newer edition reaches earlier buyers too. */
export const download: ProductKind = {
  name: 'download',
  settings,
  needsFiles: true,
  // The right is all there is: files are read from the newest edition when the buyer looks.
  deliver: () => Promise.resolve(),
  revoke: () => Promise.resolve(),
  view,
}

/** How often a file of a product may be fetched for one order line, by the product's settings. */
export function downloadLimitOf(productSettingsOrNothing: unknown): number {
  const parsed = settings.safeParse(productSettingsOrNothing ?? {})
  return parsed.success ? parsed.data.downloadLimit : settings.parse({}).downloadLimit
}

type Used = { entitlementId: string; fileId: string; times: number }

async function view(ctx: Ctx, held: readonly Held[]): Promise<BuyerView[]> {
  const productIds = [...new Set(held.map(({ productId }) => productId))]
  return transaction(ctx, async (tx) => {
    const versions = new Map((await latestVersions(tx, productIds)).map((one) => [one.productId, one]))
    const files = Map.groupBy(await latestFiles(tx, productIds), ({ productId }) => productId)
    const limits = new Map(
      (await productSettings(tx, productIds)).map((one) => [one.productId, downloadLimitOf(one.settings)]),
    )
    const used = new Map(
      (await timesUsed(tx, held)).map((one) => [`${one.entitlementId}/${one.fileId}`, one.times]),
    )
    return held.map((one) => {
      const version = versions.get(one.productId)
      const active = one.revokedAt === undefined
      const left = (file: DeliverableFile) =>
        Math.max(0, (limits.get(one.productId) ?? 0) - (used.get(`${one.entitlementId}/${file.fileId}`) ?? 0))
      return {
        entitlementId: one.entitlementId,
        orderId: one.orderId,
        line: one.line,
        productId: one.productId,
        kind: one.kind,
        active,
        version:
          version === undefined
            ? null
            : {
                number: version.number,
                notesAr: version.notesAr,
                notesEn: version.notesEn,
                publishedAt: version.publishedAt.toISOString(),
              },
        files: active
          ? (files.get(one.productId) ?? []).map((file) => toBuyerFile(ctx, one, file, left(file)))
          : [],
      }
    })
  })
}

function toBuyerFile(
  ctx: Ctx,
  held: Held,
  file: DeliverableFile,
  downloadsLeft: number,
): BuyerView['files'][number] {
  const link = signDownloadLink(ctx, {
    entitlementId: held.entitlementId,
    fileId: file.fileId,
    sizeBytes: file.sizeBytes,
  })
  return {
    id: file.fileId,
    name: file.name,
    mediaType: file.mediaType,
    sizeBytes: Number(file.sizeBytes),
    sha256: file.sha256,
    url: link.path,
    expiresAt: link.expiresAt.toISOString(),
    downloadsLeft,
  }
}

function timesUsed(ctx: Parameters<typeof latestFiles>[0], held: readonly Held[]): Promise<Used[]> {
  return rows<Used>(
    ctx,
    sql`SELECT entitlement_id AS "entitlementId", file_id AS "fileId", count(*)::int AS times FROM downloads
        WHERE workspace_id = ${ctx.workspaceId} AND entitlement_id = ANY(${sql.param(held.map(({ entitlementId }) => entitlementId))}::uuid[])
        GROUP BY 1, 2`,
  )
}
