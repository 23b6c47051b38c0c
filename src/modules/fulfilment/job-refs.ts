import { z } from 'zod'
import { locales } from '../../shared/locale.ts'
import type { JobRef } from '../../platform/jobs/jobs.ts'
import { versionPublished } from '../catalog/index.ts'

const purchasesLinkSchema = z.object({ requestId: z.uuid(), email: z.string(), locale: z.enum(locales) })
const versionPageSchema = versionPublished.schema.and(z.object({ after: z.uuid().optional() }))

/** What sends a link to 'my purchases' has to know. */
export type PurchasesLinkRequest = z.infer<typeof purchasesLinkSchema>

/** A page of the earlier buyers of a product, after the entitlement `after`. */
export type VersionPage = z.infer<typeof versionPageSchema>

/** Sends the link to 'my purchases' to an address that bought here. */
export const sendPurchasesLinkRef: JobRef<PurchasesLinkRequest> = {
  name: 'send-purchases-link',
  schema: purchasesLinkSchema,
}

/** Tells a page of earlier buyers of a new edition. */
export const announceVersionRef: JobRef<VersionPage> = { name: 'announce-version', schema: versionPageSchema }
