import { AxeBuilder } from '@axe-core/playwright'
import type { Page, Request } from 'playwright-core'
import { readCatalogue } from '../../src/platform/i18n/index.ts'
import { flattenMessages } from '../../src/shared/messages.ts'

type Locale = 'ar' | 'en'

/** The dashboard's own words in one language that are others in the other language: whole sentences, without what is put in. */
function ownWords(locale: Locale): Set<string> {
  const trees = readCatalogue(locale)
    .filter(({ area }) => area === 'dashboard' || area === 'common')
    .map(({ tree }) => tree)
  return new Set([...flattenMessages(trees).values()].filter((text) => !text.includes('{')).map(plain))
}

function plain(text: string): string {
  return text.replace(/[\u2066-\u2069\u200E\u200F]/gu, '').trim()
}

const words = { ar: ownWords('ar'), en: ownWords('en') }
/** Names and files that the test itself brought; languages and keys are named in their own letters. */
const NAMES =
  /طلب المشتري|الإعداد الأول|١٢٣|Salma|سلمى|نورة|دليل|الدليل|العربية|English|عابر|متجر|first sale|[@/]|PDF|REF|INV|API/u

/** Words of the other language in what a person reads, hears or is shown under the pointer. */
export async function strayWords(page: Page, locale: Locale): Promise<string[]> {
  const texts = await page.evaluate(() => [
    ...document.body.innerText.split('\n'),
    ...[...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((one) =>
      ['aria-label', 'title', 'placeholder'].map((name) => one.getAttribute(name) ?? ''),
    ),
    document.title.split(' · ')[0] ?? '',
  ])
  const [own, foreign] = locale === 'ar' ? [words.ar, words.en] : [words.en, words.ar]
  const lines = texts.map(plain).filter((line) => line !== '' && !NAMES.test(line))
  const unwritten = locale === 'en' ? /\p{Script=Arabic}{2}/u : /^[A-Za-z][a-z]+ [a-z]+/u
  // The program's own name for something, where people should read theirs.
  const unnamed = /^[a-z]+(?:-[a-z]+)+$/
  return [
    ...new Set(
      lines.filter(
        (line) =>
          (foreign.has(line) && !own.has(line) && line.length > 2) ||
          unwritten.test(line) ||
          unnamed.test(line),
      ),
    ),
  ]
}

/** What axe finds; what the library announces for a moment, and takes away again, is no part of the screen. */
export async function violations(page: Page): Promise<string[]> {
  // Frames that run no script answer no question: what stands in them is judged where it is a page of its own.
  await page.evaluate(() => {
    for (const frame of document.querySelectorAll('iframe[sandbox]')) frame.remove()
  })
  const { violations: found } = await new AxeBuilder({ page }).exclude('[data-live-announcer]').analyze()
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`))
}

const MOST_LOOKS = 250

/** Knows what a page still waits for, so that a screen is looked at when it stands. @throws when it never does */
export function watchRequests(page: Page): (showsGhosts?: boolean) => Promise<void> {
  const open = new Set<Request>()
  page.on('request', (asked) => asked.url().includes('/api/') && open.add(asked))
  page.on('response', (answer) => open.delete(answer.request()))
  page.on('requestfailed', (asked) => open.delete(asked))
  return async (showsGhosts = false) => {
    for (let looks = 0, quiet = 0; quiet < 3; looks += 1) {
      if (looks > MOST_LOOKS)
        throw new Error(
          `${page.url()} does not stand; it waits for ${[...open].map((one) => one.url()).join(', ')}`,
        )
      await page.waitForTimeout(25)
      const ghosts = showsGhosts ? 0 : await page.locator('.ghost').count()
      // Between two screens there may be nothing at all.
      const heads = await page.locator('h1').count()
      quiet = open.size === 0 && ghosts === 0 && heads > 0 ? quiet + 1 : 0
    }
  }
}

/** Goes to a screen inside of the open page, as a link does. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, address)
  await page.locator('main h1').first().waitFor()
}
