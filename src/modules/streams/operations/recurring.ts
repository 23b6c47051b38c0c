import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, statement, transaction } from '../../../platform/database/transaction.ts'
import { Invalid, NotFound } from '../../../platform/errors.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { audit } from '../../workspaces/index.ts'
import { EndBeforeBeginning, RecurringFull, RecurringOverlaps } from '../errors.ts'
import type { NewRecurring, Recurring } from '../money-schema.ts'
import { overlap } from '../rules/recurrence.ts'
import { streamRecurring } from '../tables.ts'
import { mustKnowStream } from './find-stream.ts'
import { postThrough } from './post-recurring.ts'
import { describeRecurring, RECURRING_COLUMNS, type RecurringRow } from './recurring-row.ts'

const MOST_RECURRING = 500
const MOST_YEARS_BACK = 10

/**
 * Adds money that comes again and again, and posts at once what is due of it.
 * @throws UnknownStream, EndBeforeBeginning, RecurringFull; RecurringOverlaps if it may be the same as another, unless that is meant;
 * Invalid for a beginning more than ten years ago
 */
export async function addRecurring(ctx: Ctx, input: NewRecurring): Promise<Recurring> {
  authorise(ctx, 'streams:write')
  const today = ctx.clock.now().toISOString().slice(0, 10)
  checkDays(input, today)
  return transaction(ctx, async (tx) => {
    await mustKnowStream(tx, input.streamId)
    await checkOthers(tx, input)
    const row = await insertRecurring(tx, input)
    await audit(tx, {
      action: 'stream.add-recurring',
      subjectKind: 'stream',
      subjectId: input.streamId,
      after: input,
    })
    await postThrough(tx, row, today)
    return describeRecurring(await mustFind(tx, row.id))
  })
}

/** What recurs, that of one stream or all, in the order in which it was added. */
export async function listRecurring(
  ctx: Ctx,
  filter: { streamId?: string | undefined; after?: string | undefined; limit: number },
): Promise<Page<Recurring>> {
  authorise(ctx, 'streams:read')
  const { streamId, after, limit } = filter
  const found = await statement<RecurringRow>(
    ctx,
    sql`SELECT ${RECURRING_COLUMNS} FROM stream_recurring r WHERE r.workspace_id = ${ctx.workspaceId}
          ${streamId === undefined ? sql`` : sql`AND r.stream_id = ${streamId}`}
          ${after === undefined ? sql`` : sql`AND r.id > ${decodeIdCursor(after)}`}
        ORDER BY r.id LIMIT ${limit + 1}`,
  )
  return toPage(found.map(describeRecurring), limit, ({ id }) => encodeCursor([id]))
}

/** Ends what recurs; what was posted stays. Ending it again changes nothing. @throws NotFound */
export async function endRecurring(ctx: Ctx, id: string): Promise<Recurring> {
  authorise(ctx, 'streams:write')
  return transaction(ctx, async (tx) => {
    const before = await mustFind(tx, id)
    if (before.nextOn === null) return describeRecurring(before)
    // The day before it would come next: it was there until then.
    const [row] = await rows<RecurringRow>(
      tx,
      sql`UPDATE stream_recurring r SET ends_on = greatest(r.next_on - 1, r.begins_on), next_on = NULL
          WHERE r.workspace_id = ${tx.workspaceId} AND r.id = ${id} RETURNING ${RECURRING_COLUMNS}`,
    )
    if (row === undefined) throw new NotFound()
    await audit(tx, {
      action: 'stream.end-recurring',
      subjectKind: 'stream',
      subjectId: row.streamId,
      before: { recurringId: id, nextOn: before.nextOn },
    })
    return describeRecurring(row)
  })
}

function checkDays({ beginsOn, endsOn }: NewRecurring, today: string): void {
  if (endsOn !== null && endsOn < beginsOn) throw new EndBeforeBeginning('/endsOn')
  const earliest = `${String(Number(today.slice(0, 4)) - MOST_YEARS_BACK).padStart(4, '0')}${today.slice(4)}`
  if (beginsOn < earliest)
    throw new Invalid([{ pointer: '/beginsOn', detail: 'problems.field.too-long-ago' }])
}

async function checkOthers(ctx: TxCtx, input: NewRecurring): Promise<void> {
  const others = await rows<RecurringRow>(
    ctx,
    sql`SELECT ${RECURRING_COLUMNS} FROM stream_recurring r WHERE r.workspace_id = ${ctx.workspaceId}`,
  )
  if (others.length >= MOST_RECURRING) throw new RecurringFull(MOST_RECURRING)
  if (input.allowOverlap) return
  const alike = others.filter(
    (other) =>
      other.streamId === input.streamId &&
      other.direction === input.kind &&
      other.currency === input.amount.currency &&
      (input.kind === 'income' || other.costKind === input.costKind) &&
      overlap(other, input),
  )
  if (alike.length > 0) throw new RecurringOverlaps(alike.length)
}

async function insertRecurring(ctx: TxCtx, input: NewRecurring): Promise<RecurringRow> {
  const { streamId, kind, amount, every, beginsOn, endsOn, note, costKind } = input
  const row = {
    id: ctx.ids.next(),
    streamId,
    direction: kind,
    costKind,
    amount: BigInt(amount.amount),
    currency: amount.currency,
    note,
    every,
    beginsOn,
    endsOn,
    nextOn: beginsOn,
  }
  await ctx.tx.db
    .insert(streamRecurring)
    .values({ ...row, workspaceId: ctx.workspaceId, createdAt: ctx.clock.now() })
  return row
}

async function mustFind(ctx: TxCtx, id: string): Promise<RecurringRow> {
  const [row] = await rows<RecurringRow>(
    ctx,
    sql`SELECT ${RECURRING_COLUMNS} FROM stream_recurring r
        WHERE r.workspace_id = ${ctx.workspaceId} AND r.id = ${id} FOR UPDATE`,
  )
  if (row === undefined) throw new NotFound()
  return row
}
