import { z } from '@hono/zod-openapi'
import { currencySchema } from '../../shared/currencies.ts'
import { idSchema } from '../../shared/ids.ts'
import { locales } from '../../shared/locale.ts'
import { moneySchema, nonNegativeMoneySchema, positiveMoneySchema } from '../../shared/money.ts'
import { plainText } from '../catalog/schema.ts'

export type { StoreAddress } from '../catalog/schema.ts'

const instant = z.iso.datetime()
const titleSchema = z.object({ ar: z.string(), en: z.string() })
const figures = { net: moneySchema, tax: moneySchema, total: moneySchema }

/** What a cart holds of one product; `chosenMinor` is the buyer's own price, as a string of minor units, where the product lets them choose. */
export const cartItemSchema = z.object({
  productId: idSchema,
  quantity: z.number().int().min(1).max(1000),
  chosenMinor: z
    .string()
    .regex(/^(0|[1-9]\d{0,14})$/, 'problems.field.money-not-negative')
    .optional(),
})

/** See cartItemSchema. */
export type CartItem = z.infer<typeof cartItemSchema>

/** How many different products a cart holds at most. */
export const MOST_ITEMS = 50

const itemsSchema = z
  .array(cartItemSchema)
  .max(MOST_ITEMS)
  .refine((items) => new Set(items.map((item) => item.productId)).size === items.length, {
    message: 'problems.field.product-twice',
  })

/** A new cart. Without a currency it gets the store's first. */
export const createCartSchema = z.object({
  currency: currencySchema.optional(),
  items: itemsSchema.default([]),
})

/** See createCartSchema. */
export type CreateCart = z.infer<typeof createCartSchema>

/** The whole new content of a cart; what is left out stays as it is. */
export const updateCartSchema = z.object({
  currency: currencySchema.optional(),
  items: itemsSchema.optional(),
})

/** See updateCartSchema. */
export type UpdateCart = z.infer<typeof updateCartSchema>

const lineSchema = z.object({
  line: z.number().int(),
  productId: idSchema,
  kind: z.string(),
  title: titleSchema,
  quantity: z.number().int(),
  unit: moneySchema,
  ...figures,
})

/** A cart as it would be sold now. Items that cannot be bought are in `issues` and not in the sums. */
export const cartSchema = z
  .object({
    id: idSchema,
    currency: currencySchema,
    items: z.array(cartItemSchema),
    lines: z.array(lineSchema),
    issues: z.array(
      z.object({
        productId: idSchema,
        reason: z.enum(['unavailable', 'not-in-currency', 'below-minimum', 'sold-out', 'held', 'too-much']),
        title: titleSchema.optional(),
        left: z.number().int().optional(),
        freeAt: z.iso.datetime().optional().openapi({
          description: 'When the first of the copies that unpaid orders hold may be on sale again.',
        }),
        minimum: moneySchema.optional(),
      }),
    ),
    ...figures,
    taxRateBps: z.number().int(),
    pricesIncludeTax: z.boolean(),
    /** The order that was placed from it; such a cart cannot be changed any more. */
    orderId: idSchema.nullable(),
    replacesOrderId: idSchema.nullable().openapi({
      description:
        'The unpaid order whose content this cart has again. The copies that it holds count as available here; it is cancelled when this cart is ordered.',
    }),
  })
  .openapi('Cart')

/** See cartSchema. */
export type Cart = z.infer<typeof cartSchema>

const providerName = z.string().regex(/^[a-z0-9-]{1,40}$/)

/** What a buyer says to place an order; `expectedTotal` is the total that they were shown. */
export const placeOrderSchema = z.object({
  cartId: idSchema,
  email: z
    .email()
    .max(254)
    .transform((email) => email.toLowerCase()),
  // One line: it stands in the headers and the greeting of mails.
  name: plainText(200)
    .min(1)
    .regex(/^\P{Cc}*$/u, 'problems.field.control-characters'),
  locale: z.enum(locales),
  expectedTotal: nonNegativeMoneySchema,
  /** How to pay; the store's first way when left out. */
  provider: providerName.optional(),
})

/** See placeOrderSchema. */
export type PlaceOrder = z.infer<typeof placeOrderSchema>

/** Another attempt to pay. */
export const retryPaymentSchema = z.object({ provider: providerName.optional() })

