import { sql } from 'drizzle-orm'
import type { z } from 'zod'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import { given } from '../../../shared/given.ts'
import { renderMarkdown } from '../rules/render-markdown.ts'
import { previewProductSchema, type Bilingual, type ProductPage, type Store } from '../schema.ts'
import { readProduct } from './read-product.ts'
import { readStore } from './read-store.ts'
import { readVersions } from './read-versions.ts'
import { sampleUrl } from './find-product-page.ts'

/**
 * What a product's public page would show, were the product on sale with these changes: with the newest edition of its files,
 * published or not. Changes nothing. @throws NotFound
 */
export async function previewProduct(
  ctx: Ctx,
  productId: string,
  input: z.input<typeof previewProductSchema>,
): Promise<{ store: Store; product: ProductPage }> {
  authorise(ctx, 'products:read')
  const { locale: _locale, ...changes } = previewProductSchema.parse(input)
  return transaction(ctx, async (tx) => {
    const store = await readStore(tx)
    const product = { ...(await readProduct(tx, productId)), ...given(changes) }
    const [version] = await readVersions(tx, sql`v.product_id = ${productId}`)
    const now = ctx.clock.now().toISOString()
    const pictures = product.pictures.filter(({ status }) => status === 'ready')
    const { sample } = product
    const page: ProductPage = {
      ...product,
      publishedAt: product.publishedAt ?? now,
      stockLeft: product.stock === null ? null : product.stock.left,
      stockHeld: product.stock !== null && product.stock.reserved > 0,
      cover: pictures[0] ?? null,
      pictures,
      descriptionHtml: {
        ar: renderMarkdown(product.description.ar, 'ar'),
        en: renderMarkdown(product.description.en, 'en'),
      },
      refundPolicy: filled(product.refundPolicy, store.refundPolicy),
      copiesSold: product.showsSold ? product.copiesSold : null,
      sample: sample === null ? null : { ...sample, url: sampleUrl(tx.workspaceId, productId) },
      version: version === undefined ? null : { ...version, publishedAt: version.publishedAt ?? now },
    }
    return { store, product: page }
  })
}

function filled(own: Bilingual, store: Bilingual): Bilingual {
  return { ar: own.ar === '' ? store.ar : own.ar, en: own.en === '' ? store.en : own.en }
}
