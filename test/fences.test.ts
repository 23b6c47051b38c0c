import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { directoryTransaction, rows, transaction } from '../src/platform/database/transaction.ts'
import { enqueue, defineJob } from '../src/platform/jobs/jobs.ts'
import { drainJobs, startJobs } from '../src/platform/jobs/work.ts'
import { registry } from '../src/app.ts'
import { z } from 'zod'
import { makeHouse, type House } from './matrix/house.ts'
import { testServices, type TestServices } from './support/services.ts'
import { UNFENCED } from './support/unfenced.ts'

let services: TestServices
let mine: House
let theirs: House
let admin: pg.Client
let fenced: string[]

beforeAll(async () => {
  services = await testServices()
  mine = await makeHouse(services)
  theirs = await makeHouse(services)
  admin = new pg.Client(services.test.admin)
  await admin.connect()
  const { rows: found } = await admin.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND relname <> 'rafid_migrations' ORDER BY relname`,
  )
  fenced = found.map(({ name }) => name).filter((name) => !(name in UNFENCED))
}, 120_000)

afterAll(() => admin.end())

const columnOf = (table: string) => sql.identifier(table === 'workspaces' ? 'id' : 'workspace_id')

describe('in every fenced table', () => {
  test('a query that forgets the workspace, or names another, returns nothing of another’s; and there is something', async () => {
    const faults: string[] = []
    let proven = 0
    for (const table of fenced) {
      const name = sql.identifier(table)
      const { rows: there } = await admin.query<{ count: string }>(
        `SELECT count(*) FROM "${table}" WHERE ${table === 'workspaces' ? 'id' : 'workspace_id'} = $1`,
        [theirs.workspaceId],
      )
      if (there[0]?.count !== '0') proven += 1
      const seen = await transaction(mine.ctx, (tx) =>
        rows<{ id: string }>(tx, sql`SELECT DISTINCT ${columnOf(table)} AS id FROM ${name}`),
      )
      if (seen.some(({ id }) => id !== mine.workspaceId))
        faults.push(`${table} shows ${seen.length} workspaces`)
      const named = await transaction(mine.ctx, (tx) =>
        rows(tx, sql`SELECT 1 FROM ${name} WHERE ${columnOf(table)} = ${theirs.workspaceId}`),
      )
      if (named.length > 0) faults.push(`${table} shows another's by name`)
    }
    expect(faults).toEqual([])
    // The test would pass on empty tables: most of them are not.
    expect(proven).toBeGreaterThan(fenced.length / 2)
  })

  test('an unset workspace sees nothing, and neither does one that is empty or made up', async () => {
    const client = await services.database.pool.connect()
    const faults: string[] = []
    try {
      for (const setting of [undefined, '', services.ids.next()]) {
        for (const table of fenced) {
          await client.query('BEGIN')
          if (setting !== undefined)
            await client.query("SELECT set_config('rafid.workspace_id', $1, true)", [setting])
          const { rowCount } = await client.query(`SELECT FROM "${table}" LIMIT 1`)
          if (rowCount !== 0) faults.push(`${table} with ${setting ?? 'nothing'} set`)
          await client.query('ROLLBACK')
        }
      }
    } finally {
      client.release()
    }
    expect(faults).toEqual([])
  })

  test('nothing of another’s can be changed, taken away, or put there', async () => {
    const faults: string[] = []
    for (const table of fenced) {
      const column = columnOf(table)
      const name = sql.identifier(table)
      for (const statement of [
        sql`UPDATE ${name} SET ${column} = ${column} WHERE ${column} = ${theirs.workspaceId} RETURNING 1`,
        sql`UPDATE ${name} SET ${column} = ${theirs.workspaceId} RETURNING 1`,
        sql`DELETE FROM ${name} WHERE ${column} = ${theirs.workspaceId} RETURNING 1`,
        sql`INSERT INTO ${name} SELECT (jsonb_populate_record(t, ${JSON.stringify({ [table === 'workspaces' ? 'id' : 'workspace_id']: theirs.workspaceId })}::jsonb)).* FROM ${name} t LIMIT 1 RETURNING 1`,
      ]) {
        try {
          const touched = await transaction(mine.ctx, (tx) => rows(tx, statement))
          if (touched.length > 0) faults.push(`${table}: ${touched.length} rows`)
        } catch (error) {
          const { code } = error as { code?: string }
          // Not allowed, or against the table's own rules before the fence is asked: in no case done.
          if (!['42501', '23503', '23505', '23514', '55000'].includes(code ?? ''))
            faults.push(`${table}: ${code} ${String(error)}`)
        }
      }
    }
    expect(faults).toEqual([])
  })
})

test('tables of no workspace are the ones that are named here, and hold none', async () => {
  const { rows: found } = await admin.query<{ name: string; fenced: boolean }>(
    `SELECT relname AS name, EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'workspace_id') AS fenced
     FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'rafid_migrations'`,
  )
  const without = found
    .filter(({ fenced: has, name }) => !has && name !== 'workspaces')
    .map(({ name }) => name)
  expect(without.toSorted()).toEqual(
    Object.keys(UNFENCED)
      .filter((name) => !name.startsWith('store_'))
      .toSorted(),
  )
})

