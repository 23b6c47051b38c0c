/** @jsxImportSource hono/jsx */
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { HttpContext } from '../../../platform/http/env.ts'
import { t } from '../../../platform/i18n/index.ts'
import { pick } from '../../../storefront/bilingual.ts'
import { Empty, Note } from '../../../storefront/components/parts.tsx'
import { Page, renderPage } from '../../../storefront/layout.tsx'
import { listShelfProducts, visit, type ShelfProduct, type Visit } from '../../catalog/index.ts'
import { getOrderByKey } from '../operations/get-order.ts'
import { orderKey } from '../operations/order-key.ts'
import { MOST_ITEMS, type Cart } from '../schema.ts'
import { CartItemRow, type TypedItem } from './cart-item.tsx'
import { currentCart } from './current-cart.ts'
import { Sums } from './sums.tsx'

/** What is said above the cart about what just happened. */
type Happened = { text: string; bad: boolean } | undefined

/** The cart: what is in it, what it costs, and how to change it. */
export async function answerCartPage(c: HttpContext): Promise<Response> {
  const seen = await visit(c)
  const cart = await currentCart(c, seen)
  const ids = cart?.items.map(({ productId }) => productId) ?? []
  const products = new Map((await listShelfProducts(seen.ctx, ids)).map((product) => [product.id, product]))
  const waiting = await findWaiting(seen, cart)
  const props = {
    seen,
    cart,
    waiting,
    products,
    typed: readTyped(c),
    happened: readHappened(c, seen, { products, cart }),
  }
  return c.html(renderPage(<CartDocument {...props} />), 200, { 'cache-control': 'no-store' })
}

/** The address of the order that the cart would replace, while it waits for its payment. */
async function findWaiting({ ctx, paths }: Visit, cart: Cart | undefined): Promise<string | undefined> {
  const id = cart?.replacesOrderId ?? null
  if (id === null) return undefined
  const key = orderKey(ctx, id)
  const { status } = await getOrderByKey(ctx, id, key)
  return status === 'pending' ? paths.order(id, key) : undefined
}

function readTyped(c: HttpContext): TypedItem | undefined {
  const { item, problem, typed } = c.req.query()
  return item === undefined || problem === undefined
    ? undefined
    : { item, problem, typed: (typed ?? '').slice(0, 60) }
}

function readHappened(
  c: HttpContext,
  { locale }: Visit,
  { products, cart }: { products: ReadonlyMap<string, ShelfProduct>; cart: Cart | undefined },
): Happened {
  const { added, did } = c.req.query()
  const product = products.get(added ?? '')
  if (product !== undefined) {
    return { text: t(locale, 'storefront.cart.added', { title: pick(product.title, locale) }), bad: false }
  }
  if (did === 'updated' || did === 'removed') return { text: t(locale, `storefront.cart.${did}`), bad: false }
  if (did === 'sold-out' && cart?.issues.some(({ reason }) => reason === 'held') === true)
    return { text: t(locale, 'storefront.error.held'), bad: true }
  if (did === 'sold-out' || did === 'unavailable' || did === 'cart-changed' || did === 'cart-full')
    return { text: t(locale, `storefront.error.${did}`, { count: MOST_ITEMS }), bad: true }
  return undefined
}

type CartProps = {
  seen: Visit
  cart: Cart | undefined
  waiting: string | undefined
  products: ReadonlyMap<string, ShelfProduct>
  typed: TypedItem | undefined
  happened: Happened
}

function CartDocument(props: CartProps): JSX.Element {
  const { locale, frame, ctx, path } = props.seen
  const title = t(locale, 'storefront.cart.title')
  return (
    <Page locale={locale} origin={ctx.config.publicUrl} path={path} title={title} store={frame}>
      <main class="wrap" id="content">
        {props.cart === undefined || props.cart.items.length === 0 ? (
          <EmptyCart {...props} />
        ) : (
          <FullCart {...props} cart={props.cart} />
        )}
      </main>
    </Page>
  )
}

function EmptyCart({ seen: { locale, paths }, happened }: CartProps): JSX.Element {
  return (
    <>
      <HappenedNote happened={happened} />
      <Empty
        icon="cart"
        heading="h1"
        title={t(locale, 'storefront.cart.empty-title')}
        text={t(locale, 'storefront.cart.empty')}
      >
        <a class="button" href={paths.home}>
          {t(locale, 'storefront.cart.browse')}
        </a>
      </Empty>
    </>
  )
}

function FullCart({
  seen,
  cart,
  waiting,
  products,
  typed,
  happened,
}: CartProps & { cart: Cart }): JSX.Element {
  const { locale, paths } = seen
  return (
    <>
      <h1>{t(locale, 'storefront.cart.title')}</h1>
      <HappenedNote happened={happened} />
      {waiting !== undefined && (
        <Note icon="clock" tone="warm">
          <p>{t(locale, 'storefront.cart.waiting')}</p>
          <p>
            <a href={waiting}>{t(locale, 'storefront.order.pay')}</a>
          </p>
        </Note>
      )}
      <div class="two">
        <ul>
          {cart.items.map((item) => (
            <CartItemRow
              seen={seen}
              cart={cart}
              item={item}
              product={products.get(item.productId)}
              typed={typed}
            />
          ))}
        </ul>
        <aside class="side" aria-labelledby="summary">
          <div class="panel buy">
            <h2 id="summary">{t(locale, 'storefront.cart.summary')}</h2>
            <Sums figures={cart} locale={locale} />
            {cart.issues.length === 0 ? (
              <a class="button wide" href={paths.checkout}>
                {t(locale, 'storefront.cart.checkout')}
              </a>
            ) : (
              <Note icon="alert" tone="warm">
                {t(locale, 'storefront.cart.cannot-order')}
              </Note>
            )}
            <p class="center small">
              <a href={paths.home}>{t(locale, 'storefront.cart.continue')}</a>
            </p>
          </div>
        </aside>
      </div>
    </>
  )
}

function HappenedNote({ happened }: { happened: Happened }): JSX.Element {
  if (happened === undefined) return <></>
  return happened.bad ? (
    <Note icon="alert" tone="bad" says="at-once">
      {happened.text}
    </Note>
  ) : (
    <Note icon="check" says="politely">
      {happened.text}
    </Note>
  )
}
