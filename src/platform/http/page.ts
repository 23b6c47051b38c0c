import { z } from '@hono/zod-openapi'
import { isId } from '../../shared/ids.ts'
import { Invalid } from '../errors.ts'

/** One bounded page of a list; `next` is the cursor of the following page, null on the last. */
export type Page<Item> = { items: Item[]; next: string | null }

/** The query of every listing route. */
export const pageQuery = z.object({
  after: z.string().max(400).optional().openapi({ description: 'The `next` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(100).default(25),
})

/** The schema of a page of `item`. */
export function pageOf<Schema extends z.ZodType>(
  item: Schema,
): z.ZodObject<{ items: z.ZodArray<Schema>; next: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/** Packs the sort key of the last row into an opaque cursor. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** Unpacks a cursor of `size` parts. @throws Invalid when it was not made by `encodeCursor`. */
export function decodeCursor(cursor: string, size: number): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(parts) && parts.length === size) return parts.map(String)
  } catch {
    // Falls through to the one answer for a cursor that is not ours.
  }
  throw foreignCursor()
}

/** Unpacks a cursor that is one id, of a list in the order of ids. @throws Invalid when it is none. */
export function decodeIdCursor(cursor: string): string {
  const [id = ''] = decodeCursor(cursor, 1)
  if (!isId(id)) throw foreignCursor()
  return id
}

function foreignCursor(): Invalid {
  return new Invalid([{ pointer: '/after', detail: 'problems.validation.cursor' }])
}

/** Cuts a list read with one row too many into a page. */
export function toPage<Item>(items: Item[], limit: number, cursorOf: (item: Item) => string): Page<Item> {
  const last = items[limit - 1]
  return items.length > limit && last !== undefined
    ? { items: items.slice(0, limit), next: cursorOf(last) }
    : { items, next: null }
}
