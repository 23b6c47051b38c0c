/**
 * What Lighthouse says of the storefront on its mobile setting: front page and product page, in both languages, in each theme. Run as
 * `npm run lighthouse`, or `npm run lighthouse -- product-en` for those whose name has these letters; ends with status 1 if a figure is missed. Lighthouse itself is fetched by npx when it is first wanted: it
 * brings two hundred packages, which nothing else needs.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DEMO_OWNER } from '../src/demo/owner.ts'
import { themes, type Theme } from '../src/shared/palette.ts'
import { openBrowser } from '../test/support/browser.ts'
import { freePort } from '../test/support/free-port.ts'
import { startDemo } from './demo-server.ts'

const version = '13.5.0'
const run = promisify(execFile)
const folder = join(import.meta.dirname, '../.cache/lighthouse')
const least: Readonly<Record<string, number>> = {
  performance: 0.98,
  accessibility: 1,
  'best-practices': 1,
  seo: 1,
}

type Report = {
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, { score: number | null; title: string; displayValue?: string }>
}

/** Other programs on the machine cost points, and a trace may fail to begin: what is missed is measured anew, twice at most. */
async function measure(address: string, name: string, port: number): Promise<boolean> {
  for (let attempt = 1; attempt <= 3; attempt++)
    if (await measureOnce(address, attempt === 1 ? name : `${name} (${attempt})`, port).catch(() => false))
      return true
  return false
}

async function measureOnce(address: string, name: string, port: number): Promise<boolean> {
  const path = join(folder, `${name}.json`)
  await run(
    'npx',
    [
      '--yes',
      `lighthouse@${version}`,
      address,
      `--port=${port}`,
      '--output=json',
      `--output-path=${path}`,
      `--only-categories=${Object.keys(least).join()}`,
      '--quiet',
    ],
    { timeout: 180_000 },
  )
  const report = JSON.parse(readFileSync(path, 'utf8')) as Report
  const figures = Object.entries(report.categories).map(([id, { score }]) => {
    const points = Math.round((score ?? 0) * 100)
    return { id, points, isEnough: (score ?? 0) >= (least[id] ?? 1) }
  })
  console.log(`${name}: ${figures.map(({ id, points }) => `${id} ${points}`).join(', ')}`)
  const faults = Object.values(report.categories)
    .flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0))
    .map(({ id }) => report.audits[id])
    .filter((audit) => audit?.score !== null && audit !== undefined && audit.score < 0.9)
  for (const fault of faults) console.log(`  ${fault?.title ?? ''} ${fault?.displayValue ?? ''}`)
  return figures.every(({ isEnough }) => isEnough)
}

async function wear(url: string, theme: Theme): Promise<void> {
  const headers = { origin: url, 'content-type': 'application/json' }
  const signIn = await fetch(`${url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers,
    body: JSON.stringify(DEMO_OWNER),
  })
  const cookie = signIn.headers.getSetCookie().map((line) => line.split(';')[0])
  const answer = await fetch(`${url}/api/v1/store`, {
    method: 'PATCH',
    headers: { ...headers, cookie: cookie.join('; ') },
    body: JSON.stringify({ look: { theme, face: 'sans', accent: null } }),
  })
  if (!answer.ok) throw new Error(`the theme was not taken: ${answer.status}`)
}

mkdirSync(folder, { recursive: true })
const demo = await startDemo()
const port = await freePort()
const browser = await openBrowser([`--remote-debugging-port=${port}`])
let isEnough = true
try {
  for (const theme of themes) {
    await wear(demo.url, theme)
    for (const locale of ['ar', 'en'] as const) {
      const store = `${demo.url}/${locale}/salma`
      const pages = { store, product: `${store}/${encodeURIComponent(demo.slug)}` }
      for (const [page, address] of Object.entries(pages))
        if (`${page}-${locale}-${theme}`.includes(process.argv[2] ?? ''))
          isEnough = (await measure(address, `${page}-${locale}-${theme}`, port)) && isEnough
    }
  }
} finally {
  await browser.close()
  await demo.stop()
}
process.exitCode = isEnough ? 0 : 1
