import { sql } from 'drizzle-orm'
import type { PersonalTable } from '../../platform/personal-data.ts'

/** What accounts, memberships and the log hold about people. */
export const personal: readonly PersonalTable[] = [
  {
    table: 'users',
    ofPeople: true,
    columns: { name: 'account', email: 'account', image: 'account' },
    member: ({ userId }) => sql`id = ${userId}`,
  },
  {
    table: 'sessions',
    ofPeople: true,
    columns: { user_id: 'account', ip_address: 'account', user_agent: 'account' },
    member: ({ userId }) => sql`user_id = ${userId}`,
    secret: ['token'],
  },
  {
    table: 'accounts',
    ofPeople: true,
    columns: { user_id: 'account', account_id: 'account' },
    member: ({ userId }) => sql`user_id = ${userId}`,
    secret: ['password', 'access_token', 'refresh_token', 'id_token'],
  },
  { table: 'verifications', ofPeople: true, columns: { identifier: 'account', value: 'account' } },
  {
    table: 'two_factors',
    ofPeople: true,
    columns: { user_id: 'account' },
    member: ({ userId }) => sql`user_id = ${userId}`,
    secret: ['secret', 'backup_codes'],
  },
  {
    table: 'passkeys',
    ofPeople: true,
    columns: { user_id: 'account', name: 'account' },
    member: ({ userId }) => sql`user_id = ${userId}`,
    secret: ['credential_id', 'public_key'],
  },
  {
    table: 'proofs',
    ofPeople: true,
    columns: { user_id: 'account', email: 'account' },
    member: ({ userId }) => sql`user_id = ${userId}`,
    secret: ['hash'],
  },
  { table: 'workspaces', columns: { name: 'seller' } },
  {
    table: 'store_directory',
    columns: { name_ar: 'seller', name_en: 'seller' },
  },
  {
    table: 'members',
    columns: { user_id: 'kept: who may act in the workspace' },
    member: ({ userId }) => sql`user_id = ${userId}`,
  },
  {
    table: 'api_tokens',
    columns: { name: 'seller', user_id: 'kept: for whom a program acted' },
    member: ({ userId }) => sql`user_id = ${userId}`,
    secret: ['hash'],
  },
  {
    table: 'invitations',
    columns: {
      email: 'kept: until the invitation is forgotten',
      invited_by: 'kept: who asked for it',
      accepted_by: 'kept: who came',
    },
    member: ({ email }) => sql`email = ${email}`,
    secret: ['hash'],
  },
  {
    table: 'ownership_offers',
    columns: { from_user_id: 'kept: until it is answered', to_user_id: 'kept: until it is answered' },
    member: ({ userId }) => sql`(from_user_id = ${userId} OR to_user_id = ${userId})`,
  },
  {
    // Append-only and chained: that nobody can change it, the one it names included, is its worth. It names no buyers.
    table: 'audit_events',
    columns: {
      actor_id: 'kept: the log of who did what cannot be changed',
      user_id: 'kept: the log of who did what cannot be changed',
      ip: 'kept: the log of who did what cannot be changed',
      before: 'kept: the log of who did what cannot be changed',
      after: 'kept: the log of who did what cannot be changed',
    },
    member: ({ userId }) => sql`user_id = ${userId}`,
  },
]
