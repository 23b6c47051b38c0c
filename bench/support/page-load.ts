import autocannon from 'autocannon'
import type { Shop } from './shop.ts'

/** The address of the shop's product page. */
export function productPath({ slug, productSlug }: Shop, locale: 'ar' | 'en' = 'ar'): string {
  return `/${locale}/${slug}/${encodeURIComponent(productSlug)}`
}

/** What a browser sends that decides what it gets. */
export const BROWSER_HEADERS = {
  accept: 'text/html',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'ar',
}

/** Asks for a page on 32 connections for some seconds; the answers per second. @throws if any answer is not a page. */
export async function loadPage(
  address: string,
  seconds: number,
): Promise<{ perSecond: number; p99Ms: number }> {
  const result = await autocannon({
    url: address,
    connections: 32,
    duration: seconds,
    headers: BROWSER_HEADERS,
  })
  const failed = result.errors + result.timeouts + result.non2xx
  if (failed > 0) throw new Error(`${failed} of ${result.requests.total} answers were no page`)
  return { perSecond: result.requests.total / result.duration, p99Ms: result.latency.p99 }
}
