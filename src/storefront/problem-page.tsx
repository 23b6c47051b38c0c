/** @jsxImportSource hono/jsx */
import type { DomainError } from '../platform/errors.ts'
import type { HttpContext } from '../platform/http/env.ts'
import { toDomainError } from '../platform/http/problems.ts'
import { t } from '../platform/i18n/index.ts'
import { isLocale, type Locale } from '../shared/locale.ts'
import type { StoreFrame } from './components/frame.tsx'
import { Empty } from './components/parts.tsx'
import { Page, renderPage } from './layout.tsx'
import { storePaths } from './urls.ts'

const explained = new Set([400, 403, 404, 410, 429, 500])
/** Problems with words of their own, since a visitor can do something about them. */
const explainedSlugs = new Set(['downloads-used-up', 'link-expired', 'right-revoked'])
const frames = new WeakMap<Request, StoreFrame>()

/** Notes which store a request is about, so that a page about a problem can still show its name and ways. */
export function rememberStore(c: HttpContext, store: StoreFrame): void {
  frames.set(c.req.raw, store)
}

/** Answers a visitor with a page that says what happened and where to go; a fault of the program is logged with its reference. */
export function answerProblemPage(c: HttpContext, thrown: unknown): Response {
  const ctx = c.get('ctx')
  const error = toDomainError(thrown)
  if (error.status >= 500) {
    ctx.log.error({ err: thrown, requestId: ctx.requestId, path: c.req.path }, 'request failed')
  }
  const [, first, second] = c.req.path.split('/')
  const locale = isLocale(first) ? first : ctx.locale
  const store = frames.get(c.req.raw)
  const home =
    store === undefined || second === undefined ? '/' : `/${locale}/${encodeURIComponent(store.slug)}`
  const page = (
    <ProblemPage
      {...{
        locale,
        home,
        error,
        store,
        origin: ctx.config.publicUrl,
        path: pathOf(c, locale),
        reference: ctx.requestId,
      }}
    />
  )
  return c.body(renderPage(page), error.status as 400, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  })
}

type ProblemProps = {
  locale: Locale
  origin: string
  path: string
  home: string
  store: StoreFrame | undefined
  error: DomainError
  reference: string
}

function ProblemPage({ locale, origin, path, home, store, error, reference }: ProblemProps) {
  const kind = explained.has(error.status) ? error.status : error.status < 500 ? 400 : 500
  const own = explainedSlugs.has(error.slug) && store !== undefined
  const key = `storefront.problem.${own ? error.slug : kind}`
  const purchases = store === undefined ? undefined : storePaths(locale, store.slug).purchases
  return (
    <Page locale={locale} origin={origin} path={path} title={t(locale, `${key}-title`)} store={store}>
      <main class="wrap" id="content">
        <Empty
          icon={kind === 404 ? 'search' : 'alert'}
          heading="h1"
          title={t(locale, `${key}-title`)}
          text={t(locale, key)}
        >
          {own && store.supportEmail !== '' && (
            <p>{t(locale, 'storefront.order.contact', { email: store.supportEmail })}</p>
          )}
          <a class="button" href={own ? purchases : home}>
            {t(locale, own ? 'storefront.nav.purchases' : 'storefront.problem.home')}
          </a>
          {kind === 500 && <p class="tiny">{t(locale, 'storefront.problem.reference', { reference })}</p>}
        </Empty>
      </main>
    </Page>
  )
}

/** The address in its own language, so that the switch of languages works on pages that have none too. */
function pathOf(c: HttpContext, locale: Locale): string {
  const url = new URL(c.req.url)
  const path = url.pathname + url.search
  return isLocale(c.req.path.split('/')[1]) ? path : `/${locale}`
}
