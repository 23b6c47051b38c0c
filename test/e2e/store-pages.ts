import type { Page } from 'playwright-core'
import type { Shelf } from './fill.ts'

/** A store in one language, by its address, and what it sells. */
export type StoreSite = { home: string; shelf: Shelf }

type Open = (page: Page, site: StoreSite) => Promise<unknown>

const product =
  (which: keyof Shelf, more = ''): Open =>
  (page, { home, shelf }) =>
    page.goto(`${home}/${encodeURIComponent(shelf[which])}${more}`)

const fillCart: Open = async (page, site) => {
  for (const which of ['free', 'long'] as const) {
    await product(which)(page, site)
    await page.locator('main form button').first().click()
    await page.waitForURL(/\/-\/cart/)
  }
}

/** Every page of a store that anybody meets, in the order of a visit: each opens itself, some by a form of the one before. */
export const STORE_PAGES: Readonly<Record<string, Open>> = {
  store: (page, { home }) => page.goto(home),
  search: (page, { home }) => page.goto(`${home}?q=${encodeURIComponent('دليل')}`),
  'search without a hit': (page, { home }) => page.goto(`${home}?q=zzzz`),
  'product with a long name and a price to choose': product('long'),
  'product with a price that is too low': product('long', '?problem=amount-low&price=1'),
  'free product': product('free'),
  'product that is sold out': product('soldOut'),
  'empty cart': (page, { home }) => page.goto(`${home}/-/cart`),
  cart: fillCart,
  'cart with a wrong quantity': async (page) => {
    const quantity = page.locator('.qty').first()
    await quantity.fill('0')
    // Where scripts run, leaving the field sends it, and there is no button for it.
    const update = page.locator('.item-form .without-script').first()
    await ((await update.isVisible()) ? update.click() : quantity.blur())
    await page.waitForURL(/problem=/)
  },
  checkout: (page, { home }) => page.goto(`${home}/-/checkout`),
  'checkout with errors': async (page) => {
    await page.locator('input[type=email]').fill('noura@')
    await Promise.all([page.waitForEvent('load'), page.locator('form.checkout button').click()])
  },
  'test payment': async (page) => {
    await page.locator('input[type=email]').fill('noura@example.com')
    await page.locator('input[name=name]').fill('نورة')
    await page.locator('form.checkout button').click()
    await page.waitForURL(/\/pay\/test\//)
  },
  'declined order': async (page) => {
    await page.locator('button[value=decline]').click()
    await page.waitForURL(/\/-\/orders\//)
  },
  'paid order': async (page) => {
    await page.locator('.state button').click()
    await page.waitForURL(/\/pay\/test\//)
    await page.locator('button[value=pay]').click()
    await page.waitForURL(/\/-\/orders\//)
    await page.locator('a[href^="/files/"]').first().waitFor()
  },
  purchases: (page, { home }) => page.goto(`${home}/-/purchases`),
  'refund policy': (page, { home }) => page.goto(`${home}/-/refund-policy`),
  'nothing there': (page, { home }) => page.goto(`${home}/nothing-here`),
  'wrong order': (page, { home }) =>
    page.goto(`${home}/-/orders/01900000-0000-7000-8000-000000000000?key=no`),
}