/** One attempt to be paid. */
export const paymentSchema = z.object({
  id: idSchema,
  provider: z.string(),
  status: z.enum(['created', 'started', 'processing', 'captured', 'declined', 'cancelled']),
  amount: moneySchema,
  /** Where the buyer pays, while they can. */
  url: z.string().nullable(),
  declineReason: z.string().nullable(),
  problem: z.enum(['mismatch']).nullable().openapi({
    description:
      'The provider told of another amount or currency, so nothing was captured; a person has to look.',
  }),
})

/** See paymentSchema. */
export type Payment = z.infer<typeof paymentSchema>

/** What a provider said of a payment that is not what was asked for; `amount` in minor units of its currency. */
const observedMoneySchema = z.object({
  status: z.enum(['open', 'processing', 'paid', 'declined', 'cancelled']),
  amount: z.string(),
  currency: z.string(),
})

/** See observedMoneySchema. */
export type ObservedMoney = z.infer<typeof observedMoneySchema>

/** A payment as the seller sees it: with what the provider said instead, and how the question was settled. */
export const paymentStorySchema = paymentSchema
  .extend({
    observed: observedMoneySchema.nullable(),
    problemSettledAt: instant.nullable(),
    problemNote: z.string().nullable(),
  })
  .openapi('PaymentStory')

/** See paymentStorySchema. */
export type PaymentStory = z.infer<typeof paymentStorySchema>

/** How to end the question: give back at the provider what it holds, or say what was done about it. */
export const settleMismatchSchema = z
  .object({ action: z.enum(['return', 'note']), note: plainText(500).default('') })
  .refine(({ action, note }) => action === 'return' || note !== '', {
    path: ['note'],
    message: 'problems.field.note-missing',
  })

/** See settleMismatchSchema. */
export type SettleMismatch = z.input<typeof settleMismatchSchema>

const orderStatusSchema = z.enum(['pending', 'paid', 'partially-refunded', 'refunded', 'cancelled'])

const orderHeadSchema = z.object({
  id: idSchema,
  number: z.string(),
  status: orderStatusSchema,
  locale: z.enum(locales),
  email: z.string(),
  buyerName: z.string(),
  currency: currencySchema,
  ...figures,
  refunded: moneySchema,
  placedAt: instant,
  paidAt: instant.nullable(),
})

/** An order as a list shows it. */
export const orderSummarySchema = orderHeadSchema.openapi('OrderSummary')

/** See orderSummarySchema. */
export type OrderSummary = z.infer<typeof orderSummarySchema>

/** The kinds of documents; an order that cost nothing has a receipt in the place of the invoice. */
export const DOCUMENT_KINDS = ['invoice', 'credit-note', 'receipt'] as const

const documentSchema = z
  .object({
    id: idSchema,
    kind: z.enum(DOCUMENT_KINDS),
    number: z.string(),
    issuedAt: instant,
  })
  .openapi('Document')

/** An invoice, credit note or receipt without its content. */
export type Document = z.infer<typeof documentSchema>

/** An order as its buyer sees it. */
export const orderSchema = orderHeadSchema
  .extend({
    lines: z.array(
      lineSchema.extend({
        refunded: moneySchema,
        stocked: z
          .boolean()
          .openapi({ description: 'Whether it holds copies of a product of which there are only so many.' }),
      }),
    ),
    taxRateBps: z.number().int(),
    pricesIncludeTax: z.boolean(),
    expiresAt: instant,
    cancelledAt: instant.nullable(),
    cancelReason: z
      .enum(['expired', 'buyer', 'seller'])
      .nullable()
      .openapi({ description: '`expired`: its time ran out before it was paid.' }),
    /** The newest attempt to pay; null for an order that costs nothing. */
    payment: paymentSchema.nullable(),
    documents: z.array(documentSchema),
  })
  .openapi('Order')

/** See orderSchema. */
export type Order = z.infer<typeof orderSchema>

/** An order just placed, with the key that lets its buyer see it again. */
export const placedOrderSchema = z
  .object({ order: orderSchema, key: z.string(), url: z.string() })
  .openapi('PlacedOrder')

/** See placedOrderSchema. */
export type PlacedOrder = z.infer<typeof placedOrderSchema>

/** What to give back: all that is left, an amount, or lines (each whole, or an amount of it). */
export const refundOrderSchema = z
  .object({
    amount: positiveMoneySchema.optional(),
    lines: z
      .array(z.object({ line: z.number().int().min(1), amount: positiveMoneySchema.optional() }))
      .min(1)
      .max(50)
      .optional(),
    reason: plainText(500).default(''),
    restock: z.boolean().default(true).openapi({
      description:
        'Whether copies of lines that are given back whole can be sold again, where stock is limited.',
    }),
  })
  .refine((wish) => wish.amount === undefined || wish.lines === undefined, {
    message: 'problems.field.amount-or-lines',
  })

