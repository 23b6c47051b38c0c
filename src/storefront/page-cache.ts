import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { HttpContext } from '../platform/http/env.ts'
import type { Locale } from '../shared/locale.ts'
import { spliceCart } from './components/frame.tsx'
import { encodingFor } from './encodings.ts'

/** A rendered page, the same for every visitor but for the cart's badge. */
type CachedPage = {
  /** The store's revision that it shows. */
  revision: string
  html: string
  tag: string
  bodies: { identity: Uint8Array<ArrayBuffer>; br?: Uint8Array<ArrayBuffer>; gzip?: Uint8Array<ArrayBuffer> }
  sizeBytes: number
}

/** What a page is kept under and made from. */
export type PageRequest = {
  key: string
  locale: Locale
  revision: string
  /** Copies in the visitor's cart. */
  inCart: number
  /** Makes the page with `inCart: 'later'`, or says that it is at another address. */
  render(): Promise<Rendered>
}

/** A page's HTML, or the path where it is now. */
export type Rendered = { html: string } | { movedTo: string }

/** Pages kept in memory, the longest unused ones dropped first. */
export type PageCache = { answer(c: HttpContext, request: PageRequest): Promise<Response> | Response }

/** Makes a cache of at most `maxBytes` of pages, their compressed forms included. */
export function createPageCache(maxBytes: number): PageCache {
  const pages = new Map<string, CachedPage>()
  const making = new Map<string, Promise<CachedPage | { movedTo: string }>>()
  let totalBytes = 0

  const drop = (key: string) => {
    totalBytes -= pages.get(key)?.sizeBytes ?? 0
    pages.delete(key)
  }
  const keep = (key: string, page: CachedPage) => {
    drop(key)
    pages.set(key, page)
    totalBytes += page.sizeBytes
    for (const oldest of pages.keys()) {
      if (totalBytes <= maxBytes) break
      drop(oldest)
    }
  }
  const make = async (request: PageRequest): Promise<CachedPage | { movedTo: string }> => {
    const rendered = await request.render()
    if ('movedTo' in rendered) return rendered
    const page = toPage(rendered.html, request)
    keep(request.key, page)
    return page
  }
  /** One visitor makes the page; those who come meanwhile for the same revision wait for it. */
  const makeOnce = (request: PageRequest): ReturnType<typeof make> => {
    const flight = `${request.key} ${request.revision}`
    const running = making.get(flight)
    if (running !== undefined) return running
    const started = make(request).finally(() => making.delete(flight))
    making.set(flight, started)
    return started
  }

  return {
    answer(c, request) {
      const page = pages.get(request.key)
      if (page?.revision !== request.revision) {
        return makeOnce(request).then((made) =>
          'movedTo' in made ? c.redirect(made.movedTo, 301) : respond(c, made, request),
        )
      }
      // The order of a Map is that of insertion: moved to the end, it is dropped last.
      pages.delete(request.key)
      pages.set(request.key, page)
      return respond(c, page, request)
    },
  }
}

function toPage(html: string, { revision, locale }: PageRequest): CachedPage {
  const identity = bytesOf(Buffer.from(spliceCart(html, locale, 0)))
  // Quality 9: within 2 % of the smallest, at a tenth of the time.
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  const bodies = {
    identity,
    br: bytesOf(brotliCompressSync(identity, quality)),
    gzip: bytesOf(gzipSync(identity, { level: 6 })),
  }
  return {
    revision,
    html,
    tag: createHash('sha256').update(identity).digest('base64url').slice(0, 16),
    bodies,
    sizeBytes: html.length * 2 + bodies.identity.length + bodies.br.length + bodies.gzip.length,
  }
}

function respond(c: HttpContext, page: CachedPage, { inCart, locale }: PageRequest): Response {
  const etag = `W/"${page.tag}-${inCart}"`
  const headers: Record<string, string> = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'private, no-cache',
    vary: 'accept-encoding, cookie',
    etag,
  }
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
  if (inCart > 0) return c.body(spliceCart(page.html, locale, inCart), 200, headers)
  const encoding = encodingFor(c.req.header('accept-encoding'), page.bodies)
  if (encoding !== 'identity') headers['content-encoding'] = encoding
  return c.body(page.bodies[encoding] ?? page.bodies.identity, 200, headers)
}

function bytesOf(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer)
}
