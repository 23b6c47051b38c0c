import pg from 'pg'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import { UNFENCED } from '../../../test/support/unfenced.ts'
import { directoryTransaction, rows, transaction } from '../../platform/database/transaction.ts'
import { auditEvents } from './audit/tables.ts'
import { members } from './tables.ts'

const unfenced = Object.keys(UNFENCED).toSorted()

let services: TestServices
let mine: TestWorkspace
let theirs: TestWorkspace
let owner: pg.Client

beforeAll(async () => {
  services = await testServices()
  mine = await makeWorkspace(services)
  theirs = await makeWorkspace(services)
  owner = new pg.Client(services.test.owner)
  await owner.connect()
})

afterAll(() => owner.end())

describe('row-level security', () => {
  test('no table is without a policy, or with one that lets all rows pass, but those that belong to no workspace', async () => {
    const { rows: tables } = await owner.query<{
      name: string
      forced: boolean
      open: boolean
      count: string
    }>(
      `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
              bool_or(p.qual = 'true' OR p.with_check = 'true') AS open, count(p.policyname)::text AS count
       FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_policies p ON p.schemaname = 'public' AND p.tablename = c.relname
       WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> 'rafid_migrations'
       GROUP BY c.relname, c.relrowsecurity, c.relforcerowsecurity`,
    )
    expect(tables.length).toBeGreaterThan(20)
    expect(tables.filter(({ forced }) => !forced)).toEqual([])
    // Anybody may read the directory of stores; who may write to it is a policy of its own. The owner may list workspaces, for
    // backups: a policy of that role alone.
    const expected = (name: string) =>
      ['store_directory', 'store_former_slugs', 'workspaces'].includes(name) ? '2' : '1'
    expect(tables.filter(({ name, count }) => count !== expected(name))).toEqual([])
    const open = tables.filter((table) => table.open).map(({ name }) => name)
    expect(open.toSorted()).toEqual(unfenced)
  })

  test('every other table names its workspace first in its primary key', async () => {
    const { rows: keys } = await owner.query<{ name: string; first: string | null }>(
      `SELECT c.relname AS name, a.attname AS first
       FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
       LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
       WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> 'rafid_migrations'`,
    )
    const wrong = keys.filter(
      ({ name, first }) =>
        !unfenced.includes(name) && first !== 'workspace_id' && !(name === 'workspaces' && first === 'id'),
    )
    expect(wrong).toEqual([])
  })

  test('the serving role is neither owner, nor superuser, nor exempt', async () => {
    const { rows: roles } = await owner.query(
      `SELECT r.rolsuper, r.rolbypassrls, r.rolcreaterole,
              EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) AS owns
       FROM pg_roles r WHERE r.rolname = 'rafid_app'`,
    )
    expect(roles).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, owns: false }])
  })
})

describe('what the serving role sees', () => {
  test('a query that forgets the workspace sees its own rows only', async () => {
    const found = await transaction(mine.ctx, (tx) => tx.tx.db.select().from(members))
    expect(found.map(({ workspaceId }) => workspaceId)).toEqual([mine.workspaceId])
  })

  test("a query that names another's workspace returns nothing", async () => {
    const found = await transaction(mine.ctx, (tx) =>
      rows(tx, sql`SELECT * FROM api_tokens WHERE workspace_id = ${theirs.workspaceId}`),
    )
    expect(found).toEqual([])
  })

  test('an unset workspace sees nothing, in any fenced table', async () => {
    const { rows: names } = await owner.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> ALL($1)`,
      [[...unfenced, 'rafid_migrations']],
    )
    const counts = await directoryTransaction(mine.ctx, async (tx) => {
      const seen: Record<string, string> = {}
      for (const { name } of names) {
        const [row] = await rows<{ count: bigint }>({ tx }, sql`SELECT count(*) FROM ${sql.identifier(name)}`)
        if (row?.count !== 0n) seen[name] = String(row?.count)
      }
      return seen
    })
    expect(names.length).toBeGreaterThan(15)
    expect(counts).toEqual({})
  })

  test('the setting does not outlive its transaction', async () => {
    const client = await services.database.pool.connect()
    try {
      await client.query(`BEGIN; SELECT set_config('rafid.workspace_id', '${mine.workspaceId}', true)`)
      expect((await client.query('SELECT FROM members')).rowCount).toBe(1)
      await client.query('COMMIT')
      expect((await client.query('SELECT FROM members')).rowCount).toBe(0)
    } finally {
      client.release()
    }
  })

  test('a person sees their memberships and no other', async () => {
    const seen = await directoryTransaction(
      mine.ctx,
      (tx) => rows<{ user_id: string }>({ tx }, sql`SELECT user_id FROM members`),
      theirs.owner.userId,
    )
    expect(seen).toEqual([{ user_id: theirs.owner.userId }])
  })

  test("nothing can be written into, moved to, or taken from another's workspace", async () => {
    const intruder = { workspaceId: theirs.workspaceId, userId: mine.owner.userId, role: 'owner' as const }
    const write = transaction(mine.ctx, (tx) =>
      tx.tx.db.insert(members).values({ ...intruder, joinedAt: services.clock.now() }),
    )
    await expect(write).rejects.toMatchObject({ cause: { code: '42501' } })
    const move = transaction(mine.ctx, (tx) =>
      tx.tx.db.update(members).set({ workspaceId: theirs.workspaceId }),
    )
    await expect(move).rejects.toMatchObject({ cause: { code: '42501' } })
    const taken = await transaction(mine.ctx, (tx) =>
      rows(tx, sql`DELETE FROM api_tokens WHERE workspace_id = ${theirs.workspaceId} RETURNING id`),
    )
    expect(taken).toEqual([])
  })

  test('a person cannot make themselves a member by naming themselves', async () => {
    const write = directoryTransaction(
      mine.ctx,
      (tx) =>
        rows(
          { tx },
          sql`INSERT INTO members (workspace_id, user_id, role, joined_at)
              VALUES (${theirs.workspaceId}, ${mine.owner.userId}, 'owner', ${services.clock.now()})`,
        ),
      mine.owner.userId,
    )
    await expect(write).rejects.toMatchObject({ code: '42501' })
  })
})

describe('functions with the rights of the owner', () => {
  test('look for names in the catalogue first, and among what the caller made for now last', async () => {
    const { rows: functions } = await owner.query<{ name: string; path: string | null }>(
      `SELECT p.proname AS name, (SELECT c FROM unnest(p.proconfig) c WHERE c LIKE 'search_path=%') AS path
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' AND p.prosecdef`,
    )
    expect(functions.length).toBeGreaterThan(5)
    const open = functions.filter(({ path }) => path !== 'search_path=pg_catalog, public, pg_temp')
    expect(open).toEqual([])
  })
})

