import pg from 'pg'
import { listWorkspaces } from '../platform/backup/inventory.ts'
import type { Connection } from '../platform/database/database.ts'

/** The ids of all workspaces, those without a store's address too. */
export async function listAllWorkspaces(owner: Connection): Promise<string[]> {
  const client = new pg.Client({ ...owner, application_name: 'rafid-list' })
  await client.connect()
  try {
    await client.query('BEGIN READ ONLY')
    return await listWorkspaces(client)
  } finally {
    await client.end()
  }
}
