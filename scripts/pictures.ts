/**
 * Takes pictures of every screen: both languages, light and dark, 390 and 1440 pixels wide, on a demo server of its own, those that can be
 * empty on an empty one too, and the storefront in each of its themes. Run as
 * `npm run pictures`; the pictures are in .cache/pictures, and the README's two in docs/pictures.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { DEMO_OWNER } from '../src/demo/owner.ts'
import { faces } from '../src/shared/look.ts'
import { themes as storeThemes } from '../src/shared/palette.ts'
import { openBrowser } from '../test/support/browser.ts'
import { startDemo, startEmpty } from './demo-server.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, '.cache/pictures')
const widths = [390, 1440] as const
const themes = ['light', 'dark'] as const
const languages = ['ar', 'en'] as const
const dashboard = [
  '',
  'products',
  'orders',
  'customers',
  'messages',
  'ledger',
  'ledger/journal',
  'ledger/reports',
  'ledger/rates',
  'ledger/closing',
  'ledger/new',
  'settings',
  'settings/look',
  'settings/selling',
  'settings/payments',
  'settings/members',
  'settings/tokens',
  'settings/webhooks',
  'settings/audit',
  'settings/security',
  'settings/status',
  'settings/me',
  'design',
]

/** The screens that say something of their own while there is nothing to show. */
const empty = ['', 'products', 'orders', 'customers', 'messages', 'ledger', 'streams'] as const

type Look = { locale: (typeof languages)[number]; theme: (typeof themes)[number]; width: number }

async function take(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url)
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}

async function pictureStore(
  browser: Browser,
  url: string,
  { look, slug }: { look: Look; slug: string },
): Promise<void> {
  const { locale, theme, width } = look
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, locale })
  const page = await context.newPage()
  const store = `${url}/${locale}/salma`
  const name = (screen: string) => `${screen}-${locale}-${theme}-${width}`
  await take(page, store, name('store'))
  await take(
    page,
    `${store}?q=${encodeURIComponent(locale === 'ar' ? 'دليل' : 'guide')}`,
    name('store-search'),
  )
  await take(page, `${store}/${encodeURIComponent(slug)}`, name('product'))
  await take(page, `${store}/-/cart`, name('cart-empty'))
  await page.goto(`${store}/${encodeURIComponent(slug)}`)
  await page.locator('main form button').first().click()
  await take(page, `${store}/-/cart`, name('cart'))
  await take(page, `${store}/-/checkout`, name('checkout'))
  await page.locator('input[type=email]').fill('noura@example.com')
  await page.locator('input[name=name]').fill('نورة العتيبي')
  await page.locator('main form button').last().click()
  await take(page, page.url(), name('test-payment'))
  await page.locator('button[value=pay]').click()
  await page.waitForURL(/\/-\/orders\//)
  await sleep(800)
  await take(page, page.url(), name('order'))
  await take(page, `${store}/-/purchases`, name('purchases'))
  await take(page, `${store}/nothing-here`, name('not-found'))
  await context.close()
}

async function pictureDashboard(
  browser: Browser,
  url: string,
  { locale, theme, width }: Look,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, locale })
  const page = await context.newPage()
  await take(page, `${url}/dashboard/sign-in`, `sign-in-${locale}-${theme}-${width}`)
  await page.locator('input[type=email]').fill(DEMO_OWNER.email)
  await page.locator('input[type=password]').fill(DEMO_OWNER.password)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((address) => !address.pathname.includes('sign-in'))
  for (const screen of dashboard) {
    await take(
      page,
      `${url}/dashboard/${screen}`,
      `dashboard-${(screen || 'overview').replace('/', '-')}-${locale}-${theme}-${width}`,
    )
  }
  await context.close()
}

async function signedIn(browser: Browser, url: string, { locale, theme, width }: Look): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme, locale })
  const page = await context.newPage()
  await page.request.post(`${url}/api/v1/auth/sign-in`, { data: DEMO_OWNER, headers: { origin: url } })
  return page
}

/** The screens of a store in which nothing has happened yet. */
async function pictureEmpty(browser: Browser, url: string): Promise<void> {
  for (const locale of languages)
    for (const theme of themes)
      for (const width of widths) {
        const page = await signedIn(browser, url, { locale, theme, width })
        const end = `empty-${locale}-${theme}-${width}`
        await take(page, `${url}/${locale}/salma`, `store-${end}`)
        for (const screen of empty)
          await take(page, `${url}/dashboard/${screen}`, `dashboard-${screen || 'overview'}-${end}`)
        await page.context().close()
      }
}

/** Front page and product page in each theme, each with another typeface. */
async function pictureThemes(browser: Browser, url: string, slug: string): Promise<void> {
  for (const [at, look] of storeThemes.entries())
    for (const locale of languages)
      for (const theme of themes)
        for (const width of widths) {
          const page = await signedIn(browser, url, { locale, theme, width })
          await page.request.patch(`${url}/api/v1/store`, {
            data: { look: { theme: look, face: faces[at] ?? 'sans', accent: null } },
            headers: { origin: url },
          })
          await take(page, `${url}/${locale}/salma`, `theme-${look}-store-${locale}-${theme}-${width}`)
          const product = `${url}/${locale}/salma/${encodeURIComponent(slug)}`
          await take(page, product, `theme-${look}-product-${locale}-${theme}-${width}`)
          await page.context().close()
        }
}

async function pictureReadme(browser: Browser, url: string): Promise<void> {
  const target = join(root, 'docs/pictures')
  mkdirSync(target, { recursive: true })
  const shots = [
    { locale: 'ar', path: '/ar/salma', file: 'store-ar.jpg' },
    { locale: 'en', path: '/dashboard/', file: 'dashboard-en.jpg' },
  ]
  for (const { locale, path, file } of shots) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale })
    const page = await context.newPage()
    if (path.startsWith('/dashboard')) {
      const body = JSON.stringify({ email: DEMO_OWNER.email, password: DEMO_OWNER.password })
      await page.goto(`${url}/dashboard/sign-in`)
      await page.request.post(`${url}/api/v1/auth/sign-in`, {
        data: body,
        headers: { 'content-type': 'application/json', origin: url },
      })
    }
    await page.goto(url + path)
    await page.waitForLoadState('networkidle')
    await sleep(500)
    await page.screenshot({ path: join(target, file), type: 'jpeg', quality: 82 })
    await context.close()
  }
}

mkdirSync(folder, { recursive: true })
const whole = !process.argv.includes('--readme')
const bare = whole ? await startEmpty() : undefined
try {
  if (bare !== undefined) {
    const browser = await openBrowser()
    await pictureEmpty(browser, bare.url)
    await browser.close()
  }
} finally {
  await bare?.stop()
}
const demo = await startDemo()
const { url, slug } = demo
try {
  const browser = await openBrowser()
  await pictureReadme(browser, url)
  if (whole) {
    for (const locale of languages) {
      for (const theme of themes) {
        for (const width of widths) {
          await pictureStore(browser, url, { look: { locale, theme, width }, slug })
          await pictureDashboard(browser, url, { locale, theme, width })
        }
      }
    }
    await pictureThemes(browser, url, slug)
  }
  await browser.close()
} finally {
  await demo.stop()
}
console.log(`Pictures are in ${folder}`)