describe("a store's address", () => {
  const all = (tx: Parameters<Parameters<typeof directoryTransaction>[1]>[0]) =>
    rows<{ slug: string; workspace_id: string }>({ tx }, sql`SELECT slug, workspace_id FROM store_directory`)

  test('is read by anybody, and given, changed or taken away by nobody but its own workspace', async () => {
    const before = await directoryTransaction(mine.ctx, all)
    expect(before.map(({ workspace_id }) => workspace_id)).toContain(theirs.workspaceId)
    for (const statement of [
      sql`UPDATE store_directory SET slug = 'stolen' WHERE workspace_id = ${theirs.workspaceId} RETURNING slug`,
      sql`DELETE FROM store_directory WHERE workspace_id = ${theirs.workspaceId} RETURNING slug`,
      sql`UPDATE store_directory SET workspace_id = ${mine.workspaceId} WHERE workspace_id = ${theirs.workspaceId} RETURNING slug`,
    ])
      expect(await transaction(mine.ctx, (tx) => rows(tx, statement))).toEqual([])
    const given = transaction(mine.ctx, (tx) =>
      rows(tx, sql`INSERT INTO store_directory (slug, workspace_id) VALUES ('given', ${theirs.workspaceId})`),
    )
    await expect(given).rejects.toMatchObject({ code: '42501' })
    const nobody = directoryTransaction(mine.ctx, (tx) =>
      rows({ tx }, sql`DELETE FROM store_directory RETURNING slug`),
    )
    expect(await nobody).toEqual([])
    expect(await directoryTransaction(mine.ctx, all)).toEqual(before)
  })
})

describe('what was issued stays as it was issued', () => {
  test.each(['documents', 'refund_lines'])(
    '%s can be added to, and neither changed nor removed',
    async (name) => {
      const table = sql.identifier(name)
      for (const statement of [
        sql`UPDATE ${table} SET workspace_id = workspace_id`,
        sql`DELETE FROM ${table}`,
        sql`TRUNCATE ${table}`,
      ]) {
        const tried = transaction(mine.ctx, (tx) => tx.tx.db.execute(statement))
        await expect(tried).rejects.toMatchObject({ cause: { code: '42501' } })
      }
    },
  )
})

describe('the audit log cannot be touched', () => {
  test.each([
    ['changed', sql`UPDATE audit_events SET action = 'nothing.happened'`],
    ['removed', sql`DELETE FROM audit_events`],
    ['emptied', sql`TRUNCATE audit_events`],
    ['dropped', sql`DROP TABLE audit_events`],
    ['opened', sql`ALTER TABLE audit_events DISABLE ROW LEVEL SECURITY`],
    ['given another chain', sql`UPDATE audit_links SET hash = ''`],
    ['taken off its chain', sql`DELETE FROM audit_links`],
    ['rid of its chain', sql`TRUNCATE audit_links`],
  ])('%s', async (_how, statement) => {
    const tried = transaction(mine.ctx, (tx) => tx.tx.db.execute(statement))
    await expect(tried).rejects.toMatchObject({ cause: { code: '42501' } })
    const kept = await transaction(mine.ctx, (tx) => tx.tx.db.select().from(auditEvents))
    expect(kept.length).toBeGreaterThan(0)
  })

  test('nor moved under another name: the serving role cannot become the owner', async () => {
    const tried = transaction(mine.ctx, (tx) => tx.tx.db.execute(sql`SET LOCAL ROLE rafid`))
    await expect(tried).rejects.toMatchObject({ cause: { code: '42501' } })
  })
})