/** See refundOrderSchema. */
export type RefundOrder = z.input<typeof refundOrderSchema>

/** A refund; `pending` until the provider has answered. */
export const refundSchema = z
  .object({
    id: idSchema,
    orderId: idSchema,
    kind: z.enum(['order', 'surplus', 'mismatch']),
    status: z.enum(['pending', 'done', 'failed']),
    ...figures,
    reason: z.string(),
    failedReason: z.string().nullable(),
    restock: z.boolean(),
    createdAt: instant,
    doneAt: instant.nullable(),
  })
  .openapi('Refund')

/** See refundSchema. */
export type Refund = z.infer<typeof refundSchema>

const TIMELINE_KINDS = [
  'order-placed',
  'payment-started',
  'payment-processing',
  'payment-declined',
  'payment-cancelled',
  'payment-captured',
  'payment-mismatch',
  'mismatch-settled',
  'provider-message',
  'order-paid',
  'order-cancelled',
  'document-issued',
  'refund-requested',
  'refund-done',
  'refund-failed',
  'note',
] as const

/** One thing that happened to an order. `detail` is a number, name or reason as recorded. */
export const timelineEntrySchema = z.object({
  at: instant,
  kind: z.enum(TIMELINE_KINDS),
  amount: moneySchema.optional(),
  detail: z.string().optional(),
  noteId: idSchema.optional().openapi({ description: 'Of a note: its id, and in `by` who wrote it.' }),
  by: z.string().optional(),
})

/** See timelineEntrySchema. */
export type TimelineEntry = z.infer<typeof timelineEntrySchema>

/** An order as the seller sees it, with all that happened, oldest first. */
export const orderStorySchema = orderSchema
  .extend({
    payments: z.array(paymentStorySchema),
    refunds: z.array(refundSchema),
    timeline: z.array(timelineEntrySchema),
  })
  .openapi('OrderStory')

/** See orderStorySchema. */
export type OrderStory = z.infer<typeof orderStorySchema>

/** Which orders to list, and in which order. `search` is a number, an e-mail address, or the beginning of one, or a name. */
export const orderFilterSchema = z.object({
  status: orderStatusSchema.optional(),
  /** Only those that wait for a person: a payment of another amount. */
  attention: z.stringbool().optional(),
  search: z.string().trim().max(254).optional(),
  placedFrom: instant.optional(),
  placedBefore: instant.optional(),
  sort: z.enum(['-placed', 'placed', '-total', 'total']).default('-placed'),
})

/** What the readers of `order.paid` are told. Amounts are minor units, times ISO 8601. */
export const orderPaidSchema = z.object({
  orderId: idSchema,
  number: z.string(),
  locale: z.enum(locales),
  email: z.string(),
  buyerName: z.string(),
  currency: z.string(),
  taxMinor: z.string(),
  totalMinor: z.string(),
  paidAt: z.string(),
  lines: z.array(
    z.object({
      line: z.number().int(),
      productId: idSchema,
      kind: z.string(),
      titleAr: z.string(),
      titleEn: z.string(),
      quantity: z.number().int(),
      /** What the buyer paid for the line, tax included. */
      totalMinor: z.string(),
    }),
  ),
})

/** Somebody who ordered, by their address. */
export const customerSchema = z
  .object({
    email: z.string(),
    name: z.string().openapi({ description: 'As they called themselves last.' }),
    orders: z.number().int(),
    paid: z.number().int().openapi({ description: 'How many of the orders were paid.' }),
    lastOrderAt: instant,
  })
  .openapi('Customer')

/** See customerSchema. */
export type Customer = z.infer<typeof customerSchema>

/** See orderPaidSchema. */
export type OrderPaid = z.infer<typeof orderPaidSchema>

/** What the readers of `order.refunded` are told. */
export const orderRefundedSchema = z.object({
  orderId: idSchema,
  refundId: idSchema,
  currency: z.string(),
  /** Whether nothing of the order is left that was not given back. */
  whole: z.boolean(),
  refundedAt: z.string(),
  /** The lines that this refund touched; `whole` says whether nothing of the line is left. */
  lines: z.array(z.object({ line: z.number().int(), totalMinor: z.string(), whole: z.boolean() })),
})

/** See orderRefundedSchema. */
export type OrderRefunded = z.infer<typeof orderRefundedSchema>
