import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { workspaces } from '../workspaces/tables.ts'
import type { Faq, PictureRendition, StoreAddress } from './schema.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const minor = (name: string) => bigint(name, { mode: 'bigint' })

/** The public store of a workspace: one row each. */
export const stores = pgTable(
  'stores',
  {
    workspaceId: uuid('workspace_id').primaryKey(),
    slug: text('slug').notNull(),
    nameAr: text('name_ar').notNull(),
    nameEn: text('name_en').notNull(),
    taglineAr: text('tagline_ar').notNull().default(''),
    taglineEn: text('tagline_en').notNull().default(''),
    aboutAr: text('about_ar').notNull().default(''),
    aboutEn: text('about_en').notNull().default(''),
    refundPolicyAr: text('refund_policy_ar').notNull().default(''),
    refundPolicyEn: text('refund_policy_en').notNull().default(''),
    defaultLocale: text('default_locale').notNull().default('ar'),
    /** ISO 4217 codes; the first is the one that pages show when the visitor has not chosen. */
    currencies: text('currencies').array().notNull(),
    /** Tax in basis points; 0 means that the store charges none. */
    taxRateBps: integer('tax_rate_bps').notNull().default(0),
    pricesIncludeTax: boolean('prices_include_tax').notNull().default(true),
    legalName: text('legal_name').notNull().default(''),
    taxNumber: text('tax_number').notNull().default(''),
    address: jsonb('address').$type<StoreAddress>(),
    country: text('country').notNull().default(''),
    supportEmail: text('support_email').notNull().default(''),
    /** Payment providers that the store takes, by name. */
    providers: text('providers').array().notNull(),
    /** IANA zone in which the books' days and years begin. */
    timeZone: text('time_zone').notNull().default('Asia/Riyadh'),
    /** Theme, typeface and own colour in one word; see shared/look.ts. */
    look: text('look').notNull().default('calm-sans'),
    /** The wide picture at the head of the store; its sizes are made in the background, as those of products' pictures. */
    coverPictureId: uuid('cover_picture_id'),
    coverFileId: uuid('cover_file_id'),
    coverRenditions: jsonb('cover_renditions').$type<PictureRendition[]>().notNull().default([]),
    coverFailedReason: text('cover_failed_reason'),
    /** Grows with every change that a public page can show; page caches compare it. */
    revision: minor('revision')
      .notNull()
      .default(sql`1`),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.workspaceId], foreignColumns: [workspaces.id] }),
    foreignKey({
      columns: [table.workspaceId, table.coverFileId],
      foreignColumns: [files.workspaceId, files.id],
    }),
    check('stores_tax_rate', sql`${table.taxRateBps} BETWEEN 0 AND 10000`),
  ],
)

/** Something that the store sells. Published while `published_at` is set; gone from every list once `archived_at` is. */
export const products = pgTable(
  'products',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    /** The product kind that delivers it; see fulfilment/kinds. */
    kind: text('kind').notNull(),
    /** The kind's own settings, parsed by its schema. */
    settings: jsonb('settings').notNull().default({}),
    titleAr: text('title_ar').notNull(),
    titleEn: text('title_en').notNull(),
    /** By what lists sort it, in each language; see rules/title-key. */
    titleKeyAr: text('title_key_ar').notNull().default(''),
    titleKeyEn: text('title_key_en').notNull().default(''),
    summaryAr: text('summary_ar').notNull().default(''),
    summaryEn: text('summary_en').notNull().default(''),
    descriptionAr: text('description_ar').notNull().default(''),
    descriptionEn: text('description_en').notNull().default(''),
    faq: jsonb('faq').$type<Faq>().notNull().default([]),
    /** Empty means that the store's refund policy holds. */
    refundPolicyAr: text('refund_policy_ar').notNull().default(''),
    refundPolicyEn: text('refund_policy_en').notNull().default(''),
    /** For whom the product is, and for whom it is not. */
    forWhomAr: text('for_whom_ar').notNull().default(''),
    forWhomEn: text('for_whom_en').notNull().default(''),
    /** A file that anybody may have before they buy. */
    sampleFileId: uuid('sample_file_id'),
    /** Whether the page says how many copies were sold, as counted last. */
    showsSold: boolean('shows_sold').notNull().default(false),
    copiesSold: minor('copies_sold')
      .notNull()
      .default(sql`0`),
    /** As the address shows it; Arabic letters as they are written. Looked up through product_slugs. */
    slug: text('slug').notNull(),
    shortSlug: text('short_slug'),
    publishedAt: at('published_at'),
    archivedAt: at('archived_at'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({ columns: [table.workspaceId], foreignColumns: [stores.workspaceId] }),
    foreignKey({
      columns: [table.workspaceId, table.sampleFileId],
      foreignColumns: [files.workspaceId, files.id],
    }),
    index('products_shelf')
      .on(table.workspaceId, table.publishedAt, table.id)
      .where(sql`published_at IS NOT NULL AND archived_at IS NULL`),
    index('products_changed').on(table.workspaceId, table.updatedAt, table.id),
    index('products_title_ar').on(table.workspaceId, sql`title_key_ar COLLATE "C"`, table.id),
    index('products_title_en').on(table.workspaceId, sql`title_key_en COLLATE "C"`, table.id),
  ],
)

