import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from './support/database.ts'
import { statementsOf, statementsOfBody, type Found } from './support/statements.ts'
import { UNFENCED } from './support/unfenced.ts'

// What keeps the way open to a database that is spread over machines by workspace (Citus, YugabyteDB, CockroachDB).

const root = join(import.meta.dirname, '../src')
let admin: pg.Client
let tables: string[]

beforeAll(async () => {
  const { admin: connection } = await testDatabase()
  admin = new pg.Client(connection)
  await admin.connect()
  const { rows } = await admin.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND relname <> 'rafid_migrations'`,
  )
  tables = rows.map(({ name }) => name).filter((name) => !(name in UNFENCED))
})

afterAll(() => admin.end())

/** What a query of the catalogue finds, as lines. */
async function found(text: string): Promise<string[]> {
  const { rows } = await admin.query<{ fault: string }>(text, [tables])
  return rows.map(({ fault }) => fault)
}

describe('the tables of workspaces', () => {
  test('begin every key, foreign key and index with the workspace', async () => {
    expect(tables.length).toBeGreaterThan(30)
    expect(
      await found(
        `SELECT indexrelid::regclass || ' of ' || indrelid::regclass AS fault FROM pg_index
         WHERE indrelid = ANY ($1::regclass[]) AND coalesce((SELECT attname FROM pg_attribute
           WHERE attrelid = indrelid AND attnum = indkey[0]), '') <>
             CASE indrelid::regclass::text WHEN 'workspaces' THEN 'id' ELSE 'workspace_id' END`,
      ),
      // Whoever signs in is of no workspace yet: it is found by the person.
    ).toEqual(['members_user of members'])
    expect(
      await found(
        `SELECT conname || ' of ' || conrelid::regclass AS fault FROM pg_constraint
         WHERE contype = 'f' AND conrelid = ANY ($1::regclass[]) AND confrelid = ANY ($1::regclass[])
           AND (SELECT attname FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1]) <> 'workspace_id'`,
      ),
    ).toEqual([])
    expect(
      await found(
        `SELECT t::text AS fault FROM unnest($1::regclass[]) t WHERE NOT EXISTS (
           SELECT FROM pg_constraint WHERE conrelid = t AND contype = 'p')`,
      ),
    ).toEqual([])
  })

  test('have no trigger, no exclusion, nothing deferred, and no number that a sequence gives', async () => {
    expect(
      await found(
        `SELECT 'trigger ' || tgname AS fault FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = ANY ($1::regclass[])
         UNION ALL SELECT 'constraint ' || conname FROM pg_constraint
           WHERE connamespace = 'public'::regnamespace AND (contype = 'x' OR condeferrable) AND $1::regclass[] IS NOT NULL
         UNION ALL SELECT 'sequence ' || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'
         UNION ALL SELECT 'default ' || conrelid::regclass FROM (SELECT adrelid AS conrelid FROM pg_attrdef
           WHERE adrelid = ANY ($1::regclass[]) AND pg_get_expr(adbin, adrelid) ~* 'nextval|random|now\\(') defaults`,
      ),
    ).toEqual([])
  })
})

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(modules|platform|commands|watching)/.test(file) && /\.tsx?$/.test(file))
  .filter((file) => !/\.test(-support)?\.tsx?$/.test(file))

type Place = { where: string; file: string }

let known: Map<string, string>
let statements: (Found & Place)[]
let bodies: (Found & Place)[]

beforeAll(async () => {
  const declared = sources
    .filter((file) => file.endsWith('tables.ts'))
    .flatMap((file) => [
      ...readFileSync(join(root, file), 'utf8').matchAll(/export const (\w+) = pgTable\(\s*'(\w+)'/g),
    ])
    .map(([, variable = '', name = '']) => [variable, name] as const)
  known = new Map(declared.filter(([, name]) => tables.includes(name) && name !== 'workspaces'))
  statements = sources.flatMap((file) =>
    statementsOf(readFileSync(join(root, file), 'utf8'), known).map((found) => ({
      ...found,
      file,
      where: `${file}:${found.line}`,
    })),
  )
  const { rows } = await admin.query<{ name: string; body: string }>(
    `SELECT proname AS name, prosrc AS body FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
       AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'e')`,
  )
  bodies = rows.flatMap(({ name, body }) =>
    statementsOfBody(body, known).map((found) => ({ ...found, file: name, where: `${name}:${found.line}` })),
  )
})

const placesOf = (found: readonly (Found & Place)[]) => found.map(({ where }) => where)
const NUMBERS = /pg_(try_)?advisory|pg_notify|\bNOTIFY \w|\bLISTEN \w|nextval\(|gen_random_uuid|\brandom\(\)/
const TIME = /\bnow\(\)|clock_timestamp\(\)|transaction_timestamp|CURRENT_(?:TIMESTAMP|DATE|TIME)\b/i
const SCHEMA =
  /\b(?:CREATE|ALTER|DROP|TRUNCATE)\s+(?:TABLE|INDEX|SEQUENCE|TRIGGER|TYPE|VIEW|TEMP)|DEFERR(?:ED|ABLE)/
const PAGES = /\bOFFSET (?!0\b)/

describe('the statements of the program, in its sources and in the functions of its database', () => {
  test('lock no number, wait for no notice, and ask the database for neither time nor chance', () => {
    const all = [...statements, ...bodies]
    expect(placesOf(all.filter(({ sql }) => NUMBERS.test(sql)))).toEqual([])
    const timed = all.filter(({ sql, file }) => TIME.test(sql) && !file.startsWith('platform/'))
    expect(placesOf(timed)).toEqual([])
  })

  test('name the workspace wherever they touch a table of workspaces, each time', () => {
    const touching = [...statements, ...bodies].filter((one) => one.tables.length > 0)
    const faults = touching.filter((one) => !one.namesWorkspace && !(one.file in WHOLE))
    expect(faults.map(({ where, tables: [first] }) => `${where} ${first}`)).toEqual([])
    expect(touching.filter(({ file }) => file.includes('/')).length).toBeGreaterThan(400)
    const functions = touching.filter(({ file }) => file.startsWith('ledger_')).map(({ file }) => file)
    expect(new Set(functions).size).toBeGreaterThan(10)
    expect(known.size).toBeGreaterThan(60)
  })

  test('change no table twice in one, change no schema, and page by keys', () => {
    const all = [...statements, ...bodies]
    expect(placesOf(all.filter(({ changedTwice }) => changedTwice !== undefined))).toEqual([])
    const business = all.filter(({ file }) => !file.startsWith('platform/'))
    expect(placesOf(business.filter(({ sql }) => SCHEMA.test(sql)))).toEqual([])
    expect(placesOf(business.filter(({ sql, file }) => PAGES.test(sql) && !(file in NTH)))).toEqual([])
    // What a function would put together only when it runs could not be read here.
    expect(placesOf(bodies.filter(({ sql }) => /\bEXECUTE\b/.test(sql)))).toEqual([])
  })

  test.each([
    ['a template', 'const all = sql`SELECT * FROM orders WHERE email = ${email}`'],
    ['a column is no condition', 'const all = sql`SELECT workspace_id FROM orders WHERE id = ${id}`'],
    ['a text', 'pool.query("DELETE FROM orders WHERE id = $1", [id])'],
    ['columns without it', 'const add = sql`INSERT INTO orders (id) VALUES (${id})`'],
    ['the builder, all rows', 'const all = await ctx.tx.db.select({ w: orders.workspaceId }).from(orders)'],
    [
      'the builder, any workspace',
      'await tx.db.update(orders).set({ workspaceId }).where(eq(orders.id, id))',
    ],
    ['the builder, one more table', 'tx.db.select().from(users).innerJoin(orders, eq(orders.id, users.id))'],
    ['the builder, a new row', 'await ctx.tx.db.insert(orders).values({ id }).onConflictDoNothing()'],
  ])('and the check finds one that names no workspace: %s', (_name, source) => {
    const found = statementsOf(source, new Map([['orders', 'orders']]))
    expect(found.map(({ tables: used, namesWorkspace }) => [used, namesWorkspace])).toEqual([
      [['orders'], false],
    ])
  })

  test('and takes what is put in from elsewhere in the source for a part of the statement', () => {
    const right = [
      'const own = sql`workspace_id = ${id}`; const all = sql`SELECT * FROM orders WHERE ${own}`',
      'const own = eq(orders.workspaceId, id); tx.db.select().from(orders).where(and(own, isNull(orders.paidAt)))',
      'const row = { workspaceId, id }; tx.db.insert(orders).values(row)',
    ]
    for (const source of right) {
      const touching = statementsOf(source, new Map([['orders', 'orders']])).filter(
        (one) => one.tables.length > 0,
      )
      expect(touching).toMatchObject([{ namesWorkspace: true }])
    }
  })

  test('and finds a function that leaves it out once, a table that is changed twice, and what else is not to be', () => {
    const ledger = new Map([
      ['entries', 'ledger_entries'],
      ['postings', 'ledger_postings'],
    ])
    const join = (more: string) => `BEGIN
      -- The postings; of an entry.
      PERFORM FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id ${more}
        WHERE e.workspace_id = p_workspace;
    END`
    expect(statementsOfBody(join(''), ledger).filter((one) => !one.namesWorkspace)).toMatchObject([
      { tables: ['ledger_entries', 'ledger_postings'] },
    ])
    const whole = statementsOfBody(join('AND p.workspace_id = e.workspace_id'), ledger)
    expect(whole.every(({ namesWorkspace }) => namesWorkspace)).toBe(true)
    const [twice] = statementsOfBody(
      'WITH a AS (DELETE FROM holds RETURNING id) INSERT INTO holds SELECT id FROM a',
      ledger,
    )
    expect(twice?.changedTwice).toBe('holds')
    const upsert = 'INSERT INTO holds (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET id = 2'
    expect(statementsOfBody(upsert, ledger)[0]?.changedTwice).toBeUndefined()
    for (const [rule, wrong] of [
      [TIME, 'SELECT now()'],
      [NUMBERS, 'SELECT pg_advisory_xact_lock(1)'],
      [SCHEMA, 'CREATE TEMP TABLE x (id int)'],
      [PAGES, 'SELECT 1 FROM orders ORDER BY id LIMIT 20 OFFSET 40'],
    ] as const)
      expect(statementsOf(`tx.query('${wrong}')`, ledger).map(({ sql }) => rule.test(sql))).toEqual([true])
  })
})

/** Files whose statements name no workspace, and why. */
const WHOLE: Readonly<Record<string, string>> = {
  'platform/backup/write-backup.ts': 'a backup is of everything; the rows are fenced where the role is',
  'modules/webhooks/operations/replay.ts': 'the beginning of two statements, both of which go on with it',
  'modules/workspaces/operations/find-session.ts': 'whoever signs in is of no workspace yet',
  'modules/workspaces/operations/close-account.ts': 'of which workspaces a person is, to leave them all',
  'modules/workspaces/operations/note-account-change.ts':
    'of which workspaces a person is, to note it in each',
}

/** Files that ask for the row at a fixed place from the end, and turn no pages. */
const NTH: Readonly<Record<string, string>> = {
  'modules/checkout/operations/refuse-flood.ts': 'how old the latest but so many is',
}
