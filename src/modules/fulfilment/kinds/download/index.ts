import { z } from 'zod'
import type { Ctx } from '../../../../platform/ctx.ts'
import { transaction } from '../../../../platform/database/transaction.ts'
import {
  latestFiles,
  latestVersions,
  productSettings,
  type DeliverableFile,
  type PublishedVersion,
} from '../../../catalog/index.ts'
import { usesOf, type LinkUse } from '../../operations/downloads-used.ts'
import { signDownloadLink } from '../../operations/sign-download-link.ts'
import { downloadsOf } from '../../rules/download-count.ts'
import type { BuyerView } from '../../schema.ts'
import type { Held, ProductKind } from '../kind.ts'

const settings = z.strictObject({
  /** How often each file can be fetched for one order line. */
  downloadLimit: z.number().int().min(1).max(1000).default(25),
})

/** The newest edition and the twenty before it: no page grows without end. */
const MOST_VERSIONS = 21

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

async function view(ctx: Ctx, held: readonly Held[]): Promise<BuyerView[]> {
  const productIds = [...new Set(held.map(({ productId }) => productId))]
  return transaction(ctx, async (tx) => {
    const versions = Map.groupBy(
      await latestVersions(tx, productIds, MOST_VERSIONS),
      ({ productId }) => productId,
    )
    const files = Map.groupBy(await latestFiles(tx, productIds, MOST_VERSIONS), ({ versionId }) => versionId)
    const limits = new Map(
      (await productSettings(tx, productIds)).map((one) => [one.productId, downloadLimitOf(one.settings)]),
    )
    const used = timesUsed(
      await usesOf(
        tx,
        held.map(({ entitlementId }) => entitlementId),
      ),
    )
    return held.map((one) => {
      const [version, ...earlier] = versions.get(one.productId) ?? []
      const active = one.revokedAt === undefined
      const limit = limits.get(one.productId) ?? 0
      const left = (file: DeliverableFile) =>
        Math.max(0, limit - (used.get(`${one.entitlementId}/${file.fileId}`) ?? 0))
      const filesOf = ({ versionId }: PublishedVersion) =>
        (files.get(versionId) ?? []).map((file) =>
          toBuyerFile(ctx, { held: one, file, left: left(file), limit }),
        )
      return {
        entitlementId: one.entitlementId,
        orderId: one.orderId,
        line: one.line,
        productId: one.productId,
        kind: one.kind,
        active,
        version: version === undefined ? null : toVersion(version),
        files: active && version !== undefined ? filesOf(version) : [],
        earlierVersions: active ? earlier.map((old) => ({ ...toVersion(old), files: filesOf(old) })) : [],
      }
    })
  })
}

function toVersion({
  number,
  notesAr,
  notesEn,
  publishedAt,
}: PublishedVersion): NonNullable<BuyerView['version']> {
  return { number, notesAr, notesEn, publishedAt: publishedAt.toISOString() }
}

type Offered = { held: Held; file: DeliverableFile; left: number; limit: number }

function toBuyerFile(ctx: Ctx, { held, file, left, limit }: Offered): BuyerView['files'][number] {
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
    downloadsLeft: left,
    downloadLimit: limit,
  }
}

/** Downloads that count, by right and file. */
function timesUsed(uses: readonly LinkUse[]): Map<string, number> {
  const used = new Map<string, number>()
  for (const { entitlementId, fileId, sentBytes, sizeBytes, forgiven } of uses) {
    const key = `${entitlementId}/${fileId}`
    used.set(key, (used.get(key) ?? 0) + downloadsOf(sentBytes, sizeBytes) - forgiven)
  }
  return used
}
