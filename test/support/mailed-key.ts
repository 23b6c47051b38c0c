import { sql } from 'drizzle-orm'
import { sealed } from '../../src/platform/mail/sealed.ts'
import { openKept } from '../../src/platform/sealing/sealed-table.ts'
import type { TestServices } from './services.ts'
import type { Shop } from './shop.ts'

/** The key of the newest link to one's purchases that waits in a shop's outbox; empty if none does. */
export async function mailedKey({ secrets }: TestServices, shop: Shop, email: string): Promise<string> {
  const { workspaceId } = shop
  const [mail] = await shop.query<{ id: string; kept: string }>(
    sql`SELECT id, secret AS kept FROM messages WHERE workspace_id = ${workspaceId} AND kind = 'purchases-link'
        AND to_email = ${email} AND secret IS NOT NULL ORDER BY id DESC LIMIT 1`,
  )
  return mail === undefined ? '' : openKept(secrets, sealed, { workspaceId, column: 'secret', ...mail })
}
