import { sql, type SQL } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../../platform/ctx.ts'
import { rows, transaction } from '../../../../platform/database/transaction.ts'
import type { MoneyRow } from '../../imports/importer.ts'
import type { RowFate } from '../../imports/schema.ts'

/** A row as a reading has judged it, before it is known whether it is in the books. */
export type StagedRow = {
  readonly line: number
  readonly fate: RowFate
  readonly reason: string
  readonly cell: string
  readonly money: (MoneyRow & { readonly key: string }) | undefined
}

type Known = { key: string; amount: bigint; fee: bigint }

/**
 * Notes rows of a reading, with those that are in the books already as duplicates. False, and nothing noted, if a newer
 * reading was asked for meanwhile.
 */
export async function stageRows(
  ctx: Ctx,
  { id, reading }: { id: string; reading: number },
  { rows: staged, total }: { rows: readonly StagedRow[]; total: number },
): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const [still] = await rows(
      tx,
      sql`UPDATE stream_imports SET done = done + ${staged.length}, total = ${total}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${id} AND state = 'reading' AND reading = ${reading} RETURNING 1`,
    )
    if (still === undefined) return false
    const known = await findKnown(tx, staged)
    await insert(
      tx,
      id,
      staged.map((row) => compared(row, known)),
    )
    return true
  })
}

/** Removes what readings have noted of an import. */
export async function forgetRows(ctx: TxCtx, id: string): Promise<void> {
  await rows(
    ctx,
    sql`DELETE FROM stream_import_rows WHERE workspace_id = ${ctx.workspaceId} AND import_id = ${id}`,
  )
}

async function findKnown(ctx: TxCtx, staged: readonly StagedRow[]): Promise<Map<string, Known>> {
  const keys = staged.flatMap(({ money }) => money?.key ?? [])
  const found = await rows<Known>(
    ctx,
    sql`SELECT key, amount, fee FROM stream_import_keys
        WHERE workspace_id = ${ctx.workspaceId} AND key = ANY (${sql.param(keys)}::uuid[])`,
  )
  return new Map(found.map((one) => [one.key, one]))
}

/** What is in the books is a duplicate; if the file says another amount than it did then, a person has to look. */
function compared(row: StagedRow, known: ReadonlyMap<string, Known>): StagedRow {
  const there = row.money === undefined ? undefined : known.get(row.money.key)
  if (there === undefined || row.money === undefined) return row
  const same = there.amount === row.money.amountMinor && there.fee === row.money.feeMinor
  return same ? { ...row, fate: 'duplicate' } : { ...row, fate: 'problem', reason: 'amount-changed' }
}

async function insert(ctx: TxCtx, id: string, staged: readonly StagedRow[]): Promise<void> {
  const column = (of: (row: StagedRow) => string | number | bigint | undefined): SQL =>
    sql`${sql.param(staged.map((row) => of(row)?.toString() ?? null))}`
  await rows(
    ctx,
    sql`INSERT INTO stream_import_rows (workspace_id, import_id, line, fate, reason, cell, key, kind, day, currency, amount, fee,
          what, payer)
        SELECT ${ctx.workspaceId}, ${id}, x.* FROM unnest(
          ${column(({ line }) => line)}::int4[], ${column(({ fate }) => fate)}::text[],
          ${column(({ reason }) => reason)}::text[], ${column(({ cell }) => cell)}::text[],
          ${column(({ money }) => money?.key)}::uuid[], ${column(({ money }) => money?.kind)}::text[],
          ${column(({ money }) => money?.day)}::date[], ${column(({ money }) => money?.currency)}::text[],
          ${column(({ money }) => money?.amountMinor)}::int8[], ${column(({ money }) => money?.feeMinor)}::int8[],
          ${column(({ money }) => money?.what ?? '')}::text[], ${column(({ money }) => money?.payer ?? '')}::text[]) x`,
  )
}
