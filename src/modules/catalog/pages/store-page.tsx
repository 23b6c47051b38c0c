/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { Invalid } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import type { Page as PageOf } from '../../../platform/http/page.ts'
import { t } from '../../../platform/i18n/index.ts'
import { pick } from '../../../storefront/bilingual.ts'
import { Icon, Streams } from '../../../storefront/components/icons.tsx'
import { Empty, Picture, Words } from '../../../storefront/components/parts.tsx'
import { Page, renderPage } from '../../../storefront/layout.tsx'
import { listShelf } from '../operations/list-shelf.ts'
import { searchProducts } from '../operations/search-products.ts'
import type { ShelfProduct } from '../schema.ts'
import { organization } from './findable.ts'
import { storePicture } from './open-graph.ts'
import { ProductCard } from './product-card.tsx'
import { Prose } from './prose.tsx'
import { pageCache, visit, type Visit } from './visit.ts'

const maxQuery = 200
/** How wide each theme shows the cover. */
const coverSizes = {
  calm: '(min-width: 56rem) 26rem, 92vw',
  gallery: '100vw',
  folio: '(min-width: 52rem) 48rem, 92vw',
} as const

type Shelf = { query: string; after: string | undefined; page: PageOf<ShelfProduct> }

/** The store's front page: what it sells, or what of it a search finds. The plain front page is kept in memory. */
export async function answerStorePage(c: HttpContext): Promise<Response> {
  const seen = await visit(c)
  const { store, locale, frame, ctx } = seen
  const query = (c.req.query('q') ?? '').trim().slice(0, maxQuery)
  const after = c.req.query('after')
  if (seen.path.includes('?')) return c.html(await renderStorePage(seen, query, after))
  const common: Visit = { ...seen, path: seen.paths.home, frame: { ...frame, inCart: 'later' } }
  return pageCache(ctx).answer(c, {
    key: `${ctx.workspaceId} ${locale} ${frame.currency}`,
    locale,
    revision: store.revision,
    inCart: frame.inCart === 'later' ? 0 : frame.inCart,
    render: async () => ({ html: await renderStorePage(common, '', undefined) }),
  })
}

/** The front page, or what of the shelf a search finds. */
export async function renderStorePage(
  seen: Visit,
  query: string,
  after: string | undefined,
): Promise<string> {
  const page = await readShelf(seen, query, after)
  return renderPage(<StorePage seen={seen} shelf={{ query, after, page }} />)
}

async function readShelf({ ctx }: Visit, query: string, after: string | undefined): Promise<Shelf['page']> {
  const read = (from: string | undefined) =>
    query === '' ? listShelf(ctx, { after: from }) : searchProducts(ctx, { query, after: from })
  try {
    return await read(after)
  } catch (error) {
    // A cursor that somebody cut short leads to the beginning.
    if (error instanceof Invalid) return read(undefined)
    throw error
  }
}

function StorePage({ seen, shelf }: { seen: Visit; shelf: Shelf }): JSX.Element {
  const { locale, store, frame, ctx } = seen
  const searching = shelf.query !== ''
  const front = !searching && shelf.after === undefined
  const tagline = pick(store.tagline, locale)
  const title = searching ? t(locale, 'storefront.store.results-for', { query: shelf.query }) : frame.name
  return (
    <Page
      locale={locale}
      origin={ctx.config.publicUrl}
      path={seen.path}
      title={title}
      description={
        front ? tagline || t(locale, 'storefront.store.description', { store: frame.name }) : undefined
      }
      picture={storePicture(seen)}
      structuredData={[organization(seen)]}
      store={frame}
    >
      <main id="content" {...(front ? { class: 'front' } : {})}>
        {front && <Hero seen={seen} />}
        <div class="wrap">
          <div class="tools">
            {front ? (
              <h2>{t(locale, 'storefront.store.products')}</h2>
            ) : (
              <h1>{searching ? title : t(locale, 'storefront.store.products')}</h1>
            )}
            <SearchForm seen={seen} query={shelf.query} />
          </div>
          <Products seen={seen} shelf={shelf} />
          {pick(store.about, locale) !== '' && front && <About seen={seen} />}
        </div>
      </main>
    </Page>
  )
}

