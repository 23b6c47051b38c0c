import { z } from '@hono/zod-openapi'
import { idSchema } from '../../shared/ids.ts'
import { locales } from '../../shared/locale.ts'

const instant = z.iso.datetime()

/** A file that a buyer can fetch now; `url` is short-lived and relative to the server. */
export const buyerFileSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    mediaType: z.string(),
    sizeBytes: z.number().int(),
    sha256: z.string().nullable(),
    url: z.string().openapi({ description: 'A signed link; it lives an hour, longer for large files.' }),
    expiresAt: instant,
    downloadsLeft: z.number().int(),
    downloadLimit: z.number().int(),
  })
  .openapi('BuyerFile')

const versionSchema = z.object({
  number: z.number().int(),
  notesAr: z.string(),
  notesEn: z.string(),
  publishedAt: instant,
})

/** An edition that was followed by another; its buyers keep it. */
const earlierVersionSchema = versionSchema
  .extend({ files: z.array(buyerFileSchema) })
  .openapi('EarlierVersion')

/** What a buyer has of one order line. */
export const buyerViewSchema = z
  .object({
    entitlementId: idSchema,
    orderId: idSchema,
    line: z.number().int(),
    productId: idSchema,
    kind: z.string(),
    active: z.boolean(),
    version: versionSchema.nullable().openapi({ description: 'The newest edition.' }),
    files: z.array(buyerFileSchema).openapi({ description: 'Those of the newest edition.' }),
    earlierVersions: z
      .array(earlierVersionSchema)
      .openapi({ description: 'The last twenty before it, newest first.' }),
  })
  .openapi('Entitlement')

/** See buyerViewSchema. */
export type BuyerView = z.infer<typeof buyerViewSchema>

const sellerFiles = z.array(buyerFileSchema.omit({ url: true, expiresAt: true }))

/** The same as the seller sees it: without the links, which are the buyer's to use and count as theirs. */
export const sellerViewSchema = buyerViewSchema
  .extend({ files: sellerFiles, earlierVersions: z.array(versionSchema.extend({ files: sellerFiles })) })
  .openapi('EntitlementForSeller')

/** See sellerViewSchema. */
export type SellerView = z.infer<typeof sellerViewSchema>

/** Asks for a link to 'my purchases'. */
export const requestPurchasesSchema = z.object({
  email: z
    .email()
    .max(254)
    .transform((email) => email.toLowerCase()),
  locale: z.enum(locales),
})

/** See requestPurchasesSchema. */
export type RequestPurchases = z.infer<typeof requestPurchasesSchema>
