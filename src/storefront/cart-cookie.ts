import { getCookie, setCookie } from 'hono/cookie'
import type { HttpContext } from '../platform/http/env.ts'
import { isId } from '../shared/ids.ts'

/** A visitor's cart in one store: its id, and how many copies were in it when it was last seen. */
export type CartInCookie = { id: string; count: number }

const maxStores = 8
const maxAgeSeconds = 60 * 60 * 24 * 60

/** The visitor's cart in a store, as their browser keeps it. */
export function readCart(c: HttpContext, storeSlug: string): CartInCookie | undefined {
  return c.req.header('cookie') === undefined ? undefined : parse(cookieOf(c)).get(storeSlug)
}

/** Has the browser keep the visitor's cart in a store, or forget it. */
export function keepCart(c: HttpContext, storeSlug: string, cart: CartInCookie | undefined): void {
  const carts = parse(cookieOf(c))
  carts.delete(storeSlug)
  const entries = [...carts].slice(0, maxStores - 1)
  if (cart !== undefined) entries.unshift([storeSlug, cart])
  const value = entries.map(([slug, { id, count }]) => `${encodeURIComponent(slug)}:${id}:${count}`).join('|')
  setCookie(c, 'cart', value, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    maxAge: value === '' ? 0 : maxAgeSeconds,
    ...(isSecure(c) ? { secure: true, prefix: 'host' as const } : {}),
  })
}

/** Whether the public reaches this server over https, so that cookies can be bound to it. */
export function isSecure(c: HttpContext): boolean {
  return c.get('ctx').config.publicUrl.startsWith('https:')
}

function cookieOf(c: HttpContext): string {
  return (isSecure(c) ? getCookie(c, 'cart', 'host') : getCookie(c, 'cart')) ?? ''
}

/** What does not look like a cart is left out: a browser may send anything. */
function parse(value: string): Map<string, CartInCookie> {
  const carts = new Map<string, CartInCookie>()
  for (const entry of value.split('|', maxStores)) {
    const [slug = '', id = '', count = ''] = entry.split(':')
    if (isId(id) && /^\d{1,5}$/.test(count)) carts.set(decode(slug), { id, count: Number(count) })
  }
  return carts
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
