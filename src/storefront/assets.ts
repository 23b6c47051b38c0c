import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import type { Env } from '../platform/http/env.ts'
import { projectRoot } from '../platform/project-root.ts'
import type { Locale } from '../shared/locale.ts'
import { encodingFor, type Encodings } from './encodings.ts'
import { siteScript } from './site-script.ts'
import { fontSlices, type FontSlice } from './font-slices.ts'

const folder = join(projectRoot, 'src/storefront/assets')
const base = '/assets/storefront/'
const forEver = 'public, max-age=31536000, immutable'

type Asset = { name: string; mediaType: string; bodies: Encodings }

const fonts = fontSlices.map((slice) => ({ slice, asset: fontAsset(slice) }))
const style = textAsset('site.css', 'text/css; charset=utf-8', minifyCss(styleSource()))
const script = textAsset('site.js', 'text/javascript; charset=utf-8', `(${siteScript.toString()})()`)
const assets = new Map(
  [...fonts.map(({ asset }) => asset), style, script].map((asset) => [asset.name, asset]),
)

/** Addresses of the storefront's own files; each holds its content's hash, so that browsers may keep it for ever. */
export const assetUrls = {
  style: base + style.name,
  script: base + script.name,
  /** Small enough to travel with each page. */
  icon: `data:image/svg+xml,${encodeURIComponent(read('icon.svg').trim())}`,
  fonts: fontsOf,
} as const

/** The font files that nearly every page of a language needs, to be fetched before the style sheet asks for them. */
function fontsOf(locale: Locale): string[] {
  const needed = locale === 'ar' ? ['arabic', 'latin'] : ['latin']
  return fonts.filter(({ slice }) => needed.includes(slice.name)).map(({ asset }) => base + asset.name)
}

/** Serves style, script, icon and fonts, compressed once when the process starts. */
export const assetPages: Hono<Env> = new Hono<Env>()
  .get('/favicon.ico', (c) =>
    c.body(read('icon.svg'), 200, {
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=86400',
    }),
  )
  .get(`${base}:name`, (c) => {
    const asset = assets.get(c.req.param('name'))
    if (asset === undefined) return c.notFound()
    const encoding = encodingFor(c.req.header('accept-encoding'), asset.bodies)
    return c.body(asset.bodies[encoding] ?? asset.bodies.identity, 200, {
      'content-type': asset.mediaType,
      'cache-control': forEver,
      vary: 'accept-encoding',
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    })
  })

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}

function styleSource(): string {
  return (
    fonts.map(({ slice, asset }) => fontFace(slice, base + asset.name)).join('') +
    read('tokens.css') +
    read('site.css')
  )
}

function fontFace({ ranges }: FontSlice, url: string): string {
  const hex = (point: number) => point.toString(16)
  const covered = ranges.map(([first, last]) => `U+${hex(first)}${first === last ? '' : `-${hex(last)}`}`)
  return `@font-face{font-family:'Rafid Sans';src:url(${url}) format('woff2');font-display:swap;unicode-range:${covered.join()}}`
}

/** Takes comments and needless blanks out; strings in this program's style sheets hold neither. */
function minifyCss(source: string): string {
  return source
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .trim()
}

function textAsset(name: string, mediaType: string, text: string): Asset {
  const identity = Buffer.from(text)
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
  const bodies = {
    identity,
    br: brotliCompressSync(identity, quality),
    gzip: gzipSync(identity, { level: 9 }),
  }
  return { name: hashedName(name, identity), mediaType, bodies: mapBytes(bodies) }
}

function fontAsset({ name }: FontSlice): Asset {
  const bytes = readFileSync(join(folder, 'fonts', `${name}.woff2`))
  return {
    name: hashedName(`${name}.woff2`, bytes),
    mediaType: 'font/woff2',
    bodies: mapBytes({ identity: bytes }),
  }
}

function hashedName(name: string, bytes: Uint8Array): string {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10)
  return name.replace(/(\.\w+)$/, `.${hash}$1`)
}

function mapBytes(bodies: { identity: Buffer; br?: Buffer; gzip?: Buffer }): Encodings {
  return {
    identity: new Uint8Array(bodies.identity),
    ...(bodies.br === undefined ? {} : { br: new Uint8Array(bodies.br) }),
    ...(bodies.gzip === undefined ? {} : { gzip: new Uint8Array(bodies.gzip) }),
  }
}
