/** @jsxImportSource hono/jsx */
import type { Ctx } from '../../../platform/ctx.ts'
import type { Locale } from '../../../shared/locale.ts'
import { storePaths } from '../../../storefront/urls.ts'
import type { ProductPage, PublicStore } from '../schema.ts'
import { renderProduct } from './product-page.tsx'
import { renderStorePage } from './store-page.tsx'
import { frameOf, type Visit } from './visit.ts'

/** The store's front page as a visitor would see it with these settings. */
export async function previewStorePage(ctx: Ctx, store: PublicStore, locale: Locale): Promise<string> {
  const seen = lookIn(ctx, store, locale)
  return inFrame(await renderStorePage({ ...seen, path: seen.paths.home }, '', undefined))
}

/** A product's page as a visitor would see it with these words and prices. */
export function previewProductPage(
  ctx: Ctx,
  { store, product }: { store: PublicStore; product: ProductPage },
  locale: Locale,
): string {
  return inFrame(renderProduct(lookIn(ctx, store, locale), product))
}

function lookIn(ctx: Ctx, store: PublicStore, locale: Locale): Visit {
  const { workspaceId } = ctx
  if (workspaceId === undefined) throw new Error('assertion failed: a preview is of a workspace’s store')
  const paths = storePaths(locale, store.slug)
  return {
    ctx: { ...ctx, workspaceId, locale },
    locale,
    store,
    frame: frameOf(store, locale),
    paths,
    path: paths.home,
  }
}

/** The frame is for looking: nothing runs in it, and its links open nothing in it. */
function inFrame(html: string): string {
  return html.replace(/<script[^]*?<\/script>/g, '').replace('<head>', '<head><base target="_blank">')
}
