import { sql } from 'drizzle-orm'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { Database } from '../../../platform/database/database.ts'
import {
  afterCommit,
  directoryTransaction,
  isUniqueViolation,
  rows,
} from '../../../platform/database/transaction.ts'
import { slugKey } from '../../../shared/slug.ts'
import { StoreSlugTaken } from '../errors.ts'
import { storeDirectory } from '../tables.ts'

const LIFETIME_MS = 1_000
const MOST_ENTRIES = 10_000

type Entry = { workspaceId: string; until: number }

const caches = new WeakMap<Database, Map<string, Entry>>()

/**
 * The workspace whose store has this address, or had it before; undefined if there is none. Remembered for one second, since every
 * public page asks it.
 */
export async function findStoreWorkspace(ctx: Ctx, slug: string): Promise<string | undefined> {
  const cache = cacheOf(ctx.database)
  const key = slugKey(slug)
  const now = performance.now()
  const kept = cache.get(key)
  if (kept !== undefined && kept.until > now) return kept.workspaceId
  const [row] = await directoryTransaction(ctx, (tx) =>
    rows<{ workspace_id: string }>(
      { tx },
      sql`SELECT workspace_id FROM store_directory WHERE slug = ${key}
          UNION ALL SELECT workspace_id FROM store_former_slugs WHERE slug = ${key} LIMIT 1`,
    ),
  )
  if (row === undefined) return undefined
  if (cache.size >= MOST_ENTRIES) cache.clear()
  cache.set(key, { workspaceId: row.workspace_id, until: now + LIFETIME_MS })
  return row.workspace_id
}

type Bilingual = { ar: string; en: string }

/** A store as the list of stores shows it, to anybody. */
export type ListedStore = { slug: string; workspaceId: string; name: Bilingual; tagline: Bilingual }

/** All stores of the installation by their addresses, at most `limit`: for the front page and for sweepers. */
export async function listStoreDirectory(ctx: Ctx, limit: number): Promise<ListedStore[]> {
  const found = await directoryTransaction(ctx, (tx) =>
    tx.db.select().from(storeDirectory).orderBy(storeDirectory.slug).limit(limit),
  )
  return found.map(({ slug, workspaceId, nameAr, nameEn, taglineAr, taglineEn }) => ({
    slug,
    workspaceId,
    name: { ar: nameAr, en: nameEn },
    tagline: { ar: taglineAr, en: taglineEn },
  }))
}

/**
 * Gives the workspace's store its place in the list of stores: its address, or another one, and what the list
 * says of it. An address that it had before stays its own, since receipts and buyers' bookmarks lead there.
 * @throws StoreSlugTaken if a store of another workspace has the address, or had it.
 */
export async function moveStore(
  ctx: TxCtx,
  { slug, name, tagline }: Omit<ListedStore, 'workspaceId'>,
): Promise<void> {
  const shown = {
    slug: slugKey(slug),
    nameAr: name.ar,
    nameEn: name.en,
    taglineAr: tagline.ar,
    taglineEn: tagline.en,
  }
  await ctx.tx.db.execute(sql`SAVEPOINT store_address`)
  try {
    await keepFormerSlug(ctx, shown.slug)
    await ctx.tx.db
      .insert(storeDirectory)
      .values({ ...shown, workspaceId: ctx.workspaceId })
      .onConflictDoUpdate({ target: storeDirectory.workspaceId, set: shown })
  } catch (error) {
    await ctx.tx.db.execute(sql`ROLLBACK TO SAVEPOINT store_address`)
    throw isUniqueViolation(error) ? new StoreSlugTaken(slug) : error
  }
  afterCommit(ctx, () => cacheOf(ctx.database).clear())
}

/** Keeps the address that the store leaves for another, and takes one back that it had. @throws StoreSlugTaken */
async function keepFormerSlug(ctx: TxCtx, slug: string): Promise<void> {
  const [former] = await rows<{ workspaceId: string }>(
    ctx,
    sql`SELECT workspace_id AS "workspaceId" FROM store_former_slugs WHERE slug = ${slug}`,
  )
  if (former !== undefined && former.workspaceId !== ctx.workspaceId) throw new StoreSlugTaken(slug)
  await rows(
    ctx,
    sql`DELETE FROM store_former_slugs WHERE workspace_id = ${ctx.workspaceId} AND slug = ${slug}`,
  )
  await rows(
    ctx,
    sql`INSERT INTO store_former_slugs (slug, workspace_id)
        SELECT slug, workspace_id FROM store_directory WHERE workspace_id = ${ctx.workspaceId} AND slug <> ${slug}
        ON CONFLICT (slug) DO NOTHING`,
  )
}

/** Whether no store has or had this address. */
export async function isStoreSlugFree(ctx: TxCtx, slug: string): Promise<boolean> {
  const key = slugKey(slug)
  const taken = await rows(
    ctx,
    sql`SELECT FROM store_directory WHERE slug = ${key} UNION ALL SELECT FROM store_former_slugs WHERE slug = ${key}`,
  )
  return taken.length === 0
}

function cacheOf(database: Database): Map<string, Entry> {
  let cache = caches.get(database)
  if (cache === undefined) {
    cache = new Map()
    caches.set(database, cache)
  }
  return cache
}
