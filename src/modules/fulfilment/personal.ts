import { sql } from 'drizzle-orm'
import { isOneOf, type PersonalTable } from '../../platform/personal-data.ts'

/** What deliveries hold about people. */
export const personal: readonly PersonalTable[] = [
  { table: 'entitlements', columns: {}, buyer: ({ orderIds }) => isOneOf('order_id', orderIds) },
  {
    table: 'downloads',
    columns: {},
    buyer: ({ workspaceId, orderIds }) =>
      sql`entitlement_id IN (SELECT id FROM entitlements WHERE workspace_id = ${workspaceId} AND ${isOneOf('order_id', orderIds)})`,
    secret: ['link_id'],
  },
  {
    table: 'buyer_links',
    columns: { email: 'row' },
    buyer: ({ email }) => sql`email = ${email}`,
    secret: ['token_hash'],
  },
]
