import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareServer } from '../faults/support/server.ts'
import { openBrowser } from '../support/browser.ts'

const root = join(import.meta.dirname, '../..')
let server: Awaited<ReturnType<typeof prepareServer>>
let browser: Browser

beforeAll(async () => {
  server = await prepareServer()
  await server.start()
  const link = await readFile(join(server.dataDir, 'setup-link'), 'utf8')
  const example = [join(root, 'examples/first-sale.ts'), '--url', server.url, '--setup-link', link]
  // The books at the end are another test’s matter.
  await promisify(execFile)(process.execPath, example, { timeout: 60_000 })
  browser = await openBrowser()
}, 180_000)

afterAll(async () => {
  await browser.close()
  await server.close()
})

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}

/** Words of the other language in what a person reads, names and files of the store aside. */
async function strayWords(page: Page, locale: 'ar' | 'en'): Promise<string[]> {
  const text = await page.evaluate(() => document.body.innerText)
  const lines = text
    .split('\n')
    .filter(
      (line) =>
        !/Salma|سلمى|نورة|دليل|الدليل|العربية|English|عابر|first sale|[@/]|PDF|REF|INV|API/.test(line),
    )
  return locale === 'en'
    ? lines.filter((line) => /\p{Script=Arabic}{2}/u.test(line))
    : lines.filter((line) => /^[A-Za-z][a-z]+ [a-z]+/.test(line))
}

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

describe.each(['ar', 'en'] as const)('the dashboard in %s', (locale) => {
  test('signs in and shows every screen', async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale })
    const page = await context.newPage()
    await page.goto(`${server.url}/dashboard/`)
    await page.locator('input[type=email]').fill('salma@example.com')
    await page.locator('input[type=password]').fill('a-river-of-many-streams-27')
    expect(await violations(page)).toEqual([])
    await page.locator('button[type=submit]').click()
    await page.waitForURL((url) => !url.pathname.includes('sign-in'))
    for (const screen of ['', 'products', 'products/new', 'orders', 'messages', 'ledger', 'settings']) {
      await page.goto(`${server.url}/dashboard/${screen}`)
      await page.locator('main h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      expect(await violations(page), screen).toEqual([])
      expect(await strayWords(page, locale), screen).toEqual([])
    }
    await context.close()
  }, 120_000)
})
