import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { Env } from '../platform/http/env.ts'
import { assetPages, assetUrls } from './assets.ts'
import { safeJson } from './structured-data.ts'
import { inLanguage, storePaths } from './urls.ts'

const folder = join(import.meta.dirname, 'assets')
const tokens = readFileSync(join(folder, 'tokens.css'), 'utf8')
const site = readFileSync(join(folder, 'site.css'), 'utf8')
const app = new Hono<Env>().route('/', assetPages)

/** The colours of a theme by name: the light block is the first `:root`, the dark one follows the media query. */
function colours(theme: 'light' | 'dark'): Map<string, string> {
  const [light = '', dark = ''] = tokens.split('@media (prefers-color-scheme: dark)')
  const block = theme === 'light' ? light : dark
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  )
}

/** Source: WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    const [r = 0, g = 0, b = 0] = channels.map((c) =>
      c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

describe('the tokens', () => {
  const text: [string, string][] = ['paper', 'surface', 'sunken'].flatMap((ground) =>
    ['ink', 'muted', 'accent', 'bad'].map((ink): [string, string] => [ink, ground]),
  )
  const pairs: [string, string][] = [
    ...text,
    ['on-accent', 'accent'],
    ['on-accent', 'accent-strong'],
    ['ink', 'accent-soft'],
    ['accent', 'accent-soft'],
    ['warm', 'warm-soft'],
    ['good', 'good-soft'],
    ['bad', 'bad-soft'],
    ['ink', 'mark'],
  ]
  test.each(['light', 'dark'] as const)('have enough contrast for text in the %s theme', (theme) => {
    const known = colours(theme)
    expect(known.size).toBeGreaterThan(15)
    const poor = pairs.filter(
      ([ink, ground]) => contrast(known.get(ink) ?? '#000000', known.get(ground) ?? '#000000') < 4.5,
    )
    expect(poor).toEqual([])
  })

  test.each(['light', 'dark'] as const)(
    'have enough contrast for the edges of inputs in the %s theme',
    (theme) => {
      const known = colours(theme)
      for (const ground of ['paper', 'surface']) {
        expect(contrast(known.get('edge') ?? '', known.get(ground) ?? '')).toBeGreaterThanOrEqual(3)
      }
    },
  )

  test('are all there are of colours and are all defined', () => {
    const used = new Set([...site.matchAll(/var\(--([\w-]+)\)/g)].map(([, name]) => name))
    const defined = new Set([...tokens.matchAll(/^\s+--([\w-]+):/gm)].map(([, name]) => name))
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

  test('is served compressed, for ever, under the name of its content', async () => {
    expect(assetUrls.style).toMatch(/^\/assets\/storefront\/site\.[0-9a-f]{10}\.css$/)
    const answer = await app.request(assetUrls.style, { headers: { 'accept-encoding': 'br' } })
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect((await answer.arrayBuffer()).byteLength).toBeLessThan(5_000)
    expect((await app.request('/assets/storefront/site.0000000000.css')).status).toBe(404)
    expect((await app.request('/assets/storefront/..%2f..%2ftokens.css')).status).toBe(404)
  })
})

test('the letters of a page weigh less than 17 kB in Arabic and 7 kB in English', async () => {
  const weigh = async (urls: string[]) => {
    const sizes = await Promise.all(
      urls.map(async (url) => (await (await app.request(url)).arrayBuffer()).byteLength),
    )
    return sizes.reduce((sum, size) => sum + size, 0)
  }
  expect(assetUrls.fonts('ar')).toHaveLength(2)
  expect(await weigh(assetUrls.fonts('ar'))).toBeLessThan(17_000)
  expect(await weigh(assetUrls.fonts('en'))).toBeLessThan(7_000)
})

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
