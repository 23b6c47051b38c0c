/**
 * The dashboard in the machine's Chromium: what its first load weighs as transferred, when it can be used on a processor four
 * times slower, and how long it is between pressing the way to a screen that was visited before and seeing it.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '../test/support/browser.ts'
import { median, runBench } from './support/report.ts'
import { startServer } from './support/server.ts'
import { openShop, OWNER } from './support/shop.ts'

const ROUNDS = 5
const SLOWER = 4
const LANGUAGES = ['ar', 'en'] as const
const WAYS = [
  '/dashboard/products',
  '/dashboard/orders',
  '/dashboard/customers',
  '/dashboard/products',
] as const

await runBench(async (report) => {
  const server = await startServer('dashboard')
  await openShop(server)
  const browser = await openBrowser()
  try {
    for (const locale of LANGUAGES) {
      const bytes = await weigh(browser, server.url, locale)
      report({
        name: `dashboard ${locale}: first load, compressed`,
        value: bytes / 1000,
        unit: 'kB',
        reference: 250,
        limit: 'at most',
        note: 'page, scripts, styles, letters and answers of the overview, as transferred',
      })
      const usable: number[] = []
      for (let nth = 0; nth < ROUNDS; nth++) usable.push(await becomeUsable(browser, server.url, locale))
      report({
        name: `dashboard ${locale}: interactive, processor ${SLOWER} × slower`,
        value: median(usable) / 1000,
        unit: 's',
        reference: 1.5,
        limit: 'at most',
        note: `median of ${ROUNDS}: ${usable.map((ms) => (ms / 1000).toFixed(2)).join(', ')}`,
      })
      const moves = await move(browser, server.url, locale)
      report({
        name: `dashboard ${locale}: to a screen whose data is at hand`,
        value: median(moves),
        unit: 'ms',
        reference: 100,
        limit: 'at most',
        note: `the longest of ${moves.length}: ${Math.max(...moves).toFixed(0)} ms`,
      })
    }
  } finally {
    await browser.close()
  }
})

/** A person who signed in before, with nothing kept of earlier visits but that. */
async function signedIn(browser: Browser, url: string, locale: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale })
  const answer = await context.request.post(`${url}/api/v1/auth/sign-in`, {
    data: { email: OWNER.email, password: OWNER.password },
    headers: { origin: url },
  })
  if (!answer.ok()) throw new Error(`signing in answers ${answer.status()}`)
  return context
}

/** Bytes on the wire, heads of answers too, until nothing more is asked for. */
async function weigh(browser: Browser, url: string, locale: string): Promise<number> {
  const context = await signedIn(browser, url, locale)
  const page = await context.newPage()
  const wire = await context.newCDPSession(page)
  let bytes = 0
  await wire.send('Network.enable')
  wire.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await page.goto(`${url}/dashboard/`)
  await page.locator('main h1').first().waitFor()
  await page.waitForLoadState('networkidle')
  await context.close()
  return bytes
}

/** From asking for the page until its screen stands and the processor has nothing left to do for fifty milliseconds. */
async function becomeUsable(browser: Browser, url: string, locale: string): Promise<number> {
  const context = await signedIn(browser, url, locale)
  const page = await context.newPage()
  const wire = await context.newCDPSession(page)
  await wire.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.goto(`${url}/dashboard/`, { waitUntil: 'commit' })
  const usableAt = await page.evaluate(whenUsable)
  await context.close()
  return usableAt
}

/** Runs in the page. The clock of the page begins with its navigation. */
function whenUsable(): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('main h1') === null) return void requestAnimationFrame(look)
      rest(performance.now(), performance.now())
    }
    // Timers that come in time say that nothing else is being done.
    const rest = (standsAt: number, before: number, calm = 0) => {
      setTimeout(() => {
        const now = performance.now()
        const isBusy = now - before > 20
        if (calm >= 5) resolve(standsAt)
        else rest(isBusy ? now : standsAt, now, isBusy ? 0 : calm + 1)
      }, 10)
    }
    look()
  })
}

/** Presses the ways of the navigation, after all were visited once. */
async function move(browser: Browser, url: string, locale: string): Promise<number[]> {
  const context = await signedIn(browser, url, locale)
  const page = await context.newPage()
  await page.goto(`${url}/dashboard/`)
  for (const way of WAYS) {
    await page.locator(`.sidebar a[href="${way}"]`).click()
    await page.waitForLoadState('networkidle')
  }
  const times: number[] = []
  for (let nth = 0; nth < ROUNDS; nth++) for (const way of WAYS.slice(1)) times.push(await press(page, way))
  await context.close()
  return times
}

/** From the press until the screen's own content is painted. */
function press(page: Page, way: string): Promise<number> {
  return page.evaluate(
    (to) =>
      new Promise<number>((resolve) => {
        const began = performance.now()
        const look = () => {
          const stands = location.pathname === to && document.querySelector('main h1, main .ghost') !== null
          if (!stands || document.querySelector('main .ghost') !== null)
            return void requestAnimationFrame(look)
          // After the frame in which it stands has been drawn.
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
        }
        document.querySelector<HTMLAnchorElement>(`.sidebar a[href="${to}"]`)?.click()
        requestAnimationFrame(look)
      }),
    way,
  )
}
