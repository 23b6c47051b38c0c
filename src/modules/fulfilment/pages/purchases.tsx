/** @jsxImportSource hono/jsx */
import { Invalid } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { t } from '../../../platform/i18n/index.ts'
import { renderPage } from '../../../storefront/layout.tsx'
import { visit, type Visit } from '../../catalog/index.ts'
import { listBuyerOrders, orderKey } from '../../checkout/index.ts'
import { LinkExpired } from '../errors.ts'
import { redeemPurchasesLink } from '../operations/redeem-purchases-link.ts'
import { requestPurchases } from '../operations/request-purchases.ts'
import { requestPurchasesSchema } from '../schema.ts'
import { forgetBuyer, keepBuyer, readBuyer } from './buyer-cookie.ts'
import { AskPage, EnterPage, ExpiredPage, ListPage, SentPage } from './purchases-pages.tsx'

const ordersPerPage = 10
const noStore = { 'cache-control': 'no-store' }

/** What the visitor bought in this store, once they have proven their address; before that, the form that asks for it. */
export async function answerPurchases(c: HttpContext): Promise<Response> {
  const seen = await visit(c)
  const email = readBuyer(c, seen)
  if (email !== undefined) return c.html(renderPage(await listPage(c, seen, email)), 200, noStore)
  const page = c.req.query('sent') === undefined ? <AskPage seen={seen} typed="" /> : <SentPage seen={seen} />
  return c.html(renderPage(page), 200, noStore)
}

/** Has the link sent; the answer is the same whether or not the address bought anything here. */
export async function answerPurchasesForm(c: HttpContext): Promise<Response> {
  const seen = await visit(c)
  const { email } = await c.req.parseBody()
  const typed = typeof email === 'string' ? email.slice(0, 300) : ''
  const asked = requestPurchasesSchema.safeParse({ email: typed.trim(), locale: seen.locale })
  if (!asked.success) {
    const key = typed.trim() === '' ? 'email-missing' : 'email-wrong'
    const error = t(seen.locale, `storefront.error.${key}`, { example: 'name@example.com' })
    return c.html(renderPage(<AskPage seen={seen} typed={typed} error={error} />), 422, noStore)
  }
  await requestPurchases(seen.ctx, asked.data)
  return c.redirect(`${seen.paths.purchases}?sent=1`, 303)
}

/** Where the mailed link leads. Looking at it uses nothing up, since mail scanners follow links; the button does. */
export async function answerEnterPage(c: HttpContext): Promise<Response> {
  const seen = await visit(c)
  return c.html(renderPage(<EnterPage seen={seen} token={c.req.query('token') ?? ''} />), 200, noStore)
}

/** Uses the link up and lets the visitor in. */
export async function answerEnterForm(c: HttpContext): Promise<Response> {
  const seen = await visit(c)
  const { token } = await c.req.parseBody()
  try {
    const { session } = await redeemPurchasesLink(seen.ctx, typeof token === 'string' ? token : '')
    keepBuyer(c, seen, session)
    return c.redirect(seen.paths.purchases, 303)
  } catch (error) {
    if (!(error instanceof LinkExpired)) throw error
    return c.html(renderPage(<ExpiredPage seen={seen} />), 403, noStore)
  }
}

/** Forgets who the visitor is. */
export async function answerLeaveForm(c: HttpContext): Promise<Response> {
  const seen = await visit(c)
  forgetBuyer(c, seen)
  return c.redirect(seen.paths.purchases, 303)
}

async function listPage(c: HttpContext, seen: Visit, email: string) {
  const { ctx } = seen
  const read = (after: string | undefined) => listBuyerOrders(ctx, { email, after, limit: ordersPerPage })
  const { items: orders, next } = await read(c.req.query('after')).catch((error: unknown) => {
    if (error instanceof Invalid) return read(undefined)
    throw error
  })
  const links = new Map(orders.map(({ id }) => [id, seen.paths.order(id, orderKey(ctx, id))]))
  return <ListPage seen={seen} email={email} orders={orders} links={links} next={next} />
}
