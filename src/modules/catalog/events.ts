import { z } from 'zod'
import { defineEvent } from '../../platform/jobs/jobs.ts'

/** A new edition of a product's files is out; those who bought the product get it. */
export const versionPublished = defineEvent(
  'version.published',
  z.object({
    productId: z.uuid(),
    versionId: z.uuid(),
    number: z.number().int(),
    publishedAt: z.string(),
  }),
)

const product = { productId: z.uuid(), kind: z.string(), title: z.object({ ar: z.string(), en: z.string() }) }

/** A product was put up for sale. */
export const productPublished = defineEvent(
  'product.published',
  z.object({ ...product, publishedAt: z.string() }),
)

/** A product that was up for sale was taken off it; `archived` for good. */
export const productUnpublished = defineEvent(
  'product.unpublished',
  z.object({ ...product, archived: z.boolean(), unpublishedAt: z.string() }),
)
