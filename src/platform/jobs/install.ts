import { createRequire } from 'node:module'
import type pg from 'pg'
import { z } from 'zod'
import type { Connection } from '../database/database.ts'

/** The schema that holds the queue's tables. */
export const JOBS_SCHEMA = 'pgboss'

const packageSchema = z.object({ pgboss: z.object({ schema: z.number() }) })

/** Makes or upgrades the queue's tables, and that of events, as the database's owner. */
export async function installJobs(client: pg.Client, owner: Connection): Promise<void> {
  const required = packageSchema.parse(createRequire(import.meta.url)('pg-boss/package.json')).pgboss.schema
  if ((await installedVersion(client)) !== required) await installQueue(client, owner)
  if (await hasEvents(client)) return
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${JOBS_SCHEMA}.event (
       id uuid PRIMARY KEY, workspace_id uuid NOT NULL, name text NOT NULL, payload json NOT NULL
     ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)`,
  )
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${JOBS_SCHEMA}.event TO rafid_app`)
}

/** Whether the table of events is there for the serving role: a grant writes, even where it changes nothing. */
async function hasEvents(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ granted: boolean }>(
    `SELECT has_table_privilege('rafid_app', to_regclass('${JOBS_SCHEMA}.event'), 'SELECT')
       AND has_table_privilege('rafid_app', to_regclass('${JOBS_SCHEMA}.event'), 'INSERT')
       AND has_table_privilege('rafid_app', to_regclass('${JOBS_SCHEMA}.event'), 'UPDATE')
       AND has_table_privilege('rafid_app', to_regclass('${JOBS_SCHEMA}.event'), 'DELETE') AS granted`,
  )
  return rows[0]?.granted === true
}

async function installQueue(client: pg.Client, owner: Connection): Promise<void> {
  // Loaded where it is needed: at most starts the queue is there, and the database is waited for meanwhile.
  const { PgBoss } = await import('pg-boss')
  const boss = new PgBoss({
    ...owner,
    schema: JOBS_SCHEMA,
    supervise: false,
    schedule: false,
    max: 2,
  } as ConstructorParameters<typeof PgBoss>[0])
  const faults: unknown[] = []
  boss.on('error', (error) => faults.push(error))
  await boss.start()
  await boss.stop({ graceful: false })
  if (faults.length > 0) throw faults[0]
  await expectManyJobs(client)
  await client.query(`GRANT USAGE ON SCHEMA ${JOBS_SCHEMA} TO rafid_app`)
  await client.query(
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${JOBS_SCHEMA} TO rafid_app`,
  )
  await client.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${JOBS_SCHEMA} TO rafid_app`)
  await client.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${JOBS_SCHEMA} TO rafid_app`)
}

/**
 * Tells the planner that a queue holds many jobs before there is one: it would keep plans that read all of a queue for
 * each job. PostgreSQL 18 can be told; an older one learns it when the table is first analysed.
 */
async function expectManyJobs(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ present: boolean }>(
    "SELECT to_regproc('pg_catalog.pg_restore_attribute_stats') IS NOT NULL AS present",
  )
  if (rows[0]?.present !== true) return
  await client.query(
    `SELECT pg_restore_attribute_stats('schemaname', n.nspname::text, 'relname', c.relname::text, 'attname', 'name',
       'inherited', false, 'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 4::real)
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = '${JOBS_SCHEMA}' AND c.relname = 'job_common' AND c.reltuples < 0`,
  )
}

async function installedVersion(client: pg.Client): Promise<number | undefined> {
  const { rows: found } = await client.query<{ present: boolean }>(
    `SELECT to_regclass('${JOBS_SCHEMA}.version') IS NOT NULL AS present`,
  )
  if (found[0]?.present !== true) return undefined
  const { rows } = await client.query<{ version: number }>(`SELECT version FROM ${JOBS_SCHEMA}.version`)
  return rows[0]?.version
}
