import { NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { latinDigits } from '../../../shared/arabic.ts'
import { isId } from '../../../shared/ids.ts'
import { listShelfProducts, priceIn, readChosenPrice, visit, type Visit } from '../../catalog/index.ts'
import { CartOrdered } from '../errors.ts'
import { createCart } from '../operations/create-cart.ts'
import { refillCart } from '../operations/refill-cart.ts'
import { updateCart } from '../operations/update-cart.ts'
import { MOST_ITEMS, type Cart, type CartItem } from '../schema.ts'
import { currentCart, showCart } from './current-cart.ts'

/** What a form of the cart or of a product's page sent. */
type Form = { [name: string]: string }

const maxTyped = 60

/** Puts a product into the cart, changes an item or takes it out; then shows the cart, or the place where something was wrong. */
export async function answerCartForm(c: HttpContext): Promise<Response> {
  const seen = await visit(c)
  const form = await readForm(c)
  const cart = await currentCart(c, seen)
  c.header('cache-control', 'no-store')
  const next = isId(form['add'] ?? '')
    ? await addProduct(c, { seen, cart, form })
    : await changeItem(c, { seen, cart, form })
  return c.redirect(next, 303)
}

type Step = { seen: Visit; cart: Cart | undefined; form: Form }

/** A product is put in once: pressing twice, or coming back to it, adds no second copy. */
async function addProduct(c: HttpContext, { seen, cart, form }: Step): Promise<string> {
  const { ctx, frame, paths } = seen
  const productId = form['add'] ?? ''
  const typed = (form['price'] ?? '').slice(0, maxTyped)
  const [product] = await listShelfProducts(ctx, [productId])
  if (product === undefined) throw new NotFound()
  const chosen = readChosenPrice(priceIn(product.prices, frame.currency), typed)
  if ('problem' in chosen) {
    const query = new URLSearchParams({ problem: chosen.problem, price: typed })
    return `${paths.product(product.slug)}?${query.toString()}#price`
  }
  const known = cart?.items.find((item) => item.productId === productId)
  const others = cart?.items.filter((item) => item.productId !== productId) ?? []
  if (others.length >= MOST_ITEMS) return `${paths.cart}?did=cart-full`
  const items = [...others, { productId, quantity: known?.quantity ?? 1, ...chosen }]
  showCart(c, seen, await writeItems(seen, cart, items))
  return `${paths.cart}?added=${productId}`
}

async function changeItem(c: HttpContext, { seen, cart, form }: Step): Promise<string> {
  const { paths } = seen
  const item = cart?.items.find(({ productId }) => productId === form['item'])
  if (cart === undefined || item === undefined) return paths.cart
  const others = (replacement: CartItem[]) =>
    cart.items.flatMap((one) => (one.productId === item.productId ? replacement : [one]))
  if (form['do'] === 'remove') {
    showCart(c, seen, await writeItems(seen, cart, others([])))
    return `${paths.cart}?did=removed`
  }
  const changed = await readItem(seen, item, form)
  if ('problem' in changed) {
    const query = new URLSearchParams({ item: item.productId, ...changed })
    return `${paths.cart}?${query.toString()}#item-${item.productId}`
  }
  showCart(c, seen, await writeItems(seen, cart, others([changed])))
  // Where scripts run, leaving the field sent it: the keyboard goes on where it was.
  return `${paths.cart}?did=updated#item-${item.productId}`
}

async function readItem(
  { ctx, frame }: Visit,
  item: CartItem,
  form: Form,
): Promise<CartItem | { problem: string; typed: string }> {
  const quantityTyped = latinDigits((form['quantity'] ?? String(item.quantity)).slice(0, maxTyped)).trim()
  const quantity = Number(quantityTyped)
  if (!/^\d{1,4}$/.test(quantityTyped) || quantity < 1 || quantity > 1000) {
    return { problem: 'quantity-wrong', typed: quantityTyped }
  }
  const { productId } = item
  const typed = form['price']?.slice(0, maxTyped)
  if (typed === undefined) return { ...item, quantity }
  const [product] = await listShelfProducts(ctx, [productId])
  const chosen = readChosenPrice(
    product === undefined ? undefined : priceIn(product.prices, frame.currency),
    typed,
  )
  return 'problem' in chosen ? { problem: chosen.problem, typed } : { productId, quantity, ...chosen }
}

async function writeItems(seen: Visit, cart: Cart | undefined, items: CartItem[]): Promise<Cart> {
  const { ctx, frame } = seen
  if (cart === undefined) return createCart(ctx, { currency: frame.currency, items })
  try {
    return await updateCart(ctx, cart.id, { currency: frame.currency, items })
  } catch (error) {
    // It was ordered in another window a moment ago; this visitor goes on with a cart of the same content.
    if (error instanceof CartOrdered) return refillCart(ctx, cart.id, { currency: frame.currency, items })
    throw error
  }
}

/** The fields of a form; files and repeated fields are nothing that our forms have. */
export async function readForm(c: HttpContext): Promise<Form> {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
