import { z } from '@hono/zod-openapi'
import { currencySchema, isCurrencyCode } from '../../shared/currencies.ts'
import { idSchema } from '../../shared/ids.ts'
import { nonNegativeMoneySchema, positiveMoneySchema } from '../../shared/money.ts'
import { latinSlugSchema, slugSchema } from '../../shared/slug.ts'
import { fileSchema, pictureSchema } from './file-schema.ts'
import { lookSchema } from './look-schema.ts'
import { bilingual, plainText } from './text-schema.ts'

export { plainText } from './text-schema.ts'
export type { Bilingual } from './text-schema.ts'
export {
  addPictureSchema,
  orderPicturesSchema,
  fileSchema,
  versionSchema,
  createVersionSchema,
  updateVersionSchema,
  publishVersionSchema,
} from './file-schema.ts'
export type { PictureRendition, Picture, FileRecord, Version } from './file-schema.ts'

/** Questions that buyers ask, and their answers, in order. Answers are Markdown. */
export const faqSchema = z
  .array(z.strictObject({ question: bilingual(300), answer: bilingual(5000) }))
  .max(50)

/** See faqSchema. */
export type Faq = z.infer<typeof faqSchema>

/** Where the seller is, as invoices print it. */
export const storeAddressSchema = z.strictObject({
  line1: plainText(200),
  line2: plainText(200).default(''),
  city: plainText(100),
  postcode: plainText(20).default(''),
})

/** See storeAddressSchema. */
export type StoreAddress = z.infer<typeof storeAddressSchema>

const timeZoneSchema = z
  .string()
  .max(60)
  .refine(isTimeZone, 'problems.field.time-zone')
  .openapi({ example: 'Asia/Riyadh' })

const storeFields = {
  slug: slugSchema,
  name: bilingual(100),
  tagline: bilingual(200),
  /** Markdown. */
  about: bilingual(20_000),
  /** Markdown. */
  refundPolicy: bilingual(20_000),
  defaultLocale: z.enum(['ar', 'en']),
  currencies: z
    .array(currencySchema)
    .min(1, 'problems.field.currencies')
    .max(12)
    .refine((codes) => new Set(codes).size === codes.length, 'problems.field.doubled')
    .openapi({ description: 'The first is shown when the visitor has not chosen.', example: ['SAR', 'KWD'] }),
  taxRateBps: z.number().int().min(0).max(10_000).openapi({ description: 'Basis points: 1500 is 15 %.' }),
  pricesIncludeTax: z.boolean(),
  legalName: plainText(200),
  taxNumber: plainText(40),
  address: storeAddressSchema.nullable(),
  country: z.union([z.literal(''), z.string().regex(/^[A-Z]{2}$/, 'problems.field.country')]),
  supportEmail: z.union([z.literal(''), z.email().max(254)]),
  timeZone: timeZoneSchema,
  look: lookSchema,
} as const

/** What opening a store takes: an address, a name in one language or both, and a currency. */
export const createStoreSchema = z
  .strictObject({
    ...z.strictObject(storeFields).partial().shape,
    slug: storeFields.slug,
    name: storeFields.name,
    currencies: storeFields.currencies,
  })
  .refine(({ name }) => name.ar !== '' || name.en !== '', {
    path: ['name'],
    error: 'problems.field.one-language',
  })

/** See createStoreSchema. */
export type CreateStore = z.input<typeof createStoreSchema>

const providersSchema = z
  .array(z.string().regex(/^[a-z0-9-]{1,40}$/))
  .min(1)
  .max(10)
  .refine((names) => new Set(names).size === names.length, 'problems.field.doubled')
  .openapi({ description: 'Payment providers in the order in which they are offered; `test` stands alone.' })

/** The settings to change; what is left out stays. */
export const updateStoreSchema = z
  .strictObject({ ...storeFields, providers: providersSchema })
  .partial()
  .refine(({ name }) => name === undefined || name.ar !== '' || name.en !== '', {
    path: ['name'],
    error: 'problems.field.one-language',
  })

/** See updateStoreSchema. */
export type UpdateStore = z.input<typeof updateStoreSchema>

