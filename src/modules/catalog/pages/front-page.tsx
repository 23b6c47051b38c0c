/** @jsxImportSource hono/jsx */
import type { HttpContext } from '../../../platform/http/env.ts'
import { t } from '../../../platform/i18n/index.ts'
import { isLocale } from '../../../shared/locale.ts'
import { pick } from '../../../storefront/bilingual.ts'
import { Empty } from '../../../storefront/components/parts.tsx'
import { Page, renderPage } from '../../../storefront/layout.tsx'
import { storePaths } from '../../../storefront/urls.ts'
import { listStoreDirectory } from '../../workspaces/index.ts'

const maxStores = 100

/** The server's own address: the only store's front page, or the stores that are open here. */
export async function answerFrontPage(c: HttpContext): Promise<Response> {
  const ctx = c.get('ctx')
  const asked = c.req.param('locale')
  const locale = isLocale(asked) ? asked : ctx.locale
  const stores = await listStoreDirectory(ctx, maxStores)
  const [only] = stores
  if (only !== undefined && stores.length === 1) {
    c.header('vary', 'accept-language')
    return c.redirect(storePaths(locale, only.slug).home, 302)
  }
  const title = t(locale, 'storefront.stores.title')
  const page = (
    <Page
      locale={locale}
      origin={ctx.config.publicUrl}
      path={`/${locale}`}
      title={title}
      description={t(locale, 'storefront.stores.lead')}
    >
      <main class="wrap narrow" id="content">
        {stores.length === 0 ? (
          <Empty
            icon="bag"
            heading="h1"
            title={t(locale, 'storefront.stores.empty-title')}
            text={t(locale, 'storefront.stores.empty')}
          >
            <a class="button" href="/dashboard">
              {t(locale, 'storefront.stores.dashboard')}
            </a>
          </Empty>
        ) : (
          <>
            <h1>{title}</h1>
            <p class="lead">{t(locale, 'storefront.stores.lead')}</p>
            <ul class="lines">
              {stores.map((store) => (
                <li>
                  <span class="grow">
                    <a class="strong" href={storePaths(locale, store.slug).home}>
                      <bdi>{pick(store.name, locale)}</bdi>
                    </a>
                    <p class="muted small">{pick(store.tagline, locale)}</p>
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </main>
    </Page>
  )
  return c.html(renderPage(page), 200, { vary: 'accept-language' })
}
