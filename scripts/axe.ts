/**
 * Looks with axe at every page of the storefront in each of its themes, and at every screen of the dashboard: both languages, light
 * and dark, 390 and 1440 pixels wide, on a demo server of its own to which is added what is hard on a page. Run as `npm run axe`;
 * `npm run axe -- store` or `-- dashboard` looks at one half. Ends with status 1 if anything is found.
 */
import type { Browser, Page } from 'playwright-core'
import { DEMO_OWNER } from '../src/demo/owner.ts'
import { faces } from '../src/shared/look.ts'
import { themes } from '../src/shared/palette.ts'
import { openBrowser } from '../test/support/browser.ts'
import { fillScreens, fillShelf, sendAs, type Send, type Shelf } from '../test/e2e/fill.ts'
import { SCREENS } from '../test/e2e/screens.ts'
import { STORE_PAGES } from '../test/e2e/store-pages.ts'
import { goTo, violations, watchRequests } from '../test/e2e/walk-screens.ts'
import { startDemo } from './demo-server.ts'

/** Those that are hardest to read on the themes' grounds; none is the theme's own. */
const accents = [null, '#ffff00', '#808080', '#ff0000'] as const
const languages = ['ar', 'en'] as const
let looks = 0
const found = new Set<string>()

/** The page as it stands, in both lights and at both widths. */
async function judge(page: Page, name: string): Promise<void> {
  for (const width of [390, 1440])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      looks += 1
      // A fault counts that is still there at a second look: a screen may be between two widths.
      const once = await violations(page)
      for (const fault of once.length === 0 ? [] : await violations(page)) {
        const said = `${name}, ${colorScheme}, ${width}: ${fault}`
        if (!found.has(said)) console.log(said)
        found.add(said)
      }
    }
}

async function judgeStore(browser: Browser, url: string, { send, shelf }: { send: Send; shelf: Shelf }) {
  for (const [at, theme] of themes.entries())
    for (const locale of languages) {
      // Another face and accent for each, so that each is seen with some theme in both languages.
      const accent = accents[locale === 'ar' ? at : at + 1] ?? null
      await send('PATCH', '/store', { look: { theme, face: faces[at] ?? 'sans', accent } })
      const context = await browser.newContext({ locale })
      const page = await context.newPage()
      for (const [name, open] of Object.entries(STORE_PAGES)) {
        await open(page, { home: `${url}/${locale}/salma`, shelf })
        await judge(page, `${theme} ${accent ?? ''} ${locale} ${name}`)
      }
      await context.close()
      console.log(`${theme} ${accent ?? ''} ${locale}: seen`)
    }
}

async function judgeDashboard(browser: Browser, url: string, send: Send) {
  for (const locale of languages) {
    const context = await browser.newContext({ locale })
    const page = await context.newPage()
    const settled = watchRequests(page)
    await context.request.post(`${url}/api/v1/auth/sign-in`, { data: DEMO_OWNER, headers: { origin: url } })
    await page.goto(`${url}/dashboard`)
    await page.locator('main h1').first().waitFor()
    for (const [address, { guest, bilingual, fill }] of Object.entries(SCREENS)) {
      const filled = (await fill?.((path) => send('GET', path))) ?? {}
      const path = address.replace(/\$(\w+)/g, (_, name: string) => filled[name] ?? '')
      if (guest === true) await page.goto(`${url}/dashboard${path}`)
      else await goTo(page, `/dashboard${path}`)
      await settled(bilingual)
      await judge(page, `dashboard ${locale} ${address}`)
    }
    await context.close()
    console.log(`dashboard ${locale}: seen`)
  }
}

const only = process.argv[2]
const demo = await startDemo()
const browser = await openBrowser()
try {
  const send = await sendAs(browser, demo.url, DEMO_OWNER)
  if (only !== 'dashboard') await judgeStore(browser, demo.url, { send, shelf: await fillShelf(send, 'SAR') })
  if (only !== 'store') {
    await fillScreens(send)
    await judgeDashboard(browser, demo.url, send)
  }
} finally {
  await browser.close()
  await demo.stop()
}
console.log(`${looks} looks, ${found.size} faults`)
process.exitCode = found.size === 0 ? 0 : 1
