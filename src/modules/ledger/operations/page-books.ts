import type { Ctx } from '../../../platform/ctx.ts'
import { Invalid } from '../../../platform/errors.ts'
import { decodeCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import { isId } from '../../../shared/ids.ts'
import type { JournalQuery, StatementQuery } from '../api/shapes.ts'
import { endOf, startOf } from '../rules/read-day.ts'
import { listJournal, type JournalEntry } from './list-journal.ts'
import { listStatement, type StatementLine } from './list-statement.ts'

type Paged = { after?: string | undefined; limit: number }

/** A page of the journal, as a list's address asks for it. @throws Invalid for a foreign cursor */
export async function pageJournal(ctx: Ctx, query: JournalQuery & Paged): Promise<Page<JournalEntry>> {
  const { limit, after, from, to, timeZone, sort, ...filter } = query
  const found = await listJournal(ctx, {
    ...defined(filter),
    ...(after && { after: readCursor(after) }),
    ...(from && { from: startOf(from, timeZone) }),
    ...(to && { before: endOf(to, timeZone) }),
    oldestFirst: sort === 'recorded',
    limit: limit + 1,
  })
  return toPage(found, limit, ({ id }) => id)
}

/** A page of the statement of an account. @throws NotFound; Invalid for a foreign cursor */
export async function pageStatement(ctx: Ctx, query: StatementQuery & Paged): Promise<Page<StatementLine>> {
  const { account, currency, sort, after, limit } = query
  const version = after === undefined || after === '' ? undefined : readVersion(after)
  const lines = await listStatement(ctx, {
    account,
    currency,
    limit: limit + 1,
    ...(sort === 'recorded'
      ? { afterVersion: version ?? 0n }
      : version !== undefined && { beforeVersion: version }),
  })
  return toPage(lines, limit, (line) => encodeCursor([line.version.toString()]))
}

type Defined<Fields> = { [Key in keyof Fields]: Exclude<Fields[Key], undefined> }

/** The fields that were given. */
function defined<Fields extends Record<string, string | undefined>>(
  fields: Fields,
): Partial<Defined<Fields>> {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given) as Partial<Defined<Fields>>
}

function readCursor(cursor: string): string {
  if (!isId(cursor)) throw foreignCursor()
  return cursor
}

function readVersion(cursor: string): bigint {
  const [version = ''] = decodeCursor(cursor, 1)
  if (!/^\d{1,18}$/u.test(version)) throw foreignCursor()
  return BigInt(version)
}

function foreignCursor(): Invalid {
  return new Invalid([{ pointer: '/after', detail: 'problems.validation.cursor' }])
}
