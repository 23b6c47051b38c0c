import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareServer } from '../faults/support/server.ts'
import { openBrowser } from '../support/browser.ts'
import { startMailServer, type TestMailServer } from '../support/mail-server.ts'
import { fillScreens, fillShelf, sendAs, type Send, type Shelf } from './fill.ts'
import { SCREENS, type Ask } from './screens.ts'
import { STORE_PAGES } from './store-pages.ts'
import { goTo, strayWords, violations, watchRequests } from './walk-screens.ts'

const root = join(import.meta.dirname, '../..')
let server: Awaited<ReturnType<typeof prepareServer>>
let browser: Browser
let mails: TestMailServer
let send: Send
let shelf: Shelf
const owner = { email: 'salma@example.com', password: 'a-river-of-many-streams-27' }

beforeAll(async () => {
  mails = await startMailServer()
  server = await prepareServer({ SMTP_URL: mails.url })
  await server.start()
  const link = await readFile(join(server.dataDir, 'setup-link'), 'utf8')
  const example = [join(root, 'examples/first-sale.ts'), '--url', server.url, '--setup-link', link]
  // The books at the end are another test’s matter.
  await promisify(execFile)(process.execPath, example, { timeout: 60_000 })
  browser = await openBrowser()
  send = await sendAs(browser, server.url, owner)
  await fillScreens(send)
}, 180_000)

afterAll(async () => {
  await browser.close()
  await server.close()
  mails.close()
})

const looks = [
  { locale: 'ar', theme: 'light', width: 1440, script: true },
  { locale: 'en', theme: 'dark', width: 390, script: false },
] as const

describe.each(looks)(
  'in $locale, $theme, $width pixels wide, scripts: $script',
  ({ locale, theme, width, script }) => {
    let context: BrowserContext
    let page: Page
    const store = () => `${server.url}/${locale}/salma`

    beforeAll(async () => {
      // Without scripts there is no axe either: it is judged by a second page that has them.
      context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: theme,
        locale,
        javaScriptEnabled: script,
      })
      page = await context.newPage()
    })
    afterAll(() => context.close())

    const judge = async () => {
      const judging = script ? page : await sameWithScripts()
      expect(await violations(judging)).toEqual([])
      expect(await strayWords(judging, locale)).toEqual([])
      if (!script) await judging.context().close()
    }
    const sameWithScripts = async () => {
      const twin = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: theme,
        locale,
        storageState: await context.storageState(),
      })
      const judging = await twin.newPage()
      await judging.goto(page.url())
      return judging
    }

    test('a stranger finds, pays and has the product', async () => {
      await page.goto(store())
      await judge()
      await page.locator('main a[href*="/salma/"]').first().click()
      await judge()
      await page.locator('main form button').first().click()
      await page.waitForURL(/\/-\/cart/)
      await judge()
      await page.locator('a[href*="/-/checkout"], form[action*="/-/checkout"] button').first().click()
      await page.waitForURL(/\/-\/checkout/)
      await judge()
      await page.locator('input[type=email]').fill('noura@example.com')
      await page.locator('input[name=name]').fill('نورة')
      await page.locator('main form button').last().click()
      await page.waitForURL(/\/pay\/test\//)
      await judge()
      await page.locator('button[value=pay]').click()
      await page.waitForURL(/\/-\/orders\//)
      await expect
        .poll(
          async () => {
            await page.reload()
            return page.locator('a[href^="/files/"]').count()
          },
          { timeout: 15_000, interval: 300 },
        )
        .toBe(1)
      await judge()
      const file = await context.request.get(
        server.url + (await page.locator('a[href^="/files/"]').getAttribute('href')),
      )
      expect(file.status()).toBe(200)
      expect((await file.body()).subarray(0, 5).toString()).toBe('%PDF-')
    }, 90_000)

    test('the other pages of the store', async () => {
      for (const path of [
        '/-/cart',
        '/-/purchases',
        '/nothing-here',
        `?q=${encodeURIComponent('دليل')}`,
        '?q=zzzz',
      ]) {
        await page.goto(store() + path)
        await judge()
      }
    }, 60_000)
  },
)

/** Each language in one theme: what a theme makes hard to read is so in both languages. */
const walks = [
  { locale: 'ar', theme: 'light' },
  { locale: 'en', theme: 'dark' },
] as const

