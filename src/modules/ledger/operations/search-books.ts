import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { tokenise } from '../../../shared/arabic.ts'
import { isId } from '../../../shared/ids.ts'

/** So many of the newest entries with a memo are looked through: sales have none. */
const LOOKED_AT = 2_000

/** Accounts and entries that were found; an entry by words of its memo, or by its id. */
export type FoundInBooks = {
  accounts: { code: string; currency: string; nameAr: string; nameEn: string }[]
  entries: { id: string; kind: string; memo: string; effectiveAt: Date }[]
}

/** Looks for accounts by code and name and for entries by memo: every word must begin a word there, however it is spelt. */
export async function searchBooks(ctx: Ctx, query: string, limit: number): Promise<FoundInBooks> {
  authorise(ctx, 'ledger:read')
  const words = tokenise(query)
  const id = query.trim().toLowerCase()
  if (words.length === 0) return { accounts: [], entries: [] }
  return transaction(ctx, async (tx) => {
    const accounts = await rows<FoundInBooks['accounts'][number]>(
      tx,
      sql`SELECT a.code, a.currency, c.name_ar AS "nameAr", c.name_en AS "nameEn" FROM ledger_accounts a
          JOIN ledger_chart c ON c.workspace_id = ${tx.workspaceId} AND c.code = a.code
          WHERE a.workspace_id = ${tx.workspaceId} ORDER BY a.code, a.currency LIMIT ${LOOKED_AT}`,
    )
    const entries = await rows<FoundInBooks['entries'][number]>(
      tx,
      sql`SELECT id, kind, memo, effective_at AS "effectiveAt" FROM ledger_entries
          WHERE workspace_id = ${tx.workspaceId} AND ${isId(id) ? sql`id = ${id}` : sql`memo <> ''`}
          ORDER BY id DESC LIMIT ${LOOKED_AT}`,
    )
    const says = (...texts: string[]) => matches(words, texts)
    return {
      accounts: accounts.filter((one) => says(one.code, one.nameAr, one.nameEn)).slice(0, limit),
      entries: entries.filter((one) => one.id === id || says(one.memo)).slice(0, limit),
    }
  })
}

function matches(wanted: readonly string[], texts: readonly string[]): boolean {
  const there = texts.flatMap(tokenise).map((word) => [word, word.replace(/^ال(?=\p{L}{2})/u, '')])
  return wanted.every((word) => there.flat().some((one) => one.startsWith(word)))
}
