import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareServer } from '../faults/support/server.ts'
import { openBrowser } from '../support/browser.ts'
import { named, press, reach, textsOf, type, waitMs, type Locale, type Say } from './keyboard.ts'
import { enterInTenSeconds } from './river.ts'

type Server = Awaited<ReturnType<typeof prepareServer>>

const pdf = Buffer.from('%PDF-1.7\n%%EOF\n')
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
}, 60_000)

afterAll(() => browser.close())

describe.each(['ar', 'en'] as const)('a journey by keyboard alone, begun in %s', (locale) => {
  const other: Locale = locale === 'ar' ? 'en' : 'ar'
  let server: Server
  let context: BrowserContext
  let page: Page
  let say: Say
  let sayOther: Say
  let order = ''

  beforeAll(async () => {
    server = await prepareServer()
    await server.start()
    say = await textsOf(locale)
    sayOther = await textsOf(other)
    context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 } })
    page = await context.newPage()
    page.setDefaultTimeout(waitMs)
  }, 180_000)

  afterAll(() => server.close())

  test('sets up a store, writes a product and publishes it', async () => {
    await page.goto((await readFile(join(server.dataDir, 'setup-link'), 'utf8')).trim())
    await type(page, page.locator('input[autocomplete=name]'), 'سلمى')
    await type(page, page.locator('input[type=email]'), 'salma@example.com')
    await type(page, page.locator('input[type=password]'), 'a-river-of-many-streams-27')
    await type(page, page.locator('input[lang=ar]'), 'مكتب سلمى')
    await press(page, named(page, 'button', say('dashboard.setup.submit')))
    await page.waitForURL(/\/dashboard\/?$/)
    await press(page, named(page, 'link', say('dashboard.nav.products')))
    await press(
      page,
      named(page, 'link', new RegExp(`${say('dashboard.products.new')}|${say('dashboard.products.first')}`)),
    )
    await type(page, page.locator('form input').first(), 'دليل البداية')
    await press(page, named(page, 'button', say('dashboard.products.create')))
    await page.waitForURL(/\/products\/[0-9a-f-]{36}/)
    await press(page, named(page, 'link', say('dashboard.products.lacks.price')))
    await type(page, page.locator('[role=tabpanel] input[inputmode=decimal]').first(), '45')
    await press(page, named(page, 'button', say('common.action.save')))
    await page.getByText(say('dashboard.products.has.price')).waitFor()
    await press(page, named(page, 'link', say('dashboard.products.lacks.files')))
    await reach(page, page.locator('.dropzone button.button'))
    // A browser opens its window only right after the key: on a busy machine a second one may be wanted.
    const open = async () => {
      const asked = page.waitForEvent('filechooser', { timeout: 5_000 })
      await page.keyboard.press('Enter')
      return asked
    }
    const chooser = await open().catch(open)
    await chooser.setFiles({ name: 'guide.pdf', mimeType: 'application/pdf', buffer: pdf })
    await page.getByText(say('dashboard.products.has.files')).waitFor()
    await press(page, named(page, 'button', say('dashboard.products.publish')))
    await named(page, 'link', say('dashboard.products.public-page')).waitFor()
  }, 90_000)

  test('keeps what was typed while the language changes and while the network is away', async () => {
    await page.goto(page.url().replace(/\?.*/, '?tab=words'))
    const summary = page.locator('[role=tabpanel] textarea').first()
    await type(page, summary, 'خطوة بخطوة')
    await press(page, named(page, 'button', sayOther(`common.language.${other}`)))
    await named(page, 'button', sayOther('common.action.save')).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe(other)
    expect(await summary.inputValue()).toBe('خطوة بخطوة')
    await context.setOffline(true)
    await press(page, named(page, 'button', sayOther('common.action.save')))
    expect(await summary.inputValue()).toBe('خطوة بخطوة')
    await context.setOffline(false)
    // It is saved by itself once the network is back.
    await named(page, 'button', sayOther('common.action.save')).waitFor({ state: 'detached' })
    await page.reload()
    await expect.poll(() => summary.inputValue(), { timeout: waitMs }).toBe('خطوة بخطوة')
    await press(page, named(page, 'button', say(`common.language.${locale}`)))
    await named(page, 'link', say('dashboard.nav.products')).waitFor()
  }, 60_000)

  test('tells the tab that saves second what the first one saved, and loses nothing of either', async () => {
    const [first, second] = [page, await context.newPage()]
    second.setDefaultTimeout(waitMs)
    await second.goto(first.url())
    const field = (tab: Page, nth: number) => tab.locator('[role=tabpanel] textarea[lang=ar]').nth(nth)
    const save = (tab: Page) => named(tab, 'button', say('common.action.save'))
    const isSaved = (tab: Page) => save(tab).waitFor({ state: 'detached' })
    const told = second.getByRole('alert').filter({ hasText: say('dashboard.conflict.title') })
    await field(second, 0).fill('من الثانية')
    await field(second, 1).fill('فصل لكل أسبوع')
    await field(first, 0).fill('من الأولى')
    await save(first).click()
    await isSaved(first)
    await save(second).click()
    await told.getByText('من الأولى').waitFor()
    await told.getByText('من الثانية').waitFor()
    expect(await told.evaluate((alert) => alert.parentElement === document.activeElement)).toBe(true)
    // The browser falls over: what the second tab typed is there again, whatever the first has saved.
    await second.reload()
    await told.getByText('من الثانية').waitFor()
    await named(second, 'button', say('dashboard.conflict.keep-mine')).click()
    await save(second).click()
    await isSaved(second)
    await first.reload()
    await expect.poll(() => field(first, 0).inputValue(), { timeout: waitMs }).toBe('من الثانية')

    const lost = (route: Route) => route.abort('internetdisconnected')
    await second.route('**/api/**', lost)
    await field(second, 0).fill('بلا شبكة')
    await field(second, 1).fill('فصلان كل أسبوع')
    await save(second).click()
    await second.getByText(say('dashboard.unsaved.waiting')).waitFor()
    await field(first, 0).fill('وفي هذه الأثناء')
    await save(first).click()
    await isSaved(first)
    await second.unroute('**/api/**', lost)
    // Once it is back, the save goes on by itself, and stops where somebody has to choose.
    await named(second, 'button', say('dashboard.conflict.take-theirs')).click()
    expect(await field(second, 0).inputValue()).toBe('وفي هذه الأثناء')
    await save(second).click()
    await isSaved(second)
    await first.reload()
    await expect.poll(() => field(first, 1).inputValue(), { timeout: waitMs }).toBe('فصلان كل أسبوع')
    expect(await field(first, 0).inputValue()).toBe('وفي هذه الأثناء')
    await second.close()
  }, 60_000)

  test('buys as a stranger who changes the language at the cart', async () => {
    const buying = await browser.newContext({ locale, viewport: { width: 390, height: 800 } })
    const shop = await buying.newPage()
    shop.setDefaultTimeout(waitMs)
    await shop.goto(server.url)
    await shop.waitForURL(new RegExp(`/${locale}/`))
    await press(shop, shop.locator('main .card a').first())
    await press(shop, shop.locator('main form button').first())
    await shop.waitForURL(/\/-\/cart/)
    await press(shop, shop.locator(`header a[hreflang=${other}]`))
    await shop.waitForURL(new RegExp(`/${other}/.*/-/cart`))
    expect(await shop.locator('main .item').count()).toBe(1)
    await press(shop, named(shop, 'link', sayOther('storefront.cart.checkout')))
    await type(shop, shop.locator('input[type=email]'), 'noura@example.com')
    await type(shop, shop.locator('input[name=name]'), 'نورة')
    await press(shop, shop.locator('main form button').last())
    await shop.waitForURL(/\/pay\/test\//)
    await press(shop, shop.locator('button[value=pay]'))
    await shop.waitForURL(new RegExp(`/${other}/.*/-/orders/`))
    const link = shop.locator('a[href^="/files/"]')
    await link.waitFor()
    expect(await shop.locator('html').getAttribute('dir')).toBe(other === 'ar' ? 'rtl' : 'ltr')
    const file = await buying.request.get(server.url + (await link.getAttribute('href')))
    expect((await file.body()).equals(pdf)).toBe(true)
    order = /orders\/([0-9a-f-]{36})/.exec(shop.url())?.[1] ?? ''
    await buying.close()
  }, 60_000)

  test('gives the money back', async () => {
    await press(page, named(page, 'link', say('dashboard.nav.orders')))
    await press(page, page.locator(`a[href*="${order}"]`).first())
    await press(page, named(page, 'button', say('dashboard.orders.refund')))
    await press(page, page.getByRole('dialog').getByRole('button').last())
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByText(say('dashboard.orders.state.refunded')).first().waitFor()
    // The focus comes back to the screen that the dialog stood on.
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') ?? null)).toBeNull()
  }, 60_000)

  test('enters an income in ten seconds', () => enterInTenSeconds(page, say), 60_000)
})
