import type pg from 'pg'
import { JOBS_SCHEMA } from '../jobs/install.ts'
import { CannotRestore } from './restorable.ts'
import type { TableShape } from './inventory.ts'

/** Makes a waiting place for each table of the queue: its columns as they were, all of them texts. */
export async function openQueue(client: pg.Client, tables: readonly TableShape[]): Promise<void> {
  for (const { name, columns } of ofQueue(tables)) {
    const texts = columns.map((column) => `${client.escapeIdentifier(column)} text`).join(', ')
    await client.query(`CREATE TEMPORARY TABLE queue_${name} (${texts}) ON COMMIT DROP`)
  }
}

/**
 * Puts what waits into the queue of this version, as far as it has the columns still. Jobs that somebody was running when
 * the backup was made are to be done again: every handler may run twice.
 */
export async function fillQueue(client: pg.Client, tables: readonly TableShape[]): Promise<void> {
  for (const { name, columns } of ofQueue(tables)) {
    const { rows: own } = await client.query<{ name: string; type: string }>(
      `SELECT quote_ident(a.attname) AS name, format_type(a.atttypid, a.atttypmod) AS type FROM pg_attribute a
       WHERE a.attrelid = to_regclass($1) AND a.attname = ANY ($2) AND a.attgenerated = ''`,
      [`${JOBS_SCHEMA}.${name}`, columns],
    )
    if (own.length === 0) throw new CannotRestore('newer', { version: `${JOBS_SCHEMA}.${name}` })
    const into = own.map((column) => column.name).join(', ')
    const values = own.map((column) => `${valueOf(name, column.name)}::${column.type}`).join(', ')
    await client.query(
      `INSERT INTO ${JOBS_SCHEMA}.${name} (${into}) SELECT ${values} FROM pg_temp.queue_${name} ON CONFLICT DO NOTHING`,
    )
  }
}

function valueOf(table: string, column: string): string {
  return table === 'job' && column === 'state'
    ? "CASE state WHEN 'active' THEN 'retry' ELSE state END"
    : column
}

/** Queues first: what else there is belongs to them. */
function ofQueue(tables: readonly TableShape[]): TableShape[] {
  return tables
    .filter(({ schema }) => schema === JOBS_SCHEMA)
    .toSorted((one, other) => Number(other.name === 'queue') - Number(one.name === 'queue'))
}