/** Every name that leads to a product: the ones it has and the ones it had, so that old links keep working. */
export const productSlugs = pgTable(
  'product_slugs',
  {
    workspaceId: uuid('workspace_id').notNull(),
    /** The slug in the normal form of search, so that spellings do not compete. */
    slugKey: text('slug_key').notNull(),
    productId: uuid('product_id').notNull(),
    /** False for a name that the product no longer goes by; another product may take it over. */
    current: boolean('current').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.slugKey] }),
    foreignKey({
      columns: [table.workspaceId, table.productId],
      foreignColumns: [products.workspaceId, products.id],
    }),
    index('product_slugs_product').on(table.workspaceId, table.productId),
  ],
)

/**
 * The search index: each word of a product in normal form. A table and not a GIN index, because row-level security lets
 * an index only be used through leak-proof operators, which text comparison has and `LIKE` and trigrams have not.
 */
export const productWords = pgTable(
  'product_words',
  {
    workspaceId: uuid('workspace_id').notNull(),
    productId: uuid('product_id').notNull(),
    word: text('word').notNull(),
    /** More for a word of the title than for one of the description. */
    weight: smallint('weight').notNull(),
    /** Whether the product can be bought: kept here so that a search looks at no product that it does not show. */
    onSale: boolean('on_sale').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.productId, table.word] }),
    foreignKey({
      columns: [table.workspaceId, table.productId],
      foreignColumns: [products.workspaceId, products.id],
    }),
    index('product_words_prefix').on(
      table.workspaceId,
      table.word.op('text_pattern_ops'),
      table.productId,
      table.weight,
      table.onSale,
    ),
  ],
)

/** What a product costs in one currency: fixed, free, or chosen by the buyer from a minimum on. */
export const productPrices = pgTable(
  'product_prices',
  {
    workspaceId: uuid('workspace_id').notNull(),
    productId: uuid('product_id').notNull(),
    currency: text('currency').notNull(),
    mode: text('mode').$type<'fixed' | 'free' | 'chosen'>().notNull(),
    /** The price when fixed, the least that is taken when chosen, 0 when free. */
    amountMinor: minor('amount_minor').notNull(),
    suggestedMinor: minor('suggested_minor'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.productId, table.currency] }),
    foreignKey({
      columns: [table.workspaceId, table.productId],
      foreignColumns: [products.workspaceId, products.id],
    }),
    check('product_prices_amount', sql`${table.amountMinor} >= 0`),
  ],
)

/** How many copies a product with a limit has left: a row only for products that are limited. */
export const productStock = pgTable(
  'product_stock',
  {
    workspaceId: uuid('workspace_id').notNull(),
    productId: uuid('product_id').notNull(),
    limit: integer('stock_limit').notNull(),
    /** Held by orders that are not paid yet. */
    reserved: integer('reserved').notNull().default(0),
    sold: integer('sold').notNull().default(0),
    /** Since when copies are counted: one sold before never was, so it cannot come back. */
    countedFrom: at('counted_from').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.productId] }),
    foreignKey({
      columns: [table.workspaceId, table.productId],
      foreignColumns: [products.workspaceId, products.id],
    }),
    check('product_stock_bounds', sql`${table.limit} >= 0 AND ${table.reserved} >= 0 AND ${table.sold} >= 0`),
  ],
)

/** A picture of a product: the cover is position 0. */
export const productPictures = pgTable(
  'product_pictures',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    productId: uuid('product_id').notNull(),
    position: integer('position').notNull(),
    altAr: text('alt_ar').notNull().default(''),
    altEn: text('alt_en').notNull().default(''),
    originalFileId: uuid('original_file_id').notNull(),
    /** Empty until the background work has resized it; then each size and format that exists. */
    renditions: jsonb('renditions').$type<PictureRendition[]>().notNull().default([]),
    failedReason: text('failed_reason'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.productId],
      foreignColumns: [products.workspaceId, products.id],
    }),
    foreignKey({
      columns: [table.workspaceId, table.originalFileId],
      foreignColumns: [files.workspaceId, files.id],
    }),
    index('product_pictures_order').on(table.workspaceId, table.productId, table.position),
  ],
)

/** A file that somebody of the workspace uploaded. Complete once `completed_at` is set. */
export const files = pgTable(
  'files',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    storageKey: text('storage_key').notNull(),
    /** As people see it; never a path, never used to store. */
    name: text('name').notNull(),
    /** Found from the first bytes, not from the name. */
    mediaType: text('media_type').notNull(),
    sizeBytes: minor('size_bytes').notNull(),
    sha256: text('sha256'),
    uploadedBy: uuid('uploaded_by'),
    createdAt: at('created_at').notNull(),
    completedAt: at('completed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({ columns: [table.workspaceId], foreignColumns: [workspaces.id] }),
  ],
)

/** An edition of a product's files; buyers get the newest published one. */
export const productVersions = pgTable(
  'product_versions',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    productId: uuid('product_id').notNull(),
    number: integer('number').notNull(),
    notesAr: text('notes_ar').notNull().default(''),
    notesEn: text('notes_en').notNull().default(''),
    publishedAt: at('published_at'),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.productId],
      foreignColumns: [products.workspaceId, products.id],
    }),
    unique('product_versions_number').on(table.workspaceId, table.productId, table.number),
  ],
)

/** The files of an edition, in order. */
export const productVersionFiles = pgTable(
  'product_version_files',
  {
    workspaceId: uuid('workspace_id').notNull(),
    versionId: uuid('version_id').notNull(),
    fileId: uuid('file_id').notNull(),
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.versionId, table.fileId] }),
    foreignKey({
      columns: [table.workspaceId, table.versionId],
      foreignColumns: [productVersions.workspaceId, productVersions.id],
    }),
    foreignKey({ columns: [table.workspaceId, table.fileId], foreignColumns: [files.workspaceId, files.id] }),
    index('product_version_files_file').on(table.workspaceId, table.fileId),
  ],
)
