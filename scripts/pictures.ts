/**
 * Takes pictures of every screen: both languages, light and dark, 390 and 1440 pixels wide, on a demo server of its own and on an
 * empty one, and the storefront in each of its themes. The dashboard's screens are those that the tests walk. Run as
 * `npm run pictures`; the pictures are in .cache/pictures, and the README's two in docs/pictures.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { DEMO_OWNER } from '../src/demo/owner.ts'
import { faces } from '../src/shared/look.ts'
import { themes as storeThemes } from '../src/shared/palette.ts'
import { openBrowser } from '../test/support/browser.ts'
import { sendAs, type Send } from '../test/e2e/fill.ts'
import { SCREENS } from '../test/e2e/screens.ts'
import { goTo, watchRequests } from '../test/e2e/walk-screens.ts'
import { startDemo, startEmpty } from './demo-server.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, '.cache/pictures')
const widths = [390, 1440] as const
const themes = ['light', 'dark'] as const
const languages = ['ar', 'en'] as const
type Look = { locale: (typeof languages)[number]; theme: (typeof themes)[number]; width: number }

const looks: readonly Look[] = languages.flatMap((locale) =>
  themes.flatMap((theme) => widths.map((width) => ({ locale, theme, width }))),
)

/** Narrow ones are phones: they have no bar to scroll with. */
function openLook(browser: Browser, { locale, theme, width }: Look): Promise<BrowserContext> {
  const viewport = { width, height: 900 }
  const isMobile = width < 600
  return browser.newContext({ viewport, colorScheme: theme, locale, isMobile, hasTouch: isMobile })
}

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
  const context = await openLook(browser, look)
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

const guests = Object.entries(SCREENS).flatMap(([address, { guest }]) => (guest === true ? [address] : []))

/** The addresses of the screens inside, each with something to show; `full` is false for a store where nothing has happened. */
async function waysInside(send: Send, full: boolean): Promise<Map<string, string>> {
  const ways = new Map<string, string>()
  for (const [address, { guest, fill }] of Object.entries(SCREENS)) {
    if (guest === true || (!full && fill !== undefined)) continue
    const filled = (await fill?.((path) => send('GET', path))) ?? {}
    const path = address.replace(/\$(\w+)/g, (_, name: string) => filled[name] ?? '')
    if (Object.values(filled).includes('')) throw new Error(`nothing fills ${address}`)
    ways.set(address, path)
  }
  return ways
}

/** What the demo leaves empty: an endpoint that is told of sales, and a file that is looked through. */
async function fillDemo(send: Send): Promise<void> {
  await send('POST', '/webhook-endpoints', { url: 'https://hooks.example.com/rafid' })
  const file =
    'Date,Description,Amount,Currency\n2026-05-03,Shop rent,-120.00,SAR\n2026-05-09,Talk,900.00,SAR\n'
  await send('POST', `/stream-imports?name=${encodeURIComponent('كشف الحساب.csv')}`, file)
}

async function pictureDashboard(page: Page, ways: ReadonlyMap<string, string>, end: string): Promise<void> {
  const stands = watchRequests(page)
  for (const [address, path] of ways) {
    await goTo(page, `/dashboard${path}`)
    await stands(address === '/design')
    const name = address === '/' ? 'overview' : address.slice(1).replace(/[/$]+/g, '-')
    await page.screenshot({ path: join(folder, `dashboard-${name}-${end}.png`), fullPage: true })
  }
}

async function pictureGuests(browser: Browser, url: string, look: Look): Promise<void> {
  const { locale, theme, width } = look
  const context = await openLook(browser, look)
  const page = await context.newPage()
  for (const address of guests)
    await take(
      page,
      `${url}/dashboard${address}`,
      `dashboard-${address.slice(1)}-${locale}-${theme}-${width}`,
    )
  await context.close()
}

async function signedIn(browser: Browser, url: string, look: Look): Promise<Page> {
  const context = await openLook(browser, look)
  const page = await context.newPage()
  await page.request.post(`${url}/api/v1/auth/sign-in`, { data: DEMO_OWNER, headers: { origin: url } })
  return page
}

/** The screens inside, in every look. */
async function pictureInside(browser: Browser, url: string, full: boolean): Promise<void> {
  const send = await sendAs(browser, url, DEMO_OWNER)
  if (full) await fillDemo(send)
  const ways = await waysInside(send, full)
  for (const look of looks) {
    const page = await signedIn(browser, url, look)
    await page.goto(`${url}/dashboard/`)
    await page.locator('main h1').first().waitFor()
    const end = `${look.locale}-${look.theme}-${look.width}`
    await pictureDashboard(page, ways, full ? end : `empty-${end}`)
    if (!full) await take(page, `${url}/${look.locale}/salma`, `store-empty-${end}`)
    await page.context().close()
  }
}

/** Front page and product page in each theme, each with another typeface. */
async function pictureThemes(browser: Browser, url: string, slug: string): Promise<void> {
  const send = await sendAs(browser, url, DEMO_OWNER)
  for (const [at, name] of storeThemes.entries()) {
    await send('PATCH', '/store', { look: { theme: name, face: faces[at] ?? 'sans', accent: null } })
    for (const look of looks) {
      const page = await signedIn(browser, url, look)
      const end = `${look.locale}-${look.theme}-${look.width}`
      await take(page, `${url}/${look.locale}/salma`, `theme-${name}-store-${end}`)
      const product = `${url}/${look.locale}/salma/${encodeURIComponent(slug)}`
      await take(page, product, `theme-${name}-product-${end}`)
      await page.context().close()
    }
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
    await pictureInside(browser, bare.url, false)
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
    await pictureInside(browser, url, true)
    for (const look of looks) {
      await pictureGuests(browser, url, look)
      await pictureStore(browser, url, { look, slug })
    }
    await pictureThemes(browser, url, slug)
  }
  await browser.close()
} finally {
  await demo.stop()
}
console.log(`Pictures are in ${folder}`)