/** The store's name, and its picture where it has one: the words stand on the page's ground, never on the picture. */
function Hero({ seen: { locale, store } }: { seen: Visit }): JSX.Element {
  const cover = store.cover?.status === 'ready' ? store.cover : undefined
  return (
    <div class={cover === undefined ? 'hero' : 'hero covered'}>
      {cover === undefined && <Streams />}
      <div class="wrap">
        <div class="words">
          <h1>
            <Words text={store.name} locale={locale} />
          </h1>
          {pick(store.tagline, locale) !== '' && (
            <p>
              <Words text={store.tagline} locale={locale} />
            </p>
          )}
        </div>
        {cover !== undefined && (
          <div class="cover">
            <Picture renditions={cover.renditions} alt="" sizes={coverSizes[store.look.theme]} eager />
          </div>
        )}
      </div>
    </div>
  )
}

function SearchForm({ seen, query }: { seen: Visit; query: string }): JSX.Element {
  const label = t(seen.locale, 'storefront.store.search')
  return (
    <form class="search" action={seen.paths.home}>
      <input
        type="search"
        name="q"
        value={query}
        aria-label={label}
        placeholder={label}
        dir="auto"
        maxlength={maxQuery}
      />
      <button aria-label={t(seen.locale, 'storefront.store.search-submit')}>
        <Icon name="search" />
      </button>
    </form>
  )
}

function Products({ seen, shelf }: { seen: Visit; shelf: Shelf }): JSX.Element {
  const { locale, paths } = seen
  const { items, next } = shelf.page
  if (items.length === 0) return <NoProducts seen={seen} searching={shelf.query !== ''} />
  const query = shelf.query === '' ? '' : `q=${encodeURIComponent(shelf.query)}&`
  return (
    <>
      {shelf.query !== '' && (
        <p class="row between muted small found">
          <span>
            {next === null && shelf.after === undefined
              ? t(locale, 'storefront.store.results', { count: items.length })
              : t(locale, 'storefront.store.results-many', { count: items.length })}
          </span>
          <a href={paths.home}>{t(locale, 'storefront.store.clear-search')}</a>
        </p>
      )}
      <ul class="shelf">
        {items.map((product, index) => (
          <ProductCard product={product} visit={seen} eager={index < 3} />
        ))}
      </ul>
      <p class="pager row">
        {shelf.after !== undefined && (
          <a class="button quiet" href={query === '' ? paths.home : `${paths.home}?${query.slice(0, -1)}`}>
            {t(locale, 'storefront.store.first')}
          </a>
        )}
        {next !== null && (
          <a class="button quiet" rel="next" href={`${paths.home}?${query}after=${encodeURIComponent(next)}`}>
            {t(locale, 'storefront.store.more')}
          </a>
        )}
      </p>
    </>
  )
}

function NoProducts({
  seen: { locale, paths },
  searching,
}: {
  seen: Visit
  searching: boolean
}): JSX.Element {
  return searching ? (
    <Empty
      icon="search"
      title={t(locale, 'storefront.store.none-title')}
      text={t(locale, 'storefront.store.none')}
    >
      <a class="button" href={paths.home}>
        {t(locale, 'storefront.nav.all-products')}
      </a>
    </Empty>
  ) : (
    <Empty
      icon="bag"
      title={t(locale, 'storefront.store.empty-title')}
      text={t(locale, 'storefront.store.empty')}
    />
  )
}

function About({ seen }: { seen: Visit }): JSX.Element {
  return (
    <section class="part" aria-labelledby="about">
      <h2 id="about">{t(seen.locale, 'storefront.nav.about')}</h2>
      <Prose text={seen.store.about} locale={seen.locale} />
    </section>
  )
}
