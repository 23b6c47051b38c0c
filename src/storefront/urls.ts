import type { Locale } from '../shared/locale.ts'

/** The paths of a store's public pages, percent-encoded, without the origin. */
export type StorePaths = {
  home: string
  product(slug: string): string
  cart: string
  checkout: string
  order(orderId: string, key: string): string
  purchases: string
  policy: string
  currency: string
}

/** The paths of a store's pages in a language. Pages that are no products stand behind `/-/`, which no slug can be. */
export function storePaths(locale: Locale, storeSlug: string): StorePaths {
  const home = `/${locale}/${encodeURIComponent(storeSlug)}`
  return {
    home,
    product: (slug) => `${home}/${encodeURIComponent(slug)}`,
    cart: `${home}/-/cart`,
    checkout: `${home}/-/checkout`,
    order: (orderId, key) => `${home}/-/orders/${orderId}?key=${encodeURIComponent(key)}`,
    purchases: `${home}/-/purchases`,
    policy: `${home}/-/refund-policy`,
    currency: `${home}/-/currency`,
  }
}

/** The same page in another language: only the first segment differs, the query stays. */
export function inLanguage(path: string, locale: Locale): string {
  return path.replace(/^\/(?:ar|en)(?=[/?]|$)/, `/${locale}`)
}
