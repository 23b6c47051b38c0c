import type pg from 'pg'
import { z } from 'zod'
import { JOBS_SCHEMA } from '../jobs/install.ts'

/** A table as a backup names it, with the columns that are written (not those that the database makes from others). */
export const tableSchema = z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()) })

/** See tableSchema. */
export type TableShape = z.infer<typeof tableSchema>

/** A table to be copied: `fenced` says that the copying role sees one workspace's rows at a time. */
export type SourceTable = TableShape & { fenced: boolean; condition?: string }

/**
 * What the queue makes anew by itself, or only looks back on. Anything else in its schema is kept: work that is lost is
 * worse than a row too many.
 */
const NOT_KEPT = ['version', 'warning', 'bam', 'queue_stats', 'job_dependency']

/** Jobs that are done need not be kept. */
const CONDITIONS: Readonly<Record<string, string>> = { job: "state < 'completed'" }

/** All tables that a backup holds: every table of the program, and the queue's that matter. */
export async function listTables(client: pg.ClientBase): Promise<SourceTable[]> {
  const { rows: own } = await client.query<SourceTable>(
    `${SHAPES} WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname <> 'rafid_migrations' ORDER BY c.relname`,
  )
  const { rows: queue } = await client.query<SourceTable>(
    `${SHAPES} WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ALL ($2)
     ORDER BY c.relname`,
    [JOBS_SCHEMA, NOT_KEPT],
  )
  const jobs = queue.map((table) => {
    const condition = CONDITIONS[table.name]
    return { ...table, ...(condition === undefined ? {} : { condition }) }
  })
  return [...own, ...jobs]
}

// A table that anybody may read whole is not to be read once per workspace.
const SHAPES = `SELECT n.nspname AS schema, c.relname AS name,
    ARRAY(SELECT a.attname::text FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns,
    row_security_active(c.oid) AND NOT EXISTS (
      SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('r', '*')
        AND pg_get_expr(p.polqual, p.polrelid) = 'true') AS fenced
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace`

/** Every workspace, as a role sees them that may own the tables but is fenced like everybody. */
export async function listWorkspaces(client: pg.ClientBase): Promise<string[]> {
  await client.query("SELECT set_config('rafid.every_workspace', 'on', true)")
  const { rows } = await client.query<{ id: string }>('SELECT id FROM workspaces ORDER BY id')
  await client.query("SELECT set_config('rafid.every_workspace', 'off', true)")
  return rows.map(({ id }) => id)
}

/** The table's name and columns as SQL writes them. */
export function sqlNames(client: pg.ClientBase, { schema, name, columns }: TableShape) {
  const quote = (word: string) => client.escapeIdentifier(word)
  return { table: `${quote(schema)}.${quote(name)}`, columns: columns.map(quote).join(', ') }
}
