import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { orders } from '../checkout/tables.ts'
import { products } from '../catalog/tables.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** A buyer's right to one line of an order. Active until `revoked_at` is set. */
export const entitlements = pgTable(
  'entitlements',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    orderId: uuid('order_id').notNull(),
    line: integer('line').notNull(),
    productId: uuid('product_id').notNull(),
    kind: text('kind').notNull(),
    quantity: integer('quantity').notNull(),
    /** What the kind keeps about this right, parsed by its schema. */
    state: jsonb('state').notNull().default({}),
    grantedAt: at('granted_at').notNull(),
    revokedAt: at('revoked_at'),
    revokedReason: text('revoked_reason'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.orderId],
      foreignColumns: [orders.workspaceId, orders.id],
    }),
    foreignKey({
      columns: [table.workspaceId, table.productId],
      foreignColumns: [products.workspaceId, products.id],
    }),
    unique('entitlements_once').on(table.workspaceId, table.orderId, table.line, table.kind),
    index('entitlements_product').on(table.workspaceId, table.productId, table.id),
  ],
)

/**
 * What was fetched of a file with one signed link. Bytes are counted, not requests: a file fetched in several ranges, or gone
 * on with after an interruption, is one download; fetched whole again, it is two. See rules/download-count.ts.
 */
export const downloads = pgTable(
  'downloads',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    entitlementId: uuid('entitlement_id').notNull(),
    fileId: uuid('file_id').notNull(),
    /** The signed link that was redeemed. */
    linkId: text('link_id').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'bigint' }).notNull(),
    /** Bytes that went out with the link, those of ranges that are under way included. */
    sentBytes: bigint('sent_bytes', { mode: 'bigint' }).notNull(),
    /** How many of its downloads the seller has forgiven. */
    forgiven: integer('forgiven').notNull().default(0),
    startedAt: at('started_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    foreignKey({
      columns: [table.workspaceId, table.entitlementId],
      foreignColumns: [entitlements.workspaceId, entitlements.id],
    }),
    unique('downloads_once').on(table.workspaceId, table.entitlementId, table.fileId, table.linkId),
  ],
)

/** Magic links to 'my purchases': hashed, short-lived, used once. */
export const buyerLinks = pgTable(
  'buyer_links',
  {
    workspaceId: uuid('workspace_id').notNull(),
    tokenHash: text('token_hash').notNull(),
    email: text('email').notNull(),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.tokenHash] }),
    index('buyer_links_email').on(table.workspaceId, table.email, table.createdAt),
    index('buyer_links_age').on(table.workspaceId, table.expiresAt),
  ],
)
