/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../platform/i18n/index.ts'
import type { CurrencyCode } from '../../shared/currencies.ts'
import { dir, type Locale } from '../../shared/locale.ts'
import type { Look } from '../../shared/look.ts'
import { inLanguage, storePaths } from '../urls.ts'
import { Icon } from './icons.tsx'

/** What every page of a store shows of it, in the reader's language. */
export type StoreFrame = {
  slug: string
  name: string
  look: Look
  supportEmail: string
  /** Whether the store can take pretend payments alone. */
  testOnly: boolean
  hasPolicy: boolean
  currencies: readonly CurrencyCode[]
  currency: CurrencyCode
  /** How many copies the visitor's cart holds; `later` where a shared copy of the page is made, see `spliceCart`. */
  inCart: number | 'later'
}

const cartMark = '<!--cart-->'

/** The name of the store, and the ways to cart, purchases and the other language. */
export function Head({
  locale,
  path,
  store,
}: {
  locale: Locale
  path: string
  store: StoreFrame | undefined
}): JSX.Element {
  const other = locale === 'ar' ? 'en' : 'ar'
  const paths = store === undefined ? undefined : storePaths(locale, store.slug)
  return (
    <header class="head">
      {store?.testOnly === true && <p class="test">{t(locale, 'storefront.test-only')}</p>}
      <div class="bar wrap">
        {store === undefined || paths === undefined ? (
          <a class="name strong" href={`/?language=${locale}`}>
            {locale === 'ar' ? 'رافد' : 'Rafid'}
          </a>
        ) : (
          <a class="name strong" href={paths.home}>
            <span class="sign" aria-hidden="true">
              {initial(store.name)}
            </span>
            <bdi>{store.name}</bdi>
          </a>
        )}
        <nav aria-label={t(locale, 'storefront.nav.main')}>
          <a class="other" href={inLanguage(path, other)} lang={other} hreflang={other} dir={dir(other)}>
            {other === 'ar' ? 'العربية' : 'English'}
          </a>
          {paths !== undefined && store !== undefined && (
            <>
              <a href={paths.purchases} aria-label={t(locale, 'storefront.nav.purchases')}>
                <Icon name="person" />
                <span class="long">{t(locale, 'storefront.nav.purchases')}</span>
              </a>
              <CartLink locale={locale} href={paths.cart} count={store.inCart} />
            </>
          )}
        </nav>
      </div>
    </header>
  )
}

function CartLink({
  locale,
  href,
  count,
}: {
  locale: Locale
  href: string
  count: number | 'later'
}): JSX.Element {
  return (
    <a href={href}>
      <Icon name="cart" />
      <span
        dangerouslySetInnerHTML={{ __html: count === 'later' ? cartMark : cartWords(locale, count) }}
      ></span>
    </a>
  )
}

/** The words of the way to the cart: what a screen reader says, and a badge where something is in it. */
function cartWords(locale: Locale, count: number): string {
  if (count === 0)
    return `<span class="long">${t(locale, 'storefront.nav.cart')}</span><span class="hide">${t(locale, 'storefront.nav.cart-with', { count })}</span>`
  const badge = `<span class="badge" aria-hidden="true">${count}</span>`
  return `${badge}<span class="hide">${t(locale, 'storefront.nav.cart-with', { count })}</span>`
}

/** Puts a visitor's cart into a page that was made with `inCart: 'later'`. */
export function spliceCart(page: string, locale: Locale, count: number): string {
  return page.replace(cartMark, () => cartWords(locale, count))
}

/** The end of every page of a store. */
export function Foot({
  locale,
  path,
  store,
}: {
  locale: Locale
  path: string
  store: StoreFrame
}): JSX.Element {
  const paths = storePaths(locale, store.slug)
  return (
    <footer class="foot">
      <div class="wrap row between">
        <bdi>{store.name}</bdi>
        <ul>
          <li>
            <a href={paths.home}>{t(locale, 'storefront.nav.all-products')}</a>
          </li>
          {store.hasPolicy && (
            <li>
              <a href={paths.policy}>{t(locale, 'storefront.nav.refund-policy')}</a>
            </li>
          )}
          {store.supportEmail !== '' && (
            <li>
              <a href={`mailto:${store.supportEmail}`}>{t(locale, 'storefront.nav.contact')}</a>
            </li>
          )}
          {store.currencies.length > 1 && (
            <li>
              <Currencies locale={locale} path={path} store={store} />
            </li>
          )}
        </ul>
      </div>
    </footer>
  )
}

function Currencies({
  locale,
  path,
  store,
}: {
  locale: Locale
  path: string
  store: StoreFrame
}): JSX.Element {
  const names = new Intl.DisplayNames([locale], { type: 'currency' })
  return (
    <form class="row" method="post" action={storePaths(locale, store.slug).currency}>
      <input type="hidden" name="back" value={path} />
      {store.currencies.map((code) =>
        code === store.currency ? (
          <span aria-current="true">{names.of(code)}</span>
        ) : (
          <button class="plain" name="currency" value={code}>
            {names.of(code)}
          </button>
        ),
      )}
    </form>
  )
}

function initial(name: string): string {
  // The article says nothing about a name.
  const [letter = ''] = name.replace(/^ال(?=\p{L}{2})/u, '').trim()
  return letter.toUpperCase()
}