/** The language and the settings with which the store's front page is to be shown. */
export const previewStoreSchema = z
  .strictObject({ name: bilingual(100), tagline: bilingual(200), about: bilingual(20_000), look: lookSchema })
  .partial()
  .extend({ locale: z.enum(['ar', 'en']) })

/** A store with all its settings. */
export const storeSchema = z
  .strictObject({
    ...storeFields,
    providers: z.array(z.string()),
    cover: pictureSchema.nullable().openapi({ description: 'The wide picture at the head of the store.' }),
    revision: z.string(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .openapi('Store')

/** See storeSchema. */
export type Store = z.infer<typeof storeSchema>

/** What a product costs in one currency. */
export const priceSchema = z
  .discriminatedUnion('mode', [
    z.strictObject({ mode: z.literal('fixed'), price: positiveMoneySchema }),
    z.strictObject({ mode: z.literal('free'), currency: currencySchema }),
    z.strictObject({
      mode: z.literal('chosen'),
      minimum: nonNegativeMoneySchema,
      suggested: nonNegativeMoneySchema.optional(),
    }),
  ])
  .openapi('Price')

/** See priceSchema. */
export type Price = z.infer<typeof priceSchema>

/** All prices of a product, one per currency. */
export const setPricesSchema = z.strictObject({ prices: z.array(priceSchema).max(12) })

/** How many copies there are to sell in all; null for no limit. */
export const setStockSchema = z.strictObject({ limit: z.number().int().min(0).max(1_000_000_000).nullable() })

const productFields = {
  title: bilingual(150),
  summary: bilingual(400),
  /** Markdown. */
  description: bilingual(50_000),
  faq: faqSchema,
  /** Markdown; empty where the store's policy holds. */
  refundPolicy: bilingual(20_000),
  forWhom: bilingual(2000).openapi({ description: 'Markdown: for whom it is, and for whom not.' }),
  showsSold: z.boolean().openapi({ description: 'Whether the page says how many copies were sold.' }),
  slug: slugSchema,
  shortSlug: latinSlugSchema.nullable(),
  settings: z.record(z.string().max(60), z.unknown()),
} as const

/** A new product: a draft until it is published. */
export const createProductSchema = z
  .strictObject({
    kind: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,39}$/)
      .default('download'),
    ...z.strictObject(productFields).partial().shape,
    prices: z.array(priceSchema).max(12).default([]),
    stockLimit: setStockSchema.shape.limit.default(null),
  })
  .openapi('NewProduct')

/** See createProductSchema. */
export type CreateProduct = z.input<typeof createProductSchema>

/** What to change of a product; what is left out stays. */
export const updateProductSchema = z
  .strictObject({ ...productFields, sampleFileId: idSchema.nullable() })
  .partial()

/** The language and the changes with which a product's page is to be shown. */
export const previewProductSchema = z
  .strictObject({
    title: productFields.title,
    summary: productFields.summary,
    description: productFields.description,
    faq: productFields.faq,
    refundPolicy: productFields.refundPolicy,
    forWhom: productFields.forWhom,
    showsSold: productFields.showsSold,
    prices: setPricesSchema.shape.prices,
  })
  .partial()
  .extend({ locale: z.enum(['ar', 'en']) })

/** See updateProductSchema. */
export type UpdateProduct = z.input<typeof updateProductSchema>

/** How many copies of a limited product there are, are held by unpaid orders, were sold, and can still be bought. */
export const stockSchema = z.object({
  limit: z.number().int(),
  reserved: z.number().int(),
  sold: z.number().int(),
  left: z.number().int(),
})

/** See stockSchema. */
export type Stock = z.infer<typeof stockSchema>

/** A product as its seller sees it. */
export const productSchema = z
  .object({
    id: idSchema,
    kind: z.string(),
    status: z.enum(['draft', 'published', 'archived']),
    ...productFields,
    sample: fileSchema.nullable().openapi({ description: 'A file that anybody may have before they buy.' }),
    copiesSold: z
      .number()
      .int()
      .openapi({ description: 'As counted last: about once an hour, if it is shown.' }),
    prices: z.array(priceSchema),
    stock: stockSchema.nullable(),
    pictures: z.array(pictureSchema),
    publishedAt: z.iso.datetime().nullable(),
    archivedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    revision: z.string().openapi({
      description:
        'Another one after every change of what can be edited; `If-Match: "…"` changes only what is still so.',
    }),
    updatedAt: z.iso.datetime(),
  })
  .openapi('Product')

/** See productSchema. */
export type Product = z.infer<typeof productSchema>

/** Which products to list. */
export const listProductsSchema = z.strictObject({
  status: z.enum(['draft', 'published', 'archived']).optional(),
  query: z.string().max(200).optional(),
  /** `title`: in the language of the request. */
  sort: z.enum(['-made', 'made', '-changed', 'changed', 'title', '-title']).default('-made'),
  after: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
})

/** See listProductsSchema. */
export type ListProducts = z.input<typeof listProductsSchema>

/** A product as a shelf shows it, in the languages that it has. */
export const shelfProductSchema = z
  .object({
    id: idSchema,
    kind: z.string(),
    slug: z.string(),
    title: bilingual(150),
    summary: bilingual(400),
    prices: z.array(priceSchema),
    /** Copies left; null for no limit. */
    stockLeft: z.number().int().nullable(),
    stockHeld: z.boolean().openapi({
      description: 'Whether copies are held for orders that are not paid yet, and may be on sale again.',
    }),
    cover: pictureSchema.nullable(),
    publishedAt: z.iso.datetime(),
  })
  .openapi('ShelfProduct')

/** See shelfProductSchema. */
export type ShelfProduct = z.infer<typeof shelfProductSchema>

const segmentsSchema = z.array(z.object({ text: z.string(), hit: z.boolean() }))

/** A product on a shelf, and, where it was searched for, its words in stretches, those that were hit marked. */
export const foundProductSchema = shelfProductSchema
  .extend({ highlighted: z.object({ title: segmentsSchema, summary: segmentsSchema }).optional() })
  .openapi('FoundProduct')

/** A product as its public page shows it. */
export const productPageSchema = shelfProductSchema
  .extend({
    shortSlug: z.string().nullable(),
    description: bilingual(50_000).openapi({ description: 'Markdown.' }),
    descriptionHtml: z.object({ ar: z.string(), en: z.string() }),
    faq: faqSchema,
    forWhom: bilingual(2000).openapi({ description: 'Markdown.' }),
    sample: z
      .object({ name: z.string(), mediaType: z.string(), sizeBytes: z.number().int(), url: z.string() })
      .nullable(),
    copiesSold: z.number().int().nullable().openapi({ description: 'Null unless the seller shows it.' }),
    refundPolicy: bilingual(20_000).openapi({ description: 'The product’s own, or the store’s.' }),
    pictures: z.array(pictureSchema),
    /** The newest published edition. */
    version: z
      .object({
        number: z.number().int(),
        notes: bilingual(5000),
        publishedAt: z.iso.datetime(),
        files: z.array(z.object({ name: z.string(), mediaType: z.string(), sizeBytes: z.number().int() })),
      })
      .nullable(),
    updatedAt: z.iso.datetime(),
  })
  .openapi('ProductPage')

/** See productPageSchema. */
export type ProductPage = z.infer<typeof productPageSchema>

/** What anybody may know of a store. */
export const publicStoreSchema = storeSchema
  .pick({
    slug: true,
    name: true,
    tagline: true,
    about: true,
    refundPolicy: true,
    defaultLocale: true,
    currencies: true,
    taxRateBps: true,
    pricesIncludeTax: true,
    legalName: true,
    taxNumber: true,
    address: true,
    country: true,
    supportEmail: true,
    providers: true,
    timeZone: true,
    look: true,
    cover: true,
    revision: true,
  })
  .openapi('PublicStore')

/** See publicStoreSchema. */
export type PublicStore = z.infer<typeof publicStoreSchema>

/** Whether a string names a currency; where a stored code becomes a typed one. */
export function asCurrency(code: string) {
  if (!isCurrencyCode(code)) throw new Error(`assertion failed: ${code} is stored but is no currency`)
  return code
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
