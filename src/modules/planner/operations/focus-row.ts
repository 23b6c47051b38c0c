import { sql } from 'drizzle-orm'
import { systemCtx, type TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { toApi } from '../../../shared/money.ts'
import { readMonthly } from '../../streams/index.ts'
import type { Focuses } from '../focus-schema.ts'
import type { MonthFigures, StabilityRule } from '../rules/focus.ts'
import type { focuses } from '../tables.ts'

/** A focus as it is kept, with its stream's name. */
export type FocusRow = Omit<typeof focuses.$inferSelect, 'workspaceId'> & { readonly streamName: string }

/** The columns of FocusRow, from focuses `f` and streams `s`. */
export const FOCUS_COLUMNS =
  sql.raw(`f.id, f.stream_id AS "streamId", s.name AS "streamName", f.profile, f.recommended,
  f.begun_on::text AS "begunOn", f.kill_on::text AS "killOn", f.loss_cap AS "lossCap", f.currency,
  f.rule_months AS "ruleMonths", f.rule_of AS "ruleOf", f.rule_amount AS "ruleAmount", f.rule_minutes AS "ruleMinutes",
  f.ended_on::text AS "endedOn", f.ended_as AS "endedAs", f.note, f.decided_by AS "decidedBy", f.created_at AS "createdAt"`)

/** The tables of FOCUS_COLUMNS. */
export const FOCUS_TABLES = sql.raw(`planner_focuses f
  JOIN streams s ON s.workspace_id = f.workspace_id AND s.id = f.stream_id`)

/** The present one. */
export async function findCurrent(ctx: TxCtx): Promise<FocusRow | undefined> {
  const [row] = await rows<FocusRow>(
    ctx,
    sql`SELECT ${FOCUS_COLUMNS} FROM ${FOCUS_TABLES}
        WHERE f.workspace_id = ${ctx.workspaceId} AND f.ended_on IS NULL`,
  )
  return row
}

/** The present one, locked until the transaction ends. @throws NotFound */
export async function mustLockCurrent(ctx: TxCtx): Promise<FocusRow> {
  const [row] = await rows<FocusRow>(
    ctx,
    sql`SELECT ${FOCUS_COLUMNS} FROM ${FOCUS_TABLES}
        WHERE f.workspace_id = ${ctx.workspaceId} AND f.ended_on IS NULL FOR NO KEY UPDATE OF f`,
  )
  if (row === undefined) throw new NotFound()
  return row
}

/** The rule of a focus. */
export function ruleOf({
  ruleMonths,
  ruleOf: of,
  ruleAmount,
  ruleMinutes,
  currency,
}: FocusRow): StabilityRule {
  return { months: ruleMonths, of, amountMinor: ruleAmount, currency, minutes: ruleMinutes }
}

/** What is told of a focus whether it has ended or not. */
export function describePast(row: FocusRow): Focuses['past'][number] {
  const { id, streamId, streamName, profile, recommended, begunOn, killOn, endedOn, endedAs, note } = row
  const lossCap = toApi({ amountMinor: row.lossCap, currency: row.currency })
  return { id, streamId, streamName, profile, recommended, begunOn, killOn, lossCap, endedOn, endedAs, note }
}

/** Months that any figure of a focus looks back upon. */
const LOOK_BACK_MONTHS = 60

/**
 * What each stream earned, cost and took by month, in the program's own name: whoever may read the plan may read what its
 * rule is held against.
 */
export async function readFigures(ctx: TxCtx): Promise<ReadonlyMap<string, readonly MonthFigures[]>> {
  const now = ctx.clock.now()
  const from = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - LOOK_BACK_MONTHS, 1))
  const monthOf = (day: Date) => day.toISOString().slice(0, 7)
  const own = { ...systemCtx(ctx, ctx.workspaceId), tx: ctx.tx }
  const months = await readMonthly(own, { from: monthOf(from), to: monthOf(now) })
  return Map.groupBy(months, ({ streamId }) => streamId)
}

/** Today's date. */
export function today(ctx: Pick<TxCtx, 'clock'>): string {
  return ctx.clock.now().toISOString().slice(0, 10)
}
