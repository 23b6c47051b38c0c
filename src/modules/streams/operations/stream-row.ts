import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { IncomeStream } from '../schema.ts'
import type { streams } from '../tables.ts'

/** A stream as it is kept. */
export type StreamRow = Omit<typeof streams.$inferSelect, 'workspaceId'>

/** The columns of a StreamRow. */
export const STREAM_COLUMNS =
  sql.raw(`id, kind, name, dimension_kind AS "dimensionKind", dimension_id AS "dimensionId",
  platform, payer, country, currency, began_on::text AS "beganOn", ended_on::text AS "endedOn", life_months AS "lifeMonths",
  archived_at AS "archivedAt", created_at AS "createdAt", updated_at AS "updatedAt"`)

/** A stream's row, locked until the transaction ends. @throws NotFound */
export async function mustLockStream(ctx: TxCtx, id: string): Promise<StreamRow> {
  const [row] = await rows<StreamRow>(
    ctx,
    sql`SELECT ${STREAM_COLUMNS} FROM streams WHERE workspace_id = ${ctx.workspaceId} AND id = ${id} FOR UPDATE`,
  )
  if (row === undefined) throw new NotFound()
  return row
}

/** A stream's row as the API shows it. */
export function describeStream(row: StreamRow): IncomeStream {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    platform: row.platform,
    payer: row.payer,
    country: row.country,
    currency: row.currency,
    beganOn: row.beganOn,
    endedOn: row.endedOn,
    lifeMonths: row.lifeMonths,
    productId: row.dimensionKind === 'product' ? row.dimensionId : null,
    archived: row.archivedAt !== null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}
