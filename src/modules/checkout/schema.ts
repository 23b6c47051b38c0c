import { z } from '@hono/zod-openapi'
import type { StoreAddress } from '../catalog/schema.ts'

/** What a cart holds of one product; `chosenMinor` is the buyer's own price, as a string of minor units, where the product lets them choose. */
export const cartItemSchema = z.object({
  productId: z.uuid(),
  quantity: z.number().int().min(1).max(1000),
  chosenMinor: z
    .string()
    .regex(/^(0|[1-9]\d{0,17})$/)
    .optional(),
})

/** See cartItemSchema. */
export type CartItem = z.infer<typeof cartItemSchema>

/** All that an invoice or a credit note says, frozen when it was issued; amounts are strings of minor units. */
export type DocumentData = {
  locale: 'ar' | 'en'
  currency: string
  seller: {
    name: string
    legalName: string
    taxNumber: string
    address: StoreAddress | null
    country: string
    email: string
  }
  buyer: { name: string; email: string }
  orderNumber: string
  /** Of a credit note: the invoice that it corrects. */
  correctsNumber?: string
  reason?: string
  lines: {
    titleAr: string
    titleEn: string
    quantity: number
    unitMinor: string
    netMinor: string
    taxMinor: string
    totalMinor: string
  }[]
  taxRateBps: number
  pricesIncludeTax: boolean
  netMinor: string
  taxMinor: string
  totalMinor: string
  issuedAt: string
  paidAt: string
}
