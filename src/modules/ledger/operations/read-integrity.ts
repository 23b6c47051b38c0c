import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Database } from '../../../platform/database/database.ts'
import { verifyBooks, type Verification } from './verify-books.ts'

const LIFETIME_MS = 60_000
const MOST_KEPT = 1_000

type Kept = { until: number; found: Promise<Verification> }

const kept = new WeakMap<Database, Map<string, Kept>>()

/** The whole proof, at most a minute old: it reads every posting, and several people may look at once. */
export async function readIntegrity(ctx: Ctx): Promise<Verification> {
  authorise(ctx, 'ledger:read')
  const { workspaceId = '' } = ctx
  let all = kept.get(ctx.database)
  if (all === undefined || all.size > MOST_KEPT) kept.set(ctx.database, (all = new Map<string, Kept>()))
  const before = all.get(workspaceId)
  const now = ctx.clock.now().getTime()
  if (before !== undefined && before.until > now) return before.found
  const found = verifyBooks(ctx)
  all.set(workspaceId, { until: now + LIFETIME_MS, found })
  try {
    return await found
  } catch (error) {
    all.delete(workspaceId)
    throw error
  }
}
