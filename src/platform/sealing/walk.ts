import { sql } from 'drizzle-orm'
import { systemCtx, type Services } from '../ctx.ts'
import type { Tx } from '../database/database.ts'
import { directoryTransaction, rows, transaction } from '../database/transaction.ts'
import type { SealedRow, SealedTable } from './sealed-table.ts'

/** One sealed value, as it is kept. */
export type Kept = SealedRow & { readonly table: SealedTable; readonly kept: string }

type Page = { tx: Tx; values: Kept[] }
type Place = { table: SealedTable; workspaceId: string | undefined; locked: boolean }

/** Where to walk; with `locked`, the rows of a page are locked until the work on it is done. */
export type Walk = { tables: readonly SealedTable[]; workspaces: readonly string[]; locked?: true }

const PAGE = 200
const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * Goes along all sealed values, a page of rows in a transaction, table by table and workspace by workspace.
 */
export async function walkSealed(
  services: Services,
  { tables, workspaces, locked }: Walk,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  for (const table of tables)
    for (const workspaceId of table.ofPeople === true ? [undefined] : workspaces)
      await walkTable(services, { table, workspaceId, locked: locked === true }, work)
}

async function walkTable(
  services: Services,
  place: Place,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  for (let after: string | undefined = FIRST; after !== undefined;) {
    const from: string = after
    after = await inPlace(services, place, async (tx) => {
      const found = await readPage(tx, place, from)
      await work({ tx, values: found.flatMap((row) => valuesOf(place, row)) })
      return found.length < PAGE ? undefined : found.at(-1)?.id
    })
  }
}

function inPlace<T>(services: Services, { workspaceId }: Place, work: (tx: Tx) => Promise<T>): Promise<T> {
  return workspaceId === undefined
    ? directoryTransaction(systemCtx(services), work)
    : transaction(systemCtx(services, workspaceId), ({ tx }) => work(tx))
}

type Row = { id: string; kept: (string | null)[] }

function readPage(tx: Tx, { table, workspaceId, locked }: Place, after: string): Promise<Row[]> {
  const id = sql.identifier(table.id)
  const own = workspaceId === undefined ? sql`` : sql`workspace_id = ${workspaceId} AND`
  const lock = locked ? sql`FOR NO KEY UPDATE` : sql``
  const columns = sql.join(
    table.columns.map((column) => sql.identifier(column)),
    sql`, `,
  )
  return rows<Row>(
    { tx },
    sql`SELECT ${id} AS id, ARRAY[${columns}] AS kept FROM ${sql.identifier(table.table)}
        WHERE ${own} ${id} > ${after} AND num_nonnulls(${columns}) > 0 ORDER BY ${id} LIMIT ${PAGE} ${lock}`,
  )
}

function valuesOf({ table, workspaceId }: Place, { id, kept }: Row): Kept[] {
  return table.columns.flatMap((column, nth) => {
    const value = kept[nth]
    return value === null || value === undefined ? [] : [{ table, workspaceId, id, column, kept: value }]
  })
}

/** Puts another text in the place of a value that `walkSealed` has shown, in the same transaction. */
export async function replaceKept(
  tx: Tx,
  { table, workspaceId, id, column }: Kept,
  text: string,
): Promise<void> {
  const own = workspaceId === undefined ? sql`` : sql`workspace_id = ${workspaceId} AND`
  await rows(
    { tx },
    sql`UPDATE ${sql.identifier(table.table)} SET ${sql.identifier(column)} = ${text}
        WHERE ${own} ${sql.identifier(table.id)} = ${id}`,
  )
}
