import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import type { Env } from '../platform/http/env.ts'
import { isHex } from '../shared/contrast.ts'
import type { Locale } from '../shared/locale.ts'
import { faces, plainLook, type Face, type Look } from '../shared/look.ts'
import { themes, type Theme } from '../shared/palette.ts'
import { encodingFor, type Encodings } from './encodings.ts'
import { siteScript } from './site-script.ts'
import { fontSlices, type FontSlice } from './font-slices.ts'
import {
  accentSheet,
  readAsset,
  readLetters,
  sides,
  sideSheet,
  styleSheet,
  type Side,
} from './style-sheets.ts'

const base = '/assets/storefront/'
const forEver = 'public, max-age=31536000, immutable'
const css = 'text/css; charset=utf-8'
/** What is no document needs no policy for documents; and four of them come with each first visit. */
const kept = { 'cache-control': forEver, 'content-security-policy': "default-src 'none'" }

/** `bodies` are made when first asked for: a server needs two or three of the nine style sheets. */
type Asset = { name: string; mediaType: string; bodies(): Encodings }

const letters = faces.flatMap((face) =>
  fontSlices.map((slice) => ({ face, slice, asset: fontAsset(face, slice) })),
)
const sheets = themes.flatMap((theme) =>
  faces.map((face) => ({
    theme,
    face,
    asset: textAsset(
      `site-${theme}-${face}.css`,
      css,
      styleSheet(theme, face, (slice) => lettersUrl(face, slice)),
    ),
  })),
)
const onesided = themes.flatMap((theme) =>
  sides.map((side) => ({
    theme,
    side,
    asset: textAsset(`side-${theme}-${side}.css`, css, sideSheet(theme, side)),
  })),
)
const script = textAsset('site.js', 'text/javascript; charset=utf-8', `(${siteScript.toString()})()`)
const assets = new Map(
  [...[...letters, ...sheets, ...onesided].map(({ asset }) => asset), script].map((asset) => [
    asset.name,
    asset,
  ]),
)

/** Addresses of the storefront's own files; each holds its content's hash, so that browsers may keep it for ever. */
export const assetUrls = {
  styles: stylesOf,
  /** One side of a theme alone, for specimens. */
  side: sideOf,
  script: base + script.name,
  /** Small enough to travel with each page. */
  icon: `data:image/svg+xml,${encodeURIComponent(readAsset('icon.svg').trim())}`,
  fonts: fontsOf,
} as const

/** The style sheets of a look: the theme's, and the seller's colour after it. */
function stylesOf({ theme, face, accent }: Look = plainLook): string[] {
  const sheet = sheets.find((one) => one.theme === theme && one.face === face)
  const urls = sheet === undefined ? [] : [base + sheet.asset.name]
  if (accent !== null) urls.push(base + accentName(theme, accent, accentSheet(theme, accent)))
  return urls
}

function sideOf(theme: Theme, side: Side): string {
  const found = onesided.find((one) => one.theme === theme && one.side === side)
  return base + (found?.asset.name ?? '')
}

/** The font files that nearly every page of a language needs, to be fetched before the style sheet asks for them. */
function fontsOf(locale: Locale, face: Face = plainLook.face): string[] {
  const needed = locale === 'ar' ? ['arabic', 'latin'] : ['latin']
  return letters
    .filter((one) => one.face === face && needed.includes(one.slice.name))
    .map(({ asset }) => base + asset.name)
}

/** Serves style, script, icon and fonts, compressed once. */
export const assetPages: Hono<Env> = new Hono<Env>()
  .get('/favicon.ico', (c) =>
    c.body(readAsset('icon.svg'), 200, {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=86400',
    }),
  )
  .get(`${base}:name`, (c) => {
    const name = c.req.param('name')
    const asset = assets.get(name)
    if (asset === undefined) {
      const sheet = accentAt(name)
      if (sheet === undefined) return c.notFound()
      return c.body(sheet, 200, { ...kept, 'content-type': css })
    }
    const bodies = asset.bodies()
    const encoding = encodingFor(c.req.header('accept-encoding'), bodies)
    return c.body(bodies[encoding] ?? bodies.identity, 200, {
      ...kept,
      'content-type': asset.mediaType,
      vary: 'accept-encoding',
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    })
  })

/** A colour's sheet is reckoned anew each time: it is short, and there are sixteen million of them. */
function accentAt(name: string): string | undefined {
  const [, themeName, digits] = /^accent-(\w+)-([0-9a-f]{6})\.[0-9a-f]{10}\.css$/.exec(name) ?? []
  const theme = themes.find((one) => one === themeName)
  const accent = `#${digits ?? ''}`
  if (theme === undefined || !isHex(accent)) return undefined
  const sheet = accentSheet(theme, accent)
  return accentName(theme, accent, sheet) === name ? sheet : undefined
}

function accentName(theme: Theme, accent: string, sheet: string): string {
  return hashedName(`accent-${theme}-${accent.slice(1)}.css`, Buffer.from(sheet))
}

function lettersUrl(face: Face, slice: FontSlice): string {
  const found = letters.find((one) => one.face === face && one.slice === slice)
  return base + (found?.asset.name ?? '')
}

function textAsset(name: string, mediaType: string, text: string): Asset {
  const identity = Buffer.from(text)
  let made: Encodings | undefined
  const bodies = () =>
    (made ??= {
      identity: new Uint8Array(identity),
      br: new Uint8Array(brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })),
      gzip: new Uint8Array(gzipSync(identity, { level: 9 })),
    })
  return { name: hashedName(name, identity), mediaType, bodies }
}

function fontAsset(face: Face, { name }: FontSlice): Asset {
  const file = `${face}-${name}.woff2`
  const bytes = readLetters(file)
  const bodies = { identity: new Uint8Array(bytes) }
  return { name: hashedName(file, bytes), mediaType: 'font/woff2', bodies: () => bodies }
}

function hashedName(name: string, bytes: Uint8Array): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10)
  return name.replace(/(\.\w+)$/, `.${hash}$1`)
}
