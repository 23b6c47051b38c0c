/** @jsxImportSource hono/jsx */
import { Conflict, DomainError, NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { t } from '../../../platform/i18n/index.ts'
import { isCurrencyCode } from '../../../shared/currencies.ts'
import { isId } from '../../../shared/ids.ts'
import { renderPage } from '../../../storefront/layout.tsx'
import { moneyWords } from '../../../storefront/money-words.ts'
import { visit, type Visit } from '../../catalog/index.ts'
import {
  CartEmpty,
  CartOrdered,
  ItemUnavailable,
  PriceChanged,
  ProviderUnavailable,
  SoldOut,
} from '../errors.ts'
import { getCart } from '../operations/get-cart.ts'
import { placeOrder } from '../operations/place-order.ts'
import { placeOrderSchema, type Cart, type PlaceOrder } from '../schema.ts'
import { readForm } from './change-cart.ts'
import { CheckoutDocument, type CheckoutForm } from './checkout-page.tsx'
import { payFormHeaders } from './pay-form-headers.ts'
import { currentCart } from './current-cart.ts'

const example = 'name@example.com'

/** The checkout, unless there is nothing to buy. */
export async function answerCheckoutPage(c: HttpContext): Promise<Response> {
  const seen = await visit(c)
  const cart = await currentCart(c, seen)
  if (cart === undefined || cart.items.length === 0 || cart.issues.length > 0)
    return c.redirect(seen.paths.cart, 303)
  return show(c, seen, {
    cart,
    form: { email: '', name: '', errors: {}, key: seen.ctx.ids.next() },
    status: 200,
  })
}

/** Places the order and sends the buyer to pay; or shows the form again with what was typed and what stood in the way. */
export async function answerCheckoutForm(c: HttpContext): Promise<Response> {
  const seen = await visit(c)
  const { ctx, locale, paths } = seen
  const sent = await readForm(c)
  const cartId = sent['cart'] ?? ''
  const key = isId(sent['key'] ?? '') ? (sent['key'] ?? '') : ctx.ids.next()
  const typed = { email: (sent['email'] ?? '').slice(0, 300), name: (sent['name'] ?? '').slice(0, 300) }
  const total = { amount: sent['total'] ?? '', currency: sent['currency'] ?? '' }
  const { errors, email, name } = check(typed, seen)
  if (!isId(cartId) || !isCurrencyCode(total.currency) || !/^(?:0|[1-9]\d{0,17})$/.test(total.amount)) {
    return c.redirect(paths.cart, 303)
  }
  const form: CheckoutForm = { ...typed, errors, key }
  if (Object.keys(errors).length > 0) return showAgain(c, seen, { cartId, form, status: 422 })
  const expectedTotal = { amount: total.amount, currency: total.currency }
  const order: PlaceOrder = { cartId, email, name, locale, expectedTotal }
  try {
    const placed = await placeOrder(ctx, order, key)
    return c.redirect(placed.order.payment?.url ?? placed.url, 303)
  } catch (error) {
    return mend(c, seen, { cartId, form, error })
  }
}

type Checked = { errors: CheckoutForm['errors']; email: string; name: string }

/** What was typed, in the form in which it is kept, and what is wrong with it. */
function check(typed: { email: string; name: string }, { locale }: Visit): Checked {
  const errors: CheckoutForm['errors'] = {}
  const email = typed.email.replace(/[\s\u200B-\u200F\u2066-\u2069]/gu, '')
  const name = typed.name.replace(/\s+/gu, ' ').trim()
  if (email === '') errors.email = t(locale, 'storefront.error.email-missing')
  else if (email.length > 254) errors.email = t(locale, 'storefront.error.email-long')
  else if (!placeOrderSchema.shape.email.safeParse(email).success) {
    errors.email = t(locale, 'storefront.error.email-wrong', { example })
  }
  if (name === '') errors.name = t(locale, 'storefront.error.name-missing')
  else if (!placeOrderSchema.shape.name.safeParse(name).success)
    errors.name = t(locale, 'storefront.error.name-long')
  return { errors, email: email.toLowerCase(), name }
}

type Failed = { cartId: string; form: CheckoutForm; error: unknown }

/** What can be mended is said on the page where it can be; what cannot goes on to the page about problems. */
async function mend(c: HttpContext, seen: Visit, { cartId, form, error }: Failed): Promise<Response> {
  const { locale, paths, ctx } = seen
  const say = (key: string) => t(locale, `storefront.error.${key}`)
  if (error instanceof SoldOut) return c.redirect(`${paths.cart}?did=sold-out`, 303)
  if (error instanceof ItemUnavailable) return c.redirect(`${paths.cart}?did=unavailable`, 303)
  if (error instanceof CartEmpty || error instanceof NotFound)
    return c.redirect(`${paths.cart}?did=cart-changed`, 303)
  if (error instanceof PriceChanged) {
    const { total } = await getCart(ctx, cartId)
    const notice = t(locale, 'storefront.error.changed', { total: moneyWords(total, locale) })
    return showAgain(c, seen, { cartId, form: { ...form, notice, key: ctx.ids.next() }, status: 409 })
  }
  if (error instanceof ProviderUnavailable) {
    // The order stands; the same form, with the same key, goes on with its payment.
    return showAgain(c, seen, { cartId, form: { ...form, notice: say('provider') }, status: 502 })
  }
  if (error instanceof CartOrdered || (error instanceof Conflict && error.slug === 'idempotency-key-reuse')) {
    // What the browser has now is the same cart filled again, or what is left of it once its order is paid.
    const cart = await currentCart(c, seen)
    if (cart === undefined || cart.items.length === 0 || cart.issues.length > 0)
      return c.redirect(`${paths.cart}?did=cart-changed`, 303)
    return show(c, seen, {
      cart,
      form: { ...form, notice: say('cart-changed'), key: ctx.ids.next() },
      status: 409,
    })
  }
  if (error instanceof DomainError && error.status < 500) {
    return showAgain(c, seen, { cartId, form: { ...form, notice: say('try-later') }, status: 409 })
  }
  throw error
}

type Again = { cartId: string; form: CheckoutForm; status: 409 | 422 | 502 }

async function showAgain(c: HttpContext, seen: Visit, { cartId, form, status }: Again): Promise<Response> {
  const cart = await getCart(seen.ctx, cartId)
  if (cart.items.length === 0 || (cart.issues.length > 0 && cart.orderId === null))
    return c.redirect(seen.paths.cart, 303)
  return show(c, seen, { cart, form, status })
}

type Shown = { cart: Cart; form: CheckoutForm; status: 200 | 409 | 422 | 502 }

function show(c: HttpContext, seen: Visit, { cart, form, status }: Shown): Response {
  const page = renderPage(<CheckoutDocument seen={seen} cart={cart} form={form} />)
  return c.body(page, status, { 'content-type': 'text/html; charset=utf-8', ...payFormHeaders(seen) })
}
