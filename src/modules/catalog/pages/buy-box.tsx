/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../../platform/i18n/index.ts'
import type { Locale } from '../../../shared/locale.ts'
import { fromApi, toDecimalString } from '../../../shared/money.ts'
import { Icon, type IconName } from '../../../storefront/components/icons.tsx'
import { Field } from '../../../storefront/components/parts.tsx'
import { pick } from '../../../storefront/bilingual.ts'
import type { Price, ProductPage, PublicStore } from '../schema.ts'
import { isSoldOut, money, priceIn, priceText, StockTag, tellStockFrom } from './offer.tsx'
import type { Visit } from './visit.ts'

/** What a visitor typed as their price, and why it was not taken. */
export type TypedPrice = { typed: string; problem: 'amount-missing' | 'amount-wrong' | 'amount-low' }

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
            <StockTag left={product.stockLeft} locale={locale} from={tellStockFrom} />
          </p>
          {price !== undefined && <TaxNote store={store} price={price} locale={locale} />}
        </div>
        {isSoldOut(product) ? (
          <p class="muted">{t(locale, 'storefront.product.sold-out')}</p>
        ) : (
          price !== undefined && <AddForm seen={seen} product={product} price={price} typed={typed} />
        )}
        <ul class="facts">
          <Fact icon="bolt" text={t(locale, 'storefront.product.instant')} />
          <Fact icon="mail" text={t(locale, 'storefront.product.receipt')} />
          <Fact icon="refresh" text={t(locale, 'storefront.product.updates')} />
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
    <form method="post" action={paths.cart} class="buy" novalidate>
      <input type="hidden" name="add" value={product.id} />
      <input type="hidden" name="slug" value={product.slug} />
      {price.mode === 'chosen' && <ChosenPrice price={price} typed={typed} locale={locale} />}
      <button class="button wide">
        {t(locale, `storefront.product.${price.mode === 'free' ? 'get-free' : 'add'}`)}
      </button>
    </form>
  )
}

type Chosen = Extract<Price, { mode: 'chosen' }>

function ChosenPrice(props: { price: Chosen; typed: TypedPrice | undefined; locale: Locale }): JSX.Element {
  const { price, typed, locale } = props
  const { minimum, suggested } = price
  const hints = [
    minimum.amount === '0'
      ? t(locale, 'storefront.product.any-amount')
      : t(locale, 'storefront.product.minimum', { price: money(minimum, locale) }),
    ...(suggested === undefined
      ? []
      : [t(locale, 'storefront.product.suggested', { price: money(suggested, locale) })]),
  ]
  const example = toDecimalString(fromApi(suggested ?? minimum))
  const values = { price: money(minimum, locale), example }
  return (
    <Field
      name="price"
      label={t(locale, 'storefront.product.your-price')}
      value={typed?.typed ?? example}
      locale={locale}
      ltr
      inputmode="decimal"
      unit={currencySymbol(minimum.currency, locale)}
      hint={hints.join(locale === 'ar' ? '، ' : '. ')}
      error={typed === undefined ? undefined : t(locale, `storefront.error.${typed.problem}`, values)}
    />
  )
}

/** A currency as people write it beside a number. */
function currencySymbol(currency: string, locale: Locale): string {
  const parts = new Intl.NumberFormat(locale, { style: 'currency', currency }).formatToParts(0)
  return parts.find((part) => part.type === 'currency')?.value ?? currency
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
