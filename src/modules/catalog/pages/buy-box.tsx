/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../../platform/i18n/index.ts'
import type { Locale } from '../../../shared/locale.ts'
import { Icon, type IconName } from '../../../storefront/components/icons.tsx'
import { ChosenPrice, type TypedPrice } from './chosen-price.tsx'
import { pick } from '../../../storefront/bilingual.ts'
import type { Price, ProductPage, PublicStore } from '../schema.ts'
import { fileSize } from './file-words.ts'
import { isSoldOut, priceIn, priceText, StockTag, tellStockFrom } from './offer.tsx'
import type { Visit } from './visit.ts'

type BuyProps = { seen: Visit; product: ProductPage; typed: TypedPrice | undefined }

/** Price, the way into the cart, and what the buyer can count on. */
export function BuyBox({ seen, product, typed }: BuyProps): JSX.Element {
  const { locale, frame, store } = seen
  const price = priceIn(product.prices, frame.currency)
  const title = pick(product.title, locale)
  const hasPolicy = pick(product.refundPolicy, locale) !== ''
  return (
    <aside class="side" aria-label={t(locale, 'storefront.product.summary-label', { title })}>
      <div class="panel buy">
        <div>
          <p class="row between">
            <span class={price === undefined ? 'muted' : 'price big'}>{priceText(price, locale)}</span>
            <StockTag product={product} locale={locale} from={tellStockFrom} />
          </p>
          {price !== undefined && <TaxNote store={store} price={price} locale={locale} />}
        </div>
        {isSoldOut(product) ? (
          <p class="muted">{t(locale, `storefront.product.${product.stockHeld ? 'held' : 'sold-out'}`)}</p>
        ) : (
          price !== undefined && <AddForm seen={seen} product={product} price={price} typed={typed} />
        )}
        <ul class="facts">
          {product.copiesSold !== null && product.copiesSold > 0 && (
            <Fact icon="check" text={t(locale, 'storefront.product.sold', { count: product.copiesSold })} />
          )}
          <Inside product={product} locale={locale} />
          <Fact icon="bolt" text={t(locale, 'storefront.product.instant')} />
          <Receipt seen={seen} price={price} />
          <Fact icon="refresh" text={t(locale, 'storefront.product.updates')} />
          {product.sample !== null && (
            <Fact icon="download">
              <a href={product.sample.url} download="">
                {t(locale, 'storefront.product.sample')}
              </a>
            </Fact>
          )}
          <Fact icon="person" text={t(locale, 'storefront.product.no-account')} />
          {hasPolicy && (
            <Fact icon="shield">
              <a href="#refunds">{t(locale, 'storefront.product.refunds-read')}</a>
            </Fact>
          )}
        </ul>
      </div>
    </aside>
  )
}

/** How the papers come: what costs nothing has no invoice, and a store without a mail server sends none. */
function Receipt({ seen: { ctx, locale }, price }: { seen: Visit; price: Price | undefined }): JSX.Element {
  const mails = ctx.mail !== undefined
  const free = price?.mode === 'free'
  if (free && !mails) return <></>
  const key = mails ? (free ? 'receipt-free' : 'receipt') : 'receipt-here'
  return <Fact icon="mail" text={t(locale, `storefront.product.${key}`)} />
}

/** How much the buyer gets, leading to the list of it. */
function Inside({ product: { version }, locale }: { product: ProductPage; locale: Locale }): JSX.Element {
  if (version === null || version.files.length === 0) return <></>
  const bytes = version.files.reduce((sum, file) => sum + file.sizeBytes, 0)
  const values = { count: version.files.length, size: fileSize(bytes, locale) }
  return (
    <Fact icon="file">
      <a href="#contents">{t(locale, 'storefront.product.size-total', values)}</a>
    </Fact>
  )
}

function TaxNote({
  store,
  price,
  locale,
}: {
  store: PublicStore
  price: Price
  locale: Locale
}): JSX.Element {
  if (store.taxRateBps === 0 || price.mode === 'free') return <></>
  const key = store.pricesIncludeTax ? 'tax-included' : 'tax-added'
  return <p class="muted tiny">{t(locale, `storefront.price.${key}`)}</p>
}

function AddForm({ seen, product, price, typed }: BuyProps & { price: Price }): JSX.Element {
  const { locale, paths } = seen
  return (
    <form method="post" action={paths.cart} novalidate>
      <input type="hidden" name="add" value={product.id} />
      <input type="hidden" name="slug" value={product.slug} />
      {price.mode === 'chosen' && <ChosenPrice price={price} typed={typed} locale={locale} />}
      <button class="button wide">
        {t(locale, `storefront.product.${price.mode === 'free' ? 'get-free' : 'add'}`)}
      </button>
    </form>
  )
}

function Fact({
  icon,
  text,
  children,
}: {
  icon: IconName
  text?: string
  children?: JSX.Element
}): JSX.Element {
  return (
    <li>
      <Icon name={icon} />
      <span>{text ?? children}</span>
    </li>
  )
}
