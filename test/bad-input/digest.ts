import pg from 'pg'
import type { TestCluster } from '../support/cluster.ts'

/** What a request may change without changing anything: when something was last used. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  api_tokens: ['last_used_at'],
  sessions: ['updated_at', 'expires_at', 'last_used_at'],
}

// Codes that were tried are noted, also where they were wrong: so that none is tried twice.
const UNTOUCHED = ['idempotency_keys', 'rafid_migrations', 'used_codes']

/** A digest of every row of every table, as the superuser sees them, by table. */
export type Digest = Readonly<Record<string, string>>

/** Opens a view on a test's whole database. */
export async function watchTables(database: string): Promise<{
  digest(): Promise<Digest>
  /** Moves whenever a transaction anywhere in the cluster has written; where it stands still nothing can have changed. */
  clock(): Promise<string>
  query: pg.Client['query']
  close(): Promise<void>
}> {
  const cluster = JSON.parse(process.env['TEST_CLUSTER'] ?? '{}') as TestCluster
  const client = new pg.Client({
    host: cluster.host,
    user: 'postgres',
    password: cluster.passwords.postgres,
    database,
  })
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
     AND NOT relispartition ORDER BY relname`,
  )
  const parts = rows
    .map(({ name }) => name)
    .filter((name) => !UNTOUCHED.includes(name))
    .map((name) => {
      const without = (BESIDE[name] ?? []).map((column) => ` - '${column}'`).join('')
      return `SELECT '${name}' AS name, md5(coalesce(string_agg(row::text, '' ORDER BY row::text), '')) AS hash
        FROM (SELECT to_jsonb(t)${without} AS row FROM "${name}" t) rows`
    })
  // Work that was queued is a change too.
  parts.push("SELECT 'jobs', count(*)::text FROM pgboss.job WHERE name NOT LIKE '\\_\\_%'")
  const text = parts.join(' UNION ALL ')
  return {
    digest: async () => {
      const found = await client.query<{ name: string; hash: string }>(text)
      return Object.fromEntries(found.rows.map(({ name, hash }) => [name, hash]))
    },
    clock: async () => {
      const found = await client.query<{ xmax: string }>(
        'SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS xmax',
      )
      return found.rows[0]?.xmax ?? ''
    },
    query: client.query.bind(client) as pg.Client['query'],
    close: () => client.end(),
  }
}

/** The tables in which two digests differ. */
export function changed(before: Digest, after: Digest): string[] {
  return Object.keys(before).filter((name) => before[name] !== after[name])
}
