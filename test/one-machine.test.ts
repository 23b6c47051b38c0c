import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from './support/database.ts'
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

let statements: (Found & { file: string })[]

beforeAll(() => {
  statements = sources.flatMap((file) =>
    statementsOf(file, readFileSync(join(root, file), 'utf8')).map((found) => ({ ...found, file })),
  )
})

describe('the statements of the program', () => {
  test('lock no number, wait for no notice, and ask the database for neither time nor chance', () => {
    const forbidden =
      /pg_(try_)?advisory|pg_notify|\bNOTIFY \w|\bLISTEN \w+;|nextval\(|gen_random_uuid|\brandom\(\)/
    const where = (wrong: (statement: Found & { file: string }) => boolean) =>
      statements.filter(wrong).map(({ file, line }) => `${file}:${line}`)
    expect(where(({ text }) => forbidden.test(text))).toEqual([])
    const time = /\bnow\(\)|clock_timestamp\(\)|CURRENT_TIMESTAMP/
    expect(where(({ file, sql }) => file.startsWith('modules') && time.test(sql))).toEqual([])
  })

  test('name the workspace wherever they touch a table of workspaces', () => {
    let seen = 0
    const faults: string[] = []
    for (const { file, line, tables: used, namesWorkspace } of statements) {
      const touched = used.filter((name) => tables.includes(name) && name !== 'workspaces')
      if (touched.length === 0) continue
      seen += 1
      if (!namesWorkspace && !(file in WHOLE)) faults.push(`${file}:${line} ${touched[0]}`)
    }
    expect(faults).toEqual([])
    expect(seen).toBeGreaterThan(200)
  })

  test('and the check finds one that does not', () => {
    const wrong = 'const all = sql`SELECT * FROM orders WHERE email = ${email}`; const n = sql`SELECT now()`'
    expect(statementsOf('wrong.ts', wrong)).toMatchObject([
      { tables: ['orders'], namesWorkspace: false },
      { tables: [], sql: 'SELECT now()' },
    ])
    const right = 'const own = sql`workspace_id = ${id}`; const all = sql`SELECT * FROM orders WHERE ${own}`'
    expect(statementsOf('right.ts', right).every(({ namesWorkspace }) => namesWorkspace)).toBe(true)
  })
})

/** Files whose statements are of all workspaces on purpose: an operator's, by a role that may. */
const WHOLE: Readonly<Record<string, string>> = {
  'platform/backup/write-backup.ts': 'a backup is of everything; the rows are fenced where the role is',
  'modules/webhooks/operations/replay.ts': 'the beginning of two statements, both of which go on with it',
}

type Found = { line: number; text: string; sql: string; tables: string[]; namesWorkspace: boolean }

/** Every statement in a source: templates with the tag `sql`, and texts that are given to a connection as they are. */
function statementsOf(file: string, text: string): Found[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const declared = new Map<string, string>()
  const statements: { node: ts.Node; sql: string }[] = []
  const visit = (node: ts.Node, inside: boolean): void => {
    if ((ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node)) && node.name !== undefined)
      declared.set(node.name.getText(source), node.getText(source))
    const sql = textOf(node)
    if (sql !== undefined && !inside) statements.push({ node, sql })
    node.forEachChild((child) => visit(child, inside || sql !== undefined))
  }
  visit(source, false)
  return statements.map(({ node, sql }) => {
    const whole = node.getText(source)
    return {
      line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
      text: whole,
      sql,
      tables: [...sql.matchAll(/\b(?:FROM|JOIN|UPDATE|INTO)\s+"?([a-z_]+)"?/g)].map(([, name]) => name ?? ''),
      namesWorkspace: names(whole) || namesOf(node).some((name) => names(declared.get(name) ?? '')),
    }
  })
}

function names(text: string): boolean {
  return /workspace_?id/i.test(text)
}

/** The words of a statement, with a blank where something is put in. */
function textOf(node: ts.Node): string | undefined {
  if (!ts.isTaggedTemplateExpression(node) || !/^sql\b/.test(node.tag.getText())) return undefined
  const { template } = node
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text
  return [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join(' ')
}

/** What is put into a statement, by the names that it has there. */
function namesOf(node: ts.Node): string[] {
  const found: string[] = []
  const visit = (child: ts.Node): void => {
    if (ts.isIdentifier(child)) found.push(child.text)
    child.forEachChild(visit)
  }
  visit(node)
  return found
}
