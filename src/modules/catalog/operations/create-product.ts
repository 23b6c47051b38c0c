import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { NotFound } from '../../../platform/errors.ts'
import { audit } from '../../workspaces/index.ts'
import { titleKeys } from '../rules/title-key.ts'
import { createProductSchema, type CreateProduct, type Product } from '../schema.ts'
import { claimFreeSlug, claimSlug } from './name-product.ts'
import { parseSettings } from './parse-settings.ts'
import { readProduct } from './read-product.ts'
import { writePrices } from './write-prices.ts'
import { writeStock } from './write-stock.ts'
import { writeWords } from './write-words.ts'

const EMPTY = { ar: '', en: '' }

/**
 * Adds a product as a draft.
 * @throws NotFound if the workspace has no store yet; Invalid; SlugTaken
 */
export async function createProduct(ctx: Ctx, input: CreateProduct): Promise<Product> {
  authorise(ctx, 'products:write')
  const product = createProductSchema.parse(input)
  const settings = parseSettings(product.kind, product.settings ?? {})
  const {
    title = EMPTY,
    summary = EMPTY,
    description = EMPTY,
    refundPolicy = EMPTY,
    forWhom = EMPTY,
    shortSlug = null,
  } = product
  return transaction(ctx, async (tx) => {
    const currencies = await currenciesOfStore(tx)
    const id = ctx.ids.next()
    const now = ctx.clock.now()
    const keys = titleKeys(title)
    // The names point at the product, so its row comes first, with the id standing in for the slug.
    await rows(
      tx,
      sql`INSERT INTO products (workspace_id, id, kind, settings, title_ar, title_en, title_key_ar, title_key_en, summary_ar, summary_en,
            description_ar, description_en, for_whom_ar, for_whom_en, shows_sold, faq, refund_policy_ar, refund_policy_en, slug, short_slug, created_at, updated_at)
          VALUES (${tx.workspaceId}, ${id}, ${product.kind}, ${JSON.stringify(settings)}::jsonb, ${title.ar}, ${title.en},
            ${keys.ar}, ${keys.en}, ${summary.ar}, ${summary.en}, ${description.ar}, ${description.en},
            ${forWhom.ar}, ${forWhom.en}, ${product.showsSold ?? false}, ${JSON.stringify(product.faq ?? [])}::jsonb,
            ${refundPolicy.ar}, ${refundPolicy.en}, ${product.slug ?? id}, ${shortSlug}, ${now}, ${now})`,
    )
    await nameProduct(tx, id, { slug: product.slug, shortSlug, title })
    await writePrices(tx, id, { prices: product.prices, currencies })
    await writeWords(tx, id, { title, summary, description })
    if (product.stockLimit !== null) await writeStock(tx, id, product.stockLimit)
    const created = await readProduct(tx, id)
    await audit(tx, {
      action: 'product.create',
      subjectKind: 'product',
      subjectId: id,
      after: { title, slug: created.slug, prices: created.prices },
    })
    return created
  })
}

async function currenciesOfStore(ctx: TxCtx): Promise<string[]> {
  const [store] = await rows<{ currencies: string[] }>(
    ctx,
    sql`SELECT currencies FROM stores WHERE workspace_id = ${ctx.workspaceId} FOR KEY SHARE`,
  )
  if (store === undefined) throw new NotFound()
  return store.currencies
}

type Names = { slug: string | undefined; shortSlug: string | null; title: { ar: string; en: string } }

async function nameProduct(ctx: TxCtx, id: string, { slug, shortSlug, title }: Names): Promise<void> {
  if (slug !== undefined) await claimSlug(ctx, id, slug, '/slug')
  else {
    const claimed = await claimFreeSlug(ctx, id, title)
    await rows(
      ctx,
      sql`UPDATE products SET slug = ${claimed} WHERE workspace_id = ${ctx.workspaceId} AND id = ${id}`,
    )
  }
  if (shortSlug !== null) await claimSlug(ctx, id, shortSlug, '/shortSlug')
}
