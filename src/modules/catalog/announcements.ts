import { z } from '@hono/zod-openapi'
import { defineAnnouncement, type Announcement } from '../../platform/announcement.ts'
import { productPublished, productUnpublished, versionPublished } from './events.ts'

const instant = z.iso.datetime()
const title = z.object({ ar: z.string(), en: z.string() })
const at = '2026-03-01T09:30:00.000Z'
const product = {
  productId: '01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d60',
  kind: 'download',
  title: { ar: 'دليل الخط العربي', en: 'A Guide to Arabic Calligraphy' },
}

const published = defineAnnouncement({
  event: productPublished,
  type: 'product.published',
  summary: 'A product was put up for sale.',
  schema: z.object({ productId: z.uuid(), kind: z.string(), title, publishedAt: instant }),
  example: { ...product, publishedAt: at },
  at: ({ publishedAt }) => publishedAt,
  data: (payload) => payload,
})

const unpublished = defineAnnouncement({
  event: productUnpublished,
  type: 'product.unpublished',
  summary: 'A product was taken off sale.',
  schema: z.object({
    productId: z.uuid(),
    kind: z.string(),
    title,
    archived: z.boolean().openapi({ description: 'Whether for good.' }),
    unpublishedAt: instant,
  }),
  example: { ...product, archived: false, unpublishedAt: at },
  at: ({ unpublishedAt }) => unpublishedAt,
  data: (payload) => payload,
})

const version = defineAnnouncement({
  event: versionPublished,
  type: 'version.published',
  summary: 'A new edition of a product’s files was given to its buyers.',
  schema: z.object({
    productId: z.uuid(),
    versionId: z.uuid(),
    number: z.number().int(),
    publishedAt: instant,
  }),
  example: {
    productId: product.productId,
    versionId: '01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d63',
    number: 2,
    publishedAt: at,
  },
  at: ({ publishedAt }) => publishedAt,
  data: (payload) => payload,
})

/** What people outside may be told of the catalogue. */
export const announcements: readonly Announcement[] = [published, unpublished, version]
