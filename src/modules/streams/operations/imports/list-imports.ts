import { sql } from 'drizzle-orm'
import { authorise } from '../../../../platform/authorise.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import { rows, statement, transaction } from '../../../../platform/database/transaction.ts'
import { NotFound } from '../../../../platform/errors.ts'
import {
  decodeCursor,
  decodeIdCursor,
  encodeCursor,
  toPage,
  type Page,
} from '../../../../platform/http/page.ts'
import type { CurrencyCode } from '../../../../shared/currencies.ts'
import { toApi, type ApiMoney } from '../../../../shared/money.ts'
import type { MoneyKind } from '../../imports/importer.ts'
import type { ImportRow, RowFate, StreamImport } from '../../imports/schema.ts'
import { describeImport, IMPORT_COLUMNS, type StoredImport } from './import-row.ts'

type PageQuery = { readonly after?: string | undefined; readonly limit: number }

/** Imports, the newest first. */
export async function listImports(ctx: Ctx, { after, limit }: PageQuery): Promise<Page<StreamImport>> {
  authorise(ctx, 'streams:read')
  const found = await statement<StoredImport>(
    ctx,
    sql`SELECT ${IMPORT_COLUMNS} FROM stream_imports WHERE workspace_id = ${ctx.workspaceId}
          ${after === undefined ? sql`` : sql`AND id < ${decodeIdCursor(after)}`}
        ORDER BY id DESC LIMIT ${limit + 1}`,
  )
  return toPage(found.map(describeImport), limit, ({ id }) => encodeCursor([id]))
}

/** How far an import is, and what its last reading found. @throws NotFound */
export async function getImport(ctx: Ctx, id: string): Promise<StreamImport> {
  authorise(ctx, 'streams:read')
  const [found] = await statement<StoredImport>(
    ctx,
    sql`SELECT ${IMPORT_COLUMNS} FROM stream_imports WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
  )
  if (found === undefined) throw new NotFound()
  return describeImport(found)
}

type StoredRow = {
  line: number
  fate: RowFate
  reason: string
  cell: string
  kind: MoneyKind | null
  day: string | null
  currency: CurrencyCode | null
  amount: bigint | null
  fee: bigint | null
  what: string
  payer: string
  entryId: string | null
}

/** Rows of an import in the order of the file, each with what became of it. @throws NotFound */
export async function listImportRows(
  ctx: Ctx,
  id: string,
  { fate, after, limit }: PageQuery & { readonly fate?: RowFate | undefined },
): Promise<Page<ImportRow>> {
  authorise(ctx, 'streams:read')
  const from = after === undefined ? 0 : Number(decodeCursor(after, 1)[0]) || 0
  return transaction(ctx, async (tx) => {
    const [there] = await rows(
      tx,
      sql`SELECT 1 FROM stream_imports WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    )
    if (there === undefined) throw new NotFound()
    const found = await rows<StoredRow>(
      tx,
      sql`SELECT line, fate, reason, cell, kind, day::text AS day, currency, amount, fee, what, payer, entry_id AS "entryId"
          FROM stream_import_rows WHERE workspace_id = ${tx.workspaceId} AND import_id = ${id} AND line > ${from}
            ${fate === undefined ? sql`` : sql`AND fate = ${fate}`}
          ORDER BY line LIMIT ${limit + 1}`,
    )
    return toPage(found.map(describe), limit, ({ line }) => encodeCursor([line]))
  })
}

function describe({ currency, amount, fee, reason, ...row }: StoredRow): ImportRow {
  const money = (amountMinor: bigint | null): ApiMoney | null =>
    amountMinor === null || currency === null ? null : toApi({ amountMinor, currency })
  return {
    ...row,
    // Only reasons of these lists are ever written.
    reason: reason === '' ? null : (reason as ImportRow['reason']),
    amount: money(amount),
    fee: money(fee),
  }
}
