import type { Ctx } from '../../../platform/ctx.ts'
import type { Database } from '../../../platform/database/database.ts'
import { assert } from '../../../platform/errors.ts'
import { getPublicStore, type PublicStore } from '../../catalog/index.ts'

const LIFETIME_MS = 1_000
const MOST_ENTRIES = 10_000

type Entry = { store: PublicStore; until: number }

const caches = new WeakMap<Database, Map<string, Entry>>()

/**
 * The store of the context's workspace, remembered for a second: for its name, address and ways to pay, which every
 * order needs. Prices and tax are never taken from here.
 */
export async function cachedStore(ctx: Ctx): Promise<PublicStore> {
  const { workspaceId } = ctx
  assert(workspaceId !== undefined, 'a store belongs to a workspace')
  const cache = caches.get(ctx.database) ?? new Map<string, Entry>()
  caches.set(ctx.database, cache)
  const now = performance.now()
  const kept = cache.get(workspaceId)
  if (kept !== undefined && kept.until > now) return kept.store
  const store = await getPublicStore(ctx)
  if (cache.size >= MOST_ENTRIES) cache.clear()
  cache.set(workspaceId, { store, until: now + LIFETIME_MS })
  return store
}
