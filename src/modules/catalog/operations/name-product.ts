import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { slugify, slugKey } from '../../../shared/slug.ts'
import { SlugTaken } from '../errors.ts'
import type { Bilingual } from '../schema.ts'

const MAX_SLUG_LENGTH = 80
const NUMBERED_TRIES = 20

/**
 * A slug for a product that was given none: its title's, with a number behind it if that leads elsewhere already.
 * Claims it. Two products that want the same slug at once wait for each other.
 */
export async function claimFreeSlug(ctx: TxCtx, productId: string, title: Bilingual): Promise<string> {
  const base = slugify(title.ar) || slugify(title.en) || 'product'
  for (let number = 1; number <= NUMBERED_TRIES; number++) {
    const slug = number === 1 ? base : withSuffix(base, String(number))
    if (await claim(ctx, productId, slug)) return slug
  }
  const slug = withSuffix(base, productId.slice(-12))
  await claimSlug(ctx, productId, slug, '/slug')
  return slug
}

/**
 * Makes a slug that its seller chose lead to the product. A name that another product has given up is taken over.
 * @throws SlugTaken at `pointer` if another product goes by it.
 */
export async function claimSlug(ctx: TxCtx, productId: string, slug: string, pointer: string): Promise<void> {
  const claimed = await rows(
    ctx,
    sql`INSERT INTO product_slugs AS mine (workspace_id, slug_key, product_id, current)
        VALUES (${ctx.workspaceId}, ${slugKey(slug)}, ${productId}, true)
        ON CONFLICT (workspace_id, slug_key) DO UPDATE SET product_id = excluded.product_id, current = true
        WHERE mine.product_id = excluded.product_id OR NOT mine.current
        RETURNING product_id`,
  )
  if (claimed.length === 0) throw new SlugTaken(pointer)
}

/** Keeps a name that the product no longer goes by, so that old links are sent on. */
export async function retireSlug(ctx: TxCtx, productId: string, slug: string): Promise<void> {
  await rows(
    ctx,
    sql`UPDATE product_slugs SET current = false
        WHERE workspace_id = ${ctx.workspaceId} AND slug_key = ${slugKey(slug)} AND product_id = ${productId}`,
  )
}

async function claim(ctx: TxCtx, productId: string, slug: string): Promise<boolean> {
  const claimed = await rows(
    ctx,
    sql`INSERT INTO product_slugs (workspace_id, slug_key, product_id, current)
        VALUES (${ctx.workspaceId}, ${slugKey(slug)}, ${productId}, true)
        ON CONFLICT DO NOTHING RETURNING product_id`,
  )
  return claimed.length === 1
}

function withSuffix(base: string, suffix: string): string {
  return `${base.slice(0, MAX_SLUG_LENGTH - suffix.length - 1).replace(/-+$/u, '')}-${suffix}`
}
