import { z } from 'zod'

/** What is read of the event that a product was put up for sale. The event is known by its name alone. */
export const productPublished = z.object({
  productId: z.uuid(),
  title: z.object({ ar: z.string(), en: z.string() }),
  publishedAt: z.string(),
})
