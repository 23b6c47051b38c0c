/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../../../platform/i18n/index.ts'
import { formatDateTime } from '../../../shared/dates.ts'
import { fromApi, toDecimalString } from '../../../shared/money.ts'
import { pick, type Bilingual } from '../../../storefront/bilingual.ts'
import { Icon } from '../../../storefront/components/icons.tsx'
import { Amount, Words } from '../../../storefront/components/parts.tsx'
import { moneyWords } from '../../../storefront/money-words.ts'
import {
  ChosenPrice,
  priceIn,
  ProductArt,
  type PriceProblem,
  type ShelfProduct,
  type Visit,
} from '../../catalog/index.ts'
import type { Cart, CartItem } from '../schema.ts'

/** What a visitor typed about an item, and why it was not taken. */
export type TypedItem = { item: string; problem: string; typed: string }

type ItemProps = {
  seen: Visit
  cart: Cart
  item: CartItem
  product: ShelfProduct | undefined
  typed: TypedItem | undefined
}

const nowhere: Bilingual = { ar: '', en: '' }
const artSize = '5.5rem'

/** One item of the cart: what it is, what it costs, and the form that changes it. */
export function CartItemRow({ seen, cart, item, product, typed }: ItemProps): JSX.Element {
  const { locale, paths } = seen
  const line = cart.lines.find(({ productId }) => productId === item.productId)
  const issue = cart.issues.find(({ productId }) => productId === item.productId)
  const title = product?.title ?? line?.title ?? issue?.title ?? nowhere
  const own = typed?.item === item.productId ? typed : undefined
  return (
    <li class="item" id={`item-${item.productId}`}>
      <ProductArt
        product={{ id: item.productId, title, cover: product?.cover ?? null }}
        locale={locale}
        sizes={artSize}
      />
      <div>
        <div class="row between">
          <h2 class="item-title">
            {product === undefined ? (
              <Words text={title} locale={locale} />
            ) : (
              <a href={paths.product(product.slug)}>
                <Words text={title} locale={locale} />
              </a>
            )}
          </h2>
          {line !== undefined && (
            <span class="strong">
              <Amount money={lineAmount(cart, line)} locale={locale} />
            </span>
          )}
        </div>
        {line !== undefined && line.quantity > 1 && (
          <p class="muted small">
            {t(locale, 'storefront.cart.each', { price: moneyWords(line.unit, locale) })}
          </p>
        )}
        {issue !== undefined && <Issue issue={issue} seen={seen} />}
        <ItemForm
          seen={seen}
          cart={cart}
          item={item}
          product={product}
          typed={own}
          title={pick(title, locale)}
        />
      </div>
    </li>
  )
}

/** What the line adds to the sum above the tax row: its net where tax is added below, else all of it. */
function lineAmount(cart: Cart, line: Cart['lines'][number]) {
  return cart.pricesIncludeTax ? line.total : line.net
}

type IssueOf = Cart['issues'][number]

function Issue({ issue, seen }: { issue: IssueOf; seen: Visit }): JSX.Element {
  return (
    <p class="wrong">
      <Icon name="alert" />
      {issueWords(issue, seen)}
    </p>
  )
}

/** Copies that somebody else's unpaid order holds are not gone: when to look again is said in the store's time. */
function heldWords({ freeAt, left = 0 }: IssueOf, { locale, store, ctx }: Visit): string {
  const some = left === 0 ? '' : `${t(locale, 'storefront.cart.only-left', { count: left })} `
  const free = freeAt === undefined ? undefined : new Date(freeAt)
  if (free === undefined || free <= ctx.clock.now()) return some + t(locale, 'storefront.cart.held-soon')
  const time = formatDateTime(free, locale, { timeZone: store.timeZone })
  return some + t(locale, 'storefront.cart.held', { time })
}

function issueWords(issue: IssueOf, seen: Visit): string {
  const { locale } = seen
  switch (issue.reason) {
    case 'unavailable':
      return t(locale, 'storefront.cart.gone')
    case 'too-much':
      return t(locale, 'storefront.cart.too-much')
    case 'held':
      return heldWords(issue, seen)
    case 'not-in-currency':
      return t(locale, 'storefront.cart.no-currency')
    case 'sold-out':
      return issue.left === undefined || issue.left === 0
        ? t(locale, 'storefront.cart.sold-out')
        : t(locale, 'storefront.cart.only-left', { count: issue.left })
    case 'below-minimum':
      return t(locale, 'storefront.error.amount-low', {
        price: issue.minimum === undefined ? '' : moneyWords(issue.minimum, locale),
      })
  }
}

function ItemForm({ seen, cart, item, product, typed, title }: ItemProps & { title: string }): JSX.Element {
  const { locale, paths } = seen
  const { productId } = item
  const price = product === undefined ? undefined : priceIn(product.prices, cart.currency)
  const quantityWrong = typed?.problem === 'quantity-wrong'
  return (
    <form method="post" action={paths.cart} class="item-form" novalidate>
      <input type="hidden" name="item" value={productId} />
      {price?.mode === 'chosen' && (
        <ChosenPrice
          price={price}
          locale={locale}
          id={`price-${productId}`}
          spokenLabel={t(locale, 'storefront.cart.price-of', { title })}
          typed={typedPrice(cart, item, typed)}
          sendOnChange
        />
      )}
      <div class="row">
        {product !== undefined && (
          <>
            <label class="row small">
              <span aria-hidden="true">{t(locale, 'storefront.cart.quantity')}</span>
              <input
                class="input qty"
                name="quantity"
                inputmode="numeric"
                dir="ltr"
                value={quantityWrong ? typed.typed : String(item.quantity)}
                aria-label={t(locale, 'storefront.cart.quantity-of', { title })}
                data-send=""
                {...(quantityWrong
                  ? { 'aria-invalid': 'true', 'aria-describedby': `wrong-${productId}` }
                  : {})}
              />
            </label>
            <button
              class="plain small without-script"
              aria-label={t(locale, 'storefront.cart.update-item', { title })}
            >
              {t(locale, 'storefront.cart.update')}
            </button>
          </>
        )}
        <button
          class="plain small"
          name="do"
          value="remove"
          aria-label={t(locale, 'storefront.cart.remove-item', { title })}
        >
          {t(locale, 'storefront.cart.remove')}
        </button>
      </div>
      {quantityWrong && (
        <p class="wrong" id={`wrong-${productId}`}>
          <Icon name="alert" />
          {t(locale, 'storefront.error.quantity-wrong')}
        </p>
      )}
    </form>
  )
}

const priceProblems: readonly PriceProblem[] = ['amount-missing', 'amount-wrong', 'amount-low']

function typedPrice(cart: Cart, item: CartItem, typed: TypedItem | undefined) {
  const problem = priceProblems.find((name) => name === typed?.problem)
  if (typed !== undefined && problem !== undefined) return { typed: typed.typed, problem }
  if (item.chosenMinor === undefined) return undefined
  return { typed: toDecimalString(fromApi({ amount: item.chosenMinor, currency: cart.currency })) }
}