describe.each(walks)('every screen of the dashboard in $locale', ({ locale, theme }) => {
  let page: Page
  let settled: ReturnType<typeof watchRequests>
  const ask: Ask = async (path) =>
    (await page.request.get(`${server.url}/api/v1${path}`)).json() as Promise<never>

  beforeAll(async () => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      colorScheme: theme,
      locale,
    })
    page = await context.newPage()
    settled = watchRequests(page)
  })
  afterAll(() => page.context().close())

  const look = async (way: (typeof SCREENS)[string]) => {
    // The page of components shows what waits, too.
    await settled(way.bilingual)
    const faults = await violations(page)
    return way.bilingual === true ? faults : [...faults, ...(await strayWords(page, locale))]
  }
  /** A fault counts that is still there at a second look: the first may have come between two screens. */
  const judge = async (address: string, way: (typeof SCREENS)[string]) => {
    const once = await look(way)
    const faults = once.length === 0 ? [] : await look(way)
    return faults.map((fault) => `${address}: ${fault}`)
  }

  test('those for guests', { timeout: 90_000 }, async () => {
    const faults: string[] = []
    for (const [address, way] of Object.entries(SCREENS).filter(([, { guest }]) => guest === true)) {
      await page.goto(`${server.url}/dashboard${address}`)
      await page.locator('main').first().waitFor()
      faults.push(...(await judge(address, way)))
    }
    expect(faults).toEqual([])
  })

  test('those inside', { timeout: 600_000 }, async () => {
    await page.goto(`${server.url}/dashboard/sign-in`)
    await page.locator('input[type=email]').fill(owner.email)
    await page.locator('input[type=password]').fill(owner.password)
    await page.locator('button[type=submit]').click()
    await page.waitForURL((url) => !url.pathname.includes('sign-in'))
    await page.locator('main h1').first().waitFor()
    const faults: string[] = []
    for (const [address, way] of Object.entries(SCREENS).filter(([, { guest }]) => guest !== true)) {
      const filled = (await way.fill?.(ask)) ?? {}
      const path = address.replace(/\$(\w+)/g, (_, name: string) => filled[name] ?? '')
      if (Object.values(filled).includes('')) {
        faults.push(`${address}: there is nothing to fill it with`)
        continue
      }
      await goTo(page, `/dashboard${path}`)
      faults.push(...(await judge(address, way)))
    }
    expect(faults).toEqual([])
  })
})

describe('the store with all that is hard on a page', () => {
  beforeAll(async () => {
    shelf = await fillShelf(send)
  }, 90_000)

  test.each(['ar', 'en'] as const)(
    'is whole without scripts in %s, with what was bought',
    async (locale) => {
      const other = locale === 'ar' ? 'en' : 'ar'
      const site = { home: `${server.url}/${locale}/salma`, shelf }
      const context = await browser.newContext({ locale, javaScriptEnabled: false })
      const page = await context.newPage()
      const faults: string[] = []
      let order = ''
      for (const [name, open] of Object.entries(STORE_PAGES)) {
        await open(page, site)
        await page.locator('main h1').waitFor()
        faults.push(...(await strayWords(page, locale)).map((words) => `${name}: ${words}`))
        if (name === 'paid order') order = page.url()
      }
      expect(faults).toEqual([])

      // The other language is the same page of the same visit.
      await page.goto(order)
      await page.locator(`header a[hreflang=${other}]`).click()
      await page.waitForURL(order.replace(`/${locale}/`, `/${other}/`))
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('a[href^="/files/"]').first().click(),
      ])
      expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('%PDF-')

      await page.goto(`${site.home}/-/purchases`)
      const ask = async (address: string) => {
        await page.locator('input[type=email]').fill(address)
        await page.locator('main form button').click()
      }
      await ask('noura@')
      expect(await page.locator('input[type=email]').getAttribute('aria-invalid')).toBe('true')
      mails.received.splice(0)
      await ask('noura@example.com')
      await page.waitForURL(/sent=1/)
      const mailed = () => mails.received.map(({ text }) => entrance(text)).find(Boolean) ?? ''
      await expect.poll(mailed, { timeout: 15_000 }).not.toBe('')
      const link = mailed()
      await page.goto(link)
      await page.locator('main form button').click()
      await page.locator(`main a[href*="${new URL(order).pathname}"]`).click()
      await page.locator('a[href^="/files/"]').first().waitFor()
      await page.goto(`${site.home}/-/purchases`)
      await page.locator('main form button').click()
      await page.goto(link)
      await page.locator('main form button').click()
      expect(await page.locator('main a.button').getAttribute('href')).toContain('/-/purchases')
      await context.close()
    },
    240_000,
  )

  // The plain theme is judged above. The accents are the worst that a seller can choose for these grounds.
  test.each([
    { theme: 'gallery', face: 'round', accent: '#ffff00', locale: 'ar', width: 1440 },
    { theme: 'folio', face: 'naskh', accent: '#808080', locale: 'en', width: 390 },
  ] as const)(
    'can be read in $theme with $accent, light and dark',
    async (look) => {
      const { theme, face, accent, locale, width } = look
      await send('PATCH', '/store', { look: { theme, face, accent } })
      const site = { home: `${server.url}/${locale}/salma`, shelf }
      const context = await browser.newContext({ locale, viewport: { width, height: 900 } })
      const page = await context.newPage()
      const faults: string[] = []
      const judged = ['store', 'product with a price that is too low', 'checkout with errors']
      for (const name of [...judged.slice(0, 2), 'cart', 'checkout', ...judged.slice(2)]) {
        await STORE_PAGES[name]?.(page, site)
        if (!judged.includes(name)) continue
        for (const colorScheme of ['light', 'dark'] as const) {
          // Colours do not pass into one another while they are judged.
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
          faults.push(...(await violations(page)).map((fault) => `${name}, ${colorScheme}: ${fault}`))
        }
      }
      await context.close()
      expect(faults).toEqual([])
    },
    240_000,
  )
})

/** The mailed way to the purchases. */
function entrance(text: string | undefined): string | undefined {
  return /https?:\/\/\S+\/-\/purchases\/enter\?token=[\w.%-]+/.exec(text ?? '')?.[0]
}
