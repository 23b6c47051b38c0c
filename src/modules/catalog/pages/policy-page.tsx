/** @jsxImportSource hono/jsx */
import type { HttpContext } from '../../../platform/http/env.ts'
import { t } from '../../../platform/i18n/index.ts'
import { pick } from '../../../storefront/bilingual.ts'
import { Back } from '../../../storefront/components/parts.tsx'
import { Page, renderPage } from '../../../storefront/layout.tsx'
import { Prose } from './prose.tsx'
import { visit } from './visit.ts'

/** What the store promises about giving money back. */
export async function answerPolicyPage(c: HttpContext): Promise<Response> {
  const { locale, frame, paths, store, ctx, path } = await visit(c)
  const lead = t(locale, 'storefront.policy.lead', { store: frame.name })
  const page = (
    <Page
      locale={locale}
      origin={ctx.config.publicUrl}
      path={path}
      title={t(locale, 'storefront.policy.title')}
      description={lead}
      store={frame}
    >
      <main class="wrap narrow stack" id="content">
        <Back
          href={paths.home}
          label={t(locale, 'storefront.product.back', { store: frame.name })}
          locale={locale}
        />
        <h1>{t(locale, 'storefront.policy.title')}</h1>
        <p class="lead">{lead}</p>
        {pick(store.refundPolicy, locale).trim() === '' ? (
          <p>{t(locale, 'storefront.policy.none')}</p>
        ) : (
          <Prose text={store.refundPolicy} locale={locale} />
        )}
      </main>
    </Page>
  )
  return c.html(renderPage(page))
}
