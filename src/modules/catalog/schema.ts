import { z } from '@hono/zod-openapi'

/** A question that buyers ask, and its answer, in both languages. */
export const faqSchema = z.array(
  z.object({
    questionAr: z.string().max(300),
    questionEn: z.string().max(300),
    answerAr: z.string().max(5000),
    answerEn: z.string().max(5000),
  }),
)

/** See faqSchema. */
export type Faq = z.infer<typeof faqSchema>

/** One size and format of a picture, by its place in storage. */
export type PictureRendition = {
  width: number
  height: number
  format: 'webp' | 'jpeg' | 'avif'
  storageKey: string
  sizeBytes: number
}

/** Where the seller is, as invoices print it. */
export const storeAddressSchema = z.object({
  line1: z.string().max(200),
  line2: z.string().max(200).default(''),
  city: z.string().max(100),
  postcode: z.string().max(20).default(''),
})

/** See storeAddressSchema. */
export type StoreAddress = z.infer<typeof storeAddressSchema>
