import {
  bigint,
  boolean,
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
import type { Right, Role } from '../../platform/authorise.ts'
import type { ProofPurpose } from './rules/proof.ts'

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** A person who can sign in; belongs to no workspace. Shape: better-auth's `user`. */
export const users = pgTable('users', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull(),
  twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  image: text('image'),
  locale: text('locale').notNull().default('ar'),
  createdAt: at('created_at').notNull(),
  updatedAt: at('updated_at').notNull(),
})

/** A signed-in browser. Shape: better-auth's `session`. */
export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    token: text('token').notNull().unique(),
    expiresAt: at('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
    lastUsedAt: at('last_used_at'),
  },
  (table) => [index('sessions_user').on(table.userId)],
)

/** A way to sign in: here a password's hash. Shape: better-auth's `account`. */
export const accounts = pgTable(
  'accounts',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: at('access_token_expires_at'),
    refreshTokenExpiresAt: at('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [
    index('accounts_user').on(table.userId),
    unique('accounts_provider').on(table.providerId, table.accountId),
  ],
)

/** A pending proof, such as a password reset. Shape: better-auth's `verification`. */
export const verifications = pgTable(
  'verifications',
  {
    id: uuid('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: at('expires_at').notNull(),
    createdAt: at('created_at').notNull(),
    updatedAt: at('updated_at').notNull(),
  },
  (table) => [index('verifications_identifier').on(table.identifier)],
)

/** A second factor: a secret for one-time codes and codes for recovery. Shape: better-auth's `twoFactor`. */
export const twoFactors = pgTable('two_factors', {
  id: uuid('id').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .unique()
    .references(() => users.id),
  /** Encrypted; a secret for codes must be read to be compared with. */
  secret: text('secret').notNull(),
  backupCodes: text('backup_codes').notNull(),
  verified: boolean('verified').notNull(),
  failedVerificationCount: integer('failed_verification_count').notNull().default(0),
  lockedUntil: at('locked_until'),
})

/** One-time codes and challenges that were used, until they are of no use to anybody. */
export const usedCodes = pgTable(
  'used_codes',
  { hash: text('hash').primaryKey(), expiresAt: at('expires_at').notNull() },
  (table) => [index('used_codes_end').on(table.expiresAt)],
)

/** A link that was mailed to prove an address, or a wish that waits for such a proof. Only the hash of its key is kept. */
export const proofs = pgTable(
  'proofs',
  {
    hash: text('hash').primaryKey(),
    purpose: text('purpose').$type<ProofPurpose>().notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    /** The address that the link proves. */
    email: text('email').notNull(),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at').notNull(),
    usedAt: at('used_at'),
  },
  (table) => [index('proofs_user').on(table.userId, table.purpose), index('proofs_end').on(table.expiresAt)],
)

/** A passkey: the public half of a key that a device or a password manager holds. */
export const passkeys = pgTable(
  'passkeys',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    name: text('name').notNull(),
    /** Base64url, as the browser names it. */
    credentialId: text('credential_id').notNull().unique(),
    /** COSE key, base64url. */
    publicKey: text('public_key').notNull(),
    counter: bigint('counter', { mode: 'bigint' }).notNull(),
    transports: text('transports').array().notNull(),
    /** Whether it is kept in more places than one device. */
    synced: boolean('synced').notNull(),
    createdAt: at('created_at').notNull(),
    lastUsedAt: at('last_used_at'),
  },
  (table) => [index('passkeys_user').on(table.userId)],
)

/** What the installation itself remembers, such as whether it has been set up. */
export const instance = pgTable('instance', {
  key: text('key').primaryKey(),
  value: jsonb('value').notNull(),
  updatedAt: at('updated_at').notNull(),
})

/** The tenant: one store, one set of books. */
export const workspaces = pgTable('workspaces', {
  id: uuid('id').primaryKey(),
  name: text('name').notNull(),
  createdAt: at('created_at').notNull(),
})

/** Which workspace a store's address leads to, and what the list of stores says of it: public, so anyone can read it. */
export const storeDirectory = pgTable(
  'store_directory',
  {
    slug: text('slug').primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    nameAr: text('name_ar').notNull().default(''),
    nameEn: text('name_en').notNull().default(''),
    taglineAr: text('tagline_ar').notNull().default(''),
    taglineEn: text('tagline_en').notNull().default(''),
  },
  (table) => [unique('store_directory_workspace').on(table.workspaceId)],
)

/** Addresses that a store had before: links that were given out lead to it still, and no other store can take them. */
export const storeFormerSlugs = pgTable('store_former_slugs', {
  slug: text('slug').primaryKey(),
  workspaceId: uuid('workspace_id')
    .notNull()
    .references(() => workspaces.id),
})

/** A person's role in a workspace. */
export const members = pgTable(
  'members',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspaces.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    role: text('role').$type<Role>().notNull(),
    joinedAt: at('joined_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.userId] }),
    index('members_user').on(table.userId),
  ],
)

/** A key with which a program acts for a member. The secret is shown once and kept only as a hash. */
export const apiTokens = pgTable(
  'api_tokens',
  {
    workspaceId: uuid('workspace_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    hash: text('hash').notNull(),
    rights: text('rights').array().$type<Right[]>().notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    createdAt: at('created_at').notNull(),
    expiresAt: at('expires_at'),
    lastUsedAt: at('last_used_at'),
    revokedAt: at('revoked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.workspaceId, table.id] }),
    unique('api_tokens_hash').on(table.workspaceId, table.hash),
    index('api_tokens_user').on(table.workspaceId, table.userId),
  ],
)
