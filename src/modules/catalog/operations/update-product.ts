import { sql, type SQL } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { slugKey } from '../../../shared/slug.ts'
import { audit } from '../../workspaces/index.ts'
import { invalid } from '../errors.ts'
import { titleKeys } from '../rules/title-key.ts'
import { updateProductSchema, type Product, type UpdateProduct } from '../schema.ts'
import { lockProduct, type LockedProduct } from './lock-product.ts'
import { claimSlug, retireSlug } from './name-product.ts'
import { parseSettings } from './parse-settings.ts'
import { readProduct } from './read-product.ts'
import { touchStore } from './touch-store.ts'
import { writeWords } from './write-words.ts'

/**
 * Changes what is given of a product and leaves the rest. A slug that is given up goes on leading to it.
 * @throws NotFound, ProductArchived, SlugTaken; Invalid if a published product would be left without a title
 */
export async function updateProduct(ctx: Ctx, productId: string, input: UpdateProduct): Promise<Product> {
  authorise(ctx, 'products:write')
  const changes = updateProductSchema.parse(input)
  return transaction(ctx, async (tx) => {
    const locked = await lockProduct(tx, productId)
    const before = await readProduct(tx, productId)
    if (locked.published && changes.title?.ar === '' && changes.title.en === '')
      throw invalid('/title', 'catalog.missing.title')
    if (typeof changes.sampleFileId === 'string') await refuseUnknownFile(tx, changes.sampleFileId)
    await rename(tx, locked, changes)
    await rows(
      tx,
      sql`UPDATE products SET ${sql.join(assignments(locked, changes, ctx.clock.now()), sql`, `)}
          WHERE workspace_id = ${tx.workspaceId} AND id = ${productId}`,
    )
    const after = await readProduct(tx, productId)
    if (changes.title ?? changes.summary ?? changes.description) await writeWords(tx, productId, after)
    await touchStore(tx)
    await audit(tx, {
      action: 'product.update',
      subjectKind: 'product',
      subjectId: productId,
      before: pick(before, changes),
      after: pick(after, changes),
    })
    return after
  })
}

type Changes = ReturnType<typeof updateProductSchema.parse>

function assignments(locked: LockedProduct, changes: Changes, now: Date): SQL[] {
  const { title, summary, description, refundPolicy } = changes
  const sets: SQL[] = [sql`updated_at = ${now}`]
  if (title) {
    const keys = titleKeys(title)
    sets.push(sql`title_ar = ${title.ar}`, sql`title_en = ${title.en}`)
    sets.push(sql`title_key_ar = ${keys.ar}`, sql`title_key_en = ${keys.en}`)
  }
  if (summary) sets.push(sql`summary_ar = ${summary.ar}`, sql`summary_en = ${summary.en}`)
  if (description) sets.push(sql`description_ar = ${description.ar}`, sql`description_en = ${description.en}`)
  if (refundPolicy)
    sets.push(sql`refund_policy_ar = ${refundPolicy.ar}`, sql`refund_policy_en = ${refundPolicy.en}`)
  const { forWhom, sampleFileId, showsSold } = changes
  if (forWhom) sets.push(sql`for_whom_ar = ${forWhom.ar}`, sql`for_whom_en = ${forWhom.en}`)
  if (sampleFileId !== undefined) sets.push(sql`sample_file_id = ${sampleFileId}`)
  if (showsSold !== undefined) sets.push(sql`shows_sold = ${showsSold}`)
  if (changes.faq) sets.push(sql`faq = ${JSON.stringify(changes.faq)}::jsonb`)
  if (changes.settings)
    sets.push(sql`settings = ${JSON.stringify(parseSettings(locked.kind, changes.settings))}::jsonb`)
  if (changes.slug !== undefined) sets.push(sql`slug = ${changes.slug}`)
  if (changes.shortSlug !== undefined) sets.push(sql`short_slug = ${changes.shortSlug}`)
  return sets
}

async function refuseUnknownFile(ctx: TxCtx, fileId: string): Promise<void> {
  const found = await rows(
    ctx,
    sql`SELECT true FROM files
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${fileId} AND completed_at IS NOT NULL`,
  )
  if (found.length === 0) throw invalid('/sampleFileId', 'problems.field.file-unknown')
}

/** Gives up the old names first, so that slug and short slug can change places. */
async function rename(ctx: TxCtx, locked: LockedProduct, changes: Changes): Promise<void> {
  const slug = changes.slug ?? locked.slug
  const shortSlug = changes.shortSlug === undefined ? locked.shortSlug : changes.shortSlug
  const kept = new Set([slugKey(slug), ...(shortSlug === null ? [] : [slugKey(shortSlug)])])
  for (const old of [locked.slug, locked.shortSlug])
    if (old !== null && !kept.has(slugKey(old))) await retireSlug(ctx, locked.id, old)
  if (changes.slug !== undefined) await claimSlug(ctx, locked.id, changes.slug, '/slug')
  if (typeof changes.shortSlug === 'string') await claimSlug(ctx, locked.id, changes.shortSlug, '/shortSlug')
}

function pick(product: Product, changes: Changes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(product).filter(([key]) => key in changes))
}
