import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { Env } from '../platform/http/env.ts'
import { faces } from '../shared/look.ts'
import { accentOf, palette, themes } from '../shared/palette.ts'
import { assetPages, assetUrls } from './assets.ts'
import { safeJson } from './structured-data.ts'
import { inLanguage, storePaths } from './urls.ts'

const folder = join(import.meta.dirname, 'assets')
const tokens = readFileSync(join(folder, 'tokens.css'), 'utf8')
const sheets = ['site', ...themes.map((theme) => `theme-${theme}`), 'face-naskh', 'face-round']
const site = sheets.map((name) => readFileSync(join(folder, `${name}.css`), 'utf8')).join('\n')
const looks = themes.flatMap((theme) => faces.map((face) => ({ theme, face, accent: null })))
const app = new Hono<Env>().route('/', assetPages)

describe('the tokens', () => {
  test('are all there are of colours and are all defined', () => {
    const used = new Set([...site.matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name))
    const named = [...tokens.matchAll(/^\s+--([\w-]+):/gm)].map(([, name]) => name)
    const defined = new Set([...named, ...Object.keys(palette.light), 'shadow'])
    expect([...used].filter((name) => !defined.has(name))).toEqual([])
  })
})

describe('the style sheet', () => {
  test('knows no left and right but in what is written from left to right', () => {
    const physical = [
      ...site.matchAll(
        /[^\n]*\b(?:(?:margin|padding|border)-(?:left|right)|(?<![\w-])(?:left|right):|float:)[^\n]*/g,
      ),
    ]
    expect(physical.map(([line]) => line.trim())).toEqual([])
  })

  test.each(looks)(
    'is served compressed, for ever, under the name of its content: $theme, $face',
    async (look) => {
      const [url = ''] = assetUrls.styles(look)
      expect(url).toMatch(/^\/assets\/storefront\/site-\w+-\w+\.[0-9a-f]{10}\.css$/)
      const answer = await app.request(url, { headers: { 'accept-encoding': 'br' } })
      expect(answer.headers.get('cache-control')).toContain('immutable')
      expect((await answer.arrayBuffer()).byteLength).toBeLessThan(5_600)
    },
  )

  test('is not found under other names', async () => {
    expect((await app.request('/assets/storefront/site-calm-sans.0000000000.css')).status).toBe(404)
    expect((await app.request('/assets/storefront/..%2f..%2ftokens.css')).status).toBe(404)
  })

  test('has a seller’s colour after it, and that of nobody else', async () => {
    const [, url = ''] = assetUrls.styles({ theme: 'folio', face: 'naskh', accent: '#ffd400' })
    const answer = await app.request(url)
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(await answer.text()).toContain(`--accent:${accentOf('#ffd400', 'folio').light.accent}`)
    expect((await app.request(url.replace('ffd400', 'ffd401'))).status).toBe(404)
    expect((await app.request(url.replace('ffd400', '%7D%3C'))).status).toBe(404)
  })
})

test.each(faces)(
  'the letters of a page weigh less than 17 kB in Arabic and 7.7 kB in English: %s',
  async (face) => {
    const weigh = async (urls: string[]) => {
      const sizes = await Promise.all(
        urls.map(async (url) => (await (await app.request(url)).arrayBuffer()).byteLength),
      )
      return sizes.reduce((sum, size) => sum + size, 0)
    }
    expect(assetUrls.fonts('ar', face)).toHaveLength(2)
    expect(await weigh(assetUrls.fonts('ar', face))).toBeLessThan(17_000)
    expect(await weigh(assetUrls.fonts('en', face))).toBeLessThan(7_700)
  },
)

describe('structured data', () => {
  test('cannot end its element or begin a comment', () => {
    const data = { '@type': 'Product', name: '</script><script>alert(1)</script><!-- & \u2028' }
    const json = safeJson(data)
    expect(json).not.toMatch(/[<>&\u2028]/u)
    expect(JSON.parse(json)).toEqual({ '@context': 'https://schema.org', ...data })
  })
})

describe('addresses', () => {
  test('of Arabic slugs are percent-encoded', () => {
    const paths = storePaths('ar', 'مكتب')
    expect(paths.product('دليل-أ')).toBe('/ar/%D9%85%D9%83%D8%AA%D8%A8/%D8%AF%D9%84%D9%8A%D9%84-%D8%A3')
    expect(decodeURI(paths.product('دليل-أ'))).toBe('/ar/مكتب/دليل-أ')
  })

  test.each([
    ['/ar/s/p?q=1', '/en/s/p?q=1'],
    ['/ar', '/en'],
    ['/ar?x', '/en?x'],
    ['/ar/ar/ar', '/en/ar/ar'],
    ['/arabic', '/arabic'],
  ])('%s is %s in English', (path, other) => {
    expect(inLanguage(path, 'en')).toBe(other)
  })
})
