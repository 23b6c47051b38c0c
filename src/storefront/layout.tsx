/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { t } from '../platform/i18n/index.ts'
import { dir, locales, type Locale } from '../shared/locale.ts'
import { plainLook } from '../shared/look.ts'
import { paletteOf } from '../shared/palette.ts'
import { assetUrls } from './assets.ts'
import { Foot, Head, type StoreFrame } from './components/frame.tsx'
import { safeJson, type StructuredData } from './structured-data.ts'
import { inLanguage } from './urls.ts'

/** What surrounds the content of a public page. */
export type PageFrame = {
  locale: Locale
  /** Where the public reaches the server, without a trailing slash. */
  origin: string
  /** This page's path and query in its own language, percent-encoded. */
  path: string
  title: string
  /** Of pages that search engines may show; a page without one is kept out of their indexes. */
  description?: string | undefined
  /** The picture for links to the page, as a path. */
  picture?: string | undefined
  structuredData?: readonly StructuredData[]
  /** The store that the page belongs to; pages of the server itself have none. */
  store?: StoreFrame | undefined
  /** Whether browsers look again by themselves after some seconds. */
  waits?: boolean
  children?: Child
}

/** A whole public page. */
export function Page(frame: PageFrame): JSX.Element {
  const { locale, store } = frame
  const look = store?.look ?? plainLook
  const { light, dark } = paletteOf(look.theme)
  return (
    <html lang={locale} dir={dir(locale)}>
      <head>
        <meta charset="utf-8" />
        <title>
          {store === undefined || frame.title === store.name ? frame.title : `${frame.title} · ${store.name}`}
        </title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {assetUrls.fonts(locale, look.face).map((font) => (
          <link rel="preload" href={font} as="font" type="font/woff2" crossorigin="" />
        ))}
        {assetUrls.styles(look).map((sheet) => (
          <link rel="stylesheet" href={sheet} />
        ))}
        <script type="module" src={assetUrls.script}></script>
        <link rel="icon" href={assetUrls.icon} />
        <meta name="theme-color" content={light.paper} media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content={dark.paper} media="(prefers-color-scheme: dark)" />
        {frame.description === undefined ? <meta name="robots" content="noindex" /> : <Findable {...frame} />}
        {frame.waits === true && (
          <noscript>
            <meta http-equiv="refresh" content="4" />
          </noscript>
        )}
      </head>
      <body>
        <a class="skip" href="#content">
          {t(locale, 'common.skip-to-content')}
        </a>
        <Head locale={locale} path={frame.path} store={store} />
        {frame.children}
        {store !== undefined && <Foot locale={locale} path={frame.path} store={store} />}
      </body>
    </html>
  )
}

/** What search engines and other programs read. */
function Findable({
  locale,
  origin,
  path,
  title,
  description,
  picture,
  structuredData = [],
}: PageFrame): JSX.Element {
  const url = origin + path
  return (
    <>
      <meta name="description" content={description} />
      <link rel="canonical" href={url} />
      {locales.map((language) => (
        <link rel="alternate" hreflang={language} href={origin + inLanguage(path, language)} />
      ))}
      <link rel="alternate" hreflang="x-default" href={origin + inLanguage(path, 'ar')} />
      <meta property="og:type" content="website" />
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={url} />
      <meta property="og:locale" content={locale === 'ar' ? 'ar_AR' : 'en_US'} />
      {picture !== undefined && (
        <>
          <meta property="og:image" content={origin + picture} />
          <meta property="og:image:width" content="1200" />
          <meta property="og:image:height" content="630" />
          <meta name="twitter:card" content="summary_large_image" />
        </>
      )}
      {structuredData.map((data) => (
        <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: safeJson(data) }}></script>
      ))}
    </>
  )
}

/** The page as the text of an answer. */
export function renderPage(page: JSX.Element): string {
  // What hono/jsx makes is a string object; its type does not say so.
  return `<!doctype html>${(page as { toString(): string }).toString()}`
}
