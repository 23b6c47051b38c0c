/** @jsxImportSource hono/jsx */
import { createHash } from 'node:crypto'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { isLocale, locales, type Locale } from '../../../shared/locale.ts'
import { createRouter, type Env, type HttpContext } from '../env.ts'
import { ApiPage } from './api-page.tsx'
import { describeApi } from './document.ts'
import { ProblemsPage } from './problems-page.tsx'
import { STYLE, STYLE_PATH } from './style.ts'

/** What the reference needs to know of the installation. */
export type ReferenceOptions = { root: OpenAPIHono<Env>; version: string; publicUrl: string }

type Asset = { bytes: Uint8Array<ArrayBuffer>; etag: string; type: string }

/**
 * `/api/v1/openapi.json`, `/docs/api` and `/docs/problems`. Made when first asked for, since only then is every route of
 * `root` mounted; kept as bytes from then on.
 */
export function createReference(options: ReferenceOptions): OpenAPIHono<Env> {
  const router = createRouter()
  const document = lazily(() => describeApi(options.root, options))
  const json = lazily(() => asset(JSON.stringify(document()), 'application/json; charset=utf-8'))
  const style = lazily(() => asset(STYLE, 'text/css; charset=utf-8'))
  const api = perLocale((locale) => <ApiPage locale={locale} document={document()} />)
  const problems = perLocale((locale) => <ProblemsPage locale={locale} />)

  router.get('/api/v1/openapi.json', (c) => send(c, json()))
  router.get(STYLE_PATH, (c) => send(c, style()))
  router.get('/docs/api', (c) => send(c, api(localeOf(c))))
  router.get('/docs/problems', (c) => send(c, problems(localeOf(c))))
  return router
}

function localeOf(c: HttpContext): Locale {
  const asked = c.req.query('lang')
  return isLocale(asked) ? asked : c.get('ctx').locale
}

function perLocale(page: (locale: Locale) => JSX.Element): (locale: Locale) => Asset {
  const pages = new Map(
    locales.map((locale) => [locale, lazily(() => asset(htmlOf(page(locale)), 'text/html; charset=utf-8'))]),
  )
  return (locale) => {
    const made = pages.get(locale)
    if (made === undefined) throw new Error(`no page in ${locale}`)
    return made()
  }
}

function htmlOf(page: JSX.Element): string {
  if (page instanceof Promise) throw new TypeError('no part of the reference waits for anything')
  return `<!doctype html>${page.toString()}`
}

function asset(text: string, type: string): Asset {
  const bytes = new TextEncoder().encode(text)
  return { bytes, type, etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` }
}

function send(c: HttpContext, { bytes, etag, type }: Asset): Response {
  const headers = { etag, 'cache-control': 'public, max-age=300', vary: 'accept-language' }
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
  return c.body(bytes, 200, { ...headers, 'content-type': type })
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}