describe('the serving role', () => {
  const asApp = async (text: string) => {
    const client = await services.database.pool.connect()
    try {
      await client.query('BEGIN')
      return await client.query(text)
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  }

  test('owns nothing, may make nothing, and is of no other role', async () => {
    const { rows: found } = await admin.query(
      `SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb, r.rolreplication,
         EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) AS belongs,
         EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) OR EXISTS (SELECT FROM pg_proc p WHERE p.proowner = r.oid)
           OR EXISTS (SELECT FROM pg_namespace n WHERE n.nspowner = r.oid) AS owns,
         has_schema_privilege(r.oid, 'public', 'CREATE') OR has_schema_privilege(r.oid, 'pgboss', 'CREATE')
           OR has_database_privilege(r.oid, current_database(), 'CREATE') AS makes
       FROM pg_roles r WHERE r.rolname = 'rafid_app'`,
    )
    expect(found).toEqual([
      {
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
        belongs: false,
        owns: false,
        makes: false,
      },
    ])
  })

  test.each(['rafid', 'postgres', 'pg_read_all_data', 'pg_write_all_data', 'pg_execute_server_program'])(
    'cannot become %s',
    async (role) => {
      await expect(asApp(`SET LOCAL ROLE ${role}`)).rejects.toMatchObject({ code: '42501' })
    },
  )

  test.each([
    ['put row-level security off', 'SET LOCAL row_security = off; SELECT FROM members'],
    ['drop a policy', 'DROP POLICY fence ON members'],
    ['open a table', 'ALTER TABLE members NO FORCE ROW LEVEL SECURITY'],
    ['give itself a right', "GRANT UPDATE ON audit_events TO rafid_app; UPDATE audit_events SET action = ''"],
    ['write to the ledger past its functions', 'UPDATE ledger_postings SET amount = 0'],
    ['read a file of the server', "SELECT pg_read_file('/etc/passwd')"],
    ['run a program', "COPY (SELECT 1) TO PROGRAM 'true'"],
    ['see the passwords of roles', 'SELECT rolpassword FROM pg_authid'],
  ])('cannot %s', async (_what, text) => {
    await expect(asApp(text)).rejects.toMatchObject({ code: '42501' })
  })
})

test('what the owner may set to make a backup opens nothing for the serving role', async () => {
  const client = await services.database.pool.connect()
  try {
    await client.query("BEGIN; SELECT set_config('rafid.every_workspace', 'on', true)")
    for (const table of fenced)
      expect((await client.query(`SELECT FROM "${table}" LIMIT 1`)).rowCount).toBe(0)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
})

describe('the queue', () => {
  // One worker takes work of all workspaces, so its tables are of none. What fences it: each job names its workspace, its
  // handler gets a context of that workspace and of no other, and nothing that answers requests reads the queue.
  test('is read by nothing but the machinery of jobs, and by what must find a person in it', () => {
    const allowed =
      /^(platform\/(jobs|health|backup|database|mail\/jobs)|modules\/privacy\/operations\/erase-buyer|commands|cli|watching)/
    const root = join(import.meta.dirname, '../src')
    const readers = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
      .filter((file) => /JOBS_SCHEMA|pgboss\./.test(readFileSync(join(root, file), 'utf8')))
    expect(readers.filter((file) => !allowed.test(file))).toEqual([])
    expect(readers.length).toBeGreaterThan(2)
  })

  test('hands each job to its handler in the workspace that asked for it, where no other’s rows are seen', async () => {
    const seen: { workspaceId: string | undefined; orders: string[] }[] = []
    const probe = defineJob({
      name: 'probe-fences',
      schema: z.object({}),
      batch: 10,
      handler: async (ctx) => {
        const found = await transaction(ctx, (tx) =>
          rows<{ id: string }>(tx, sql`SELECT DISTINCT workspace_id AS id FROM orders`),
        )
        seen.push({ workspaceId: ctx.workspaceId, orders: found.map(({ id }) => id) })
      },
    })
    const more = { ...registry, jobs: [...registry.jobs, probe] }
    const jobs = await startJobs(services.database, more, { alone: false, log: services.log })
    const probing = { ...services, jobs }
    for (const house of [mine, theirs])
      await transaction({ ...house.ctx, jobs }, (tx) => enqueue(tx, probe, {}))
    await drainJobs(probing, { jobs: [probe], subscriptions: [] })
    await jobs.stop()
    const byId = (one: { workspaceId: string | undefined }, other: { workspaceId: string | undefined }) =>
      (one.workspaceId ?? '') < (other.workspaceId ?? '') ? -1 : 1
    const expected = [mine, theirs].map(({ workspaceId }) => ({ workspaceId, orders: [workspaceId] }))
    expect(seen.toSorted(byId)).toEqual(expected.toSorted(byId))
  })
})

test('a person’s own memberships are all that a directory’s transaction shows of workspaces', async () => {
  const seen = await directoryTransaction(
    mine.ctx,
    async (tx) => ({
      members: await rows<{ id: string }>({ tx }, sql`SELECT user_id AS id FROM members`),
      workspaces: await rows<{ id: string }>({ tx }, sql`SELECT id FROM workspaces`),
      orders: await rows({ tx }, sql`SELECT 1 FROM orders`),
    }),
    mine.users.editor,
  )
  expect(seen).toEqual({
    members: [{ id: mine.users.editor }],
    workspaces: [{ id: mine.workspaceId }],
    orders: [],
  })
})
