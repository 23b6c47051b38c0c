/**
 * What a browser fetches to show the product page, pictures aside: the page, its style sheets, scripts, and the fonts whose
 * characters are on the page. Bytes as transferred: compressed bodies and the answers' headers.
 */
import type { Look } from '../src/shared/look.ts'
import { BROWSER_HEADERS, productPath } from './support/page-load.ts'
import { createClient, type Client } from './support/http.ts'
import { runBench } from './support/report.ts'
import { startServer } from './support/server.ts'
import { openShop } from './support/shop.ts'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

type Fetched = { path: string; bodyBytes: number; headerBytes: number; text: string }

/** The theme of a new store, and of the others the heaviest that a seller can choose. */
const looks: readonly Look[] = [
  { theme: 'calm', face: 'sans', accent: null },
  { theme: 'gallery', face: 'naskh', accent: '#d4af37' },
  { theme: 'folio', face: 'naskh', accent: '#d4af37' },
]

await runBench(async (report) => {
  const server = await startServer('weight')
  const shop = await openShop(server)
  const http = createClient(server.url, 4)
  for (const look of looks) {
    await wear(http, shop.token, look)
    for (const locale of ['ar', 'en'] as const) await weigh(locale, look)
  }
  http.close()

  async function weigh(locale: 'ar' | 'en', { theme, face, accent }: Look): Promise<void> {
    const name = `weight ${locale}${theme === 'calm' ? '' : ` ${theme} ${face}${accent === null ? '' : ' own colour'}`}`
    const page = await get(http, productPath(shop, locale))
    const linked = await Promise.all(linksOf(page.text).map((path) => get(http, path)))
    const styles = linked.filter(({ path }) => path.endsWith('.css')).map(({ text }) => text)
    const already = new Set(linked.map(({ path }) => path))
    const fonts = styles.flatMap((style) => fontsFor(style, page.text)).filter((path) => !already.has(path))
    const all = [page, ...linked, ...(await Promise.all([...new Set(fonts)].map((path) => get(http, path))))]
    for (const { path, bodyBytes } of all) {
      const part = path === page.path ? 'page' : path.slice(path.lastIndexOf('/') + 1)
      report({ name: `${name}: ${part}`, value: bodyBytes / 1000, unit: 'kB' })
    }
    const headers = sum(all.map(({ headerBytes }) => headerBytes)) / 1000
    report({ name: `${name}: headers`, value: headers, unit: 'kB' })
    const bodies = sum(all.map(({ bodyBytes }) => bodyBytes)) / 1000
    report({ name, value: bodies + headers, unit: 'kB', reference: 30, limit: 'at most' })
  }
})

async function wear(http: Client, token: string, look: Look): Promise<void> {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await http('/api/v1/store', { headers, method: 'PATCH', json: { look } })
  if (answer.status !== 200) throw new Error(`the look was not taken: ${answer.status}`)
}

async function get(http: Client, path: string): Promise<Fetched> {
  const answer = await http(path, { headers: BROWSER_HEADERS })
  if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`)
  const headerBytes =
    sum(answer.rawHeaders.map((part) => Buffer.byteLength(part) + 2)) + 'HTTP/1.1 200 OK\r\n\r\n'.length
  const encoding = answer.headers['content-encoding']
  const plain =
    encoding === 'br'
      ? brotliDecompressSync(answer.body)
      : encoding === 'gzip'
        ? gunzipSync(answer.body)
        : answer.body
  return { path, bodyBytes: answer.body.length, headerBytes, text: plain.toString() }
}

/** Style sheets, scripts and preloaded fonts of a page, each once. */
function linksOf(html: string): string[] {
  const links = html.match(/<link [^>]*>|<script [^>]*src=[^>]*>/g) ?? []
  const wanted = links.filter((tag) => /rel="?(stylesheet|preload|modulepreload)|^<script/.test(tag))
  const paths = wanted.flatMap((tag) => /(?:href|src)="([^"]+)"/.exec(tag)?.[1] ?? [])
  return [...new Set(paths.filter((path) => path.startsWith('/') && !path.startsWith('/media/')))]
}

/** The font files that a browser fetches: those with a character of the page in their range. */
function fontsFor(style: string, html: string): string[] {
  const characters = new Set(
    [...html.replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/g, '')].map((one) => one.codePointAt(0) ?? 0),
  )
  return (style.match(/@font-face\{[^}]*\}/g) ?? []).flatMap((face) => {
    const path = /url\(([^)]+)\)/.exec(face)?.[1]?.replaceAll(/["']/g, '')
    const ranges = rangesOf(/unicode-range:([^;}]+)/.exec(face)?.[1])
    const needed = [...characters].some((point) =>
      ranges.some(([first, last]) => point >= first && point <= last),
    )
    return path !== undefined && needed ? [path] : []
  })
}

function rangesOf(text = 'U+0-10FFFF'): [number, number][] {
  return text.split(',').map((range) => {
    const [first = '0', last = first] = range.trim().replace(/^U\+/i, '').split('-')
    return [Number.parseInt(first.replaceAll('?', '0'), 16), Number.parseInt(last.replaceAll('?', 'F'), 16)]
  })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
