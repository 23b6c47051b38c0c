import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { decodeIdCursor, encodeCursor, toPage, type Page } from '../../../platform/http/page.ts'
import type { CurrencyCode } from '../../../shared/currencies.ts'
import { findEntries, type JournalEntry } from '../../ledger/index.ts'
import type { MoneyEntry } from '../money-schema.ts'
import { mustFindStream } from './find-stream.ts'
import { ENTRY_KINDS } from './record-money.ts'
import type { StreamRow } from './stream-row.ts'

/** What was posted of a stream, the newest first. @throws NotFound */
export async function listMoney(
  ctx: Ctx,
  { streamId, after, limit }: { streamId: string; after?: string | undefined; limit: number },
): Promise<Page<MoneyEntry>> {
  authorise(ctx, 'streams:read')
  return transaction(ctx, async (tx) => {
    const stream = await mustFindStream(tx, streamId)
    const found = await findEntries(tx, {
      stream: `${stream.dimensionKind}/${stream.dimensionId}`,
      ...(after !== undefined && { after: decodeIdCursor(after) }),
      limit: limit + 1,
    })
    const page = toPage([...found], limit, ({ id }) => encodeCursor([id]))
    return {
      items: page.items.flatMap((entry) => describeEntry(entry, stream) ?? []),
      next: page.next,
    }
  })
}

/** An entry as far as it is about a stream; undefined if it is about another. */
export function describeEntry(entry: JournalEntry, stream: StreamRow): MoneyEntry | undefined {
  const own = entry.postings.filter(
    (posting) => posting.stream?.kind === stream.dimensionKind && posting.stream.id === stream.dimensionId,
  )
  const parts = own.flatMap(({ account, amountMinor, currency }) => {
    // The first digit of a code says the type: 4 is income, 5 is an expense.
    const kind = account.startsWith('4') ? 'income' : account.startsWith('5') ? 'cost' : undefined
    if (kind === undefined) return []
    const amount = (kind === 'income' ? -amountMinor : amountMinor).toString()
    return [{ kind, amount: { amount, currency: currency as CurrencyCode } } as const]
  })
  if (parts.length === 0) return undefined
  return {
    id: entry.id,
    on: entry.effectiveAt.toISOString().slice(0, 10),
    parts,
    note: entry.memo,
    origin: originOf(entry),
    reversed: entry.reversedBy.length > 0,
    recordedAt: entry.recordedAt.toISOString(),
  }
}

function originOf({ kind, source, reverses }: JournalEntry): MoneyEntry['origin'] {
  if (reverses !== null) return 'reversal'
  if (kind !== ENTRY_KINDS.income && kind !== ENTRY_KINDS.cost)
    return source?.kind === 'order' ? 'sale' : 'books'
  if (source === null) return 'hand'
  return source.kind === 'stream-recurring' ? 'recurring' : 'import'
}
