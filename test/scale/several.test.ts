import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../faults/support/cli.ts'
import { ask, comeBack, newPurchase, openStore, orderIt, pay, type Store } from '../faults/support/shopper.ts'
import { untilWhole, wrongBooks } from '../faults/support/walk.ts'
import { startSeveral, whyNot, type Several } from './several.ts'

const PURCHASES = 40
const CLIENTS = 6
/** A page may be a second old; the rest is the way there and back on a busy machine. */
const STALE_MS = 1_500

const reason = whyNot()
if (reason !== undefined) console.warn(`Skipped: several processes behind PgBouncer, because ${reason}.`)

let several: Several
let started: Several | undefined
let store: Store
const web = (nth: number) => several.webs[nth % 2] ?? several.webs[0] ?? raise()
const raise = (): never => {
  throw new Error('there is no web process')
}

describe.skipIf(reason !== undefined)('two web processes and one for jobs behind PgBouncer', () => {
  beforeAll(async () => {
    several = started = await startSeveral()
    store = await openStore(web(0), 10_000)
  }, 180_000)
  afterAll(() => started?.close(), 60_000)

  test('sell once what is bought once, whichever process is asked', { timeout: 180_000 }, async () => {
    let nth = 0
    const bought: string[] = []
    const shop = async () => {
      while (nth < PURCHASES) {
        const purchase = newPurchase(nth++)
        await orderIt(web(nth), store, purchase)
        await pay(web(nth + 1), purchase, { delivery: 'twice' })
        // The buyer's return and the provider's two messages meet in different processes.
        await Promise.all([
          comeBack(purchase),
          comeBack({ ...purchase, returnUrl: purchase.returnUrl?.replace(web(0).url, web(1).url) }),
        ])
        bought.push(purchase.email)
      }
    }
    await Promise.all(Array.from({ length: CLIENTS }, shop))
    for (const email of bought) await untilWhole(web(0), { email }, 'sold')
    expect(bought.length).toBeGreaterThanOrEqual(PURCHASES)
    expect(await wrongBooks(web(0))).toEqual([])
    const [count] = await web(0).query<{ rights: number }>('SELECT count(*)::int AS rights FROM entitlements')
    expect(count?.rights).toBe(bought.length)
  })

  test('show a change within a second, on pages and in rights', { timeout: 60_000 }, async () => {
    const page = async () => (await fetch(`${web(1).url}/en/${store.slug}`)).text()
    await page()
    const tagline = `Changed at ${Date.now()}`
    await ask(web(0), '/api/v1/store', {
      method: 'PATCH',
      token: store.token,
      body: { tagline: { ar: tagline, en: tagline } },
    })
    const began = performance.now()
    while (!(await page()).includes(tagline)) {
      if (performance.now() - began > 10_000) throw new Error('the page never changed')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(performance.now() - began).toBeLessThan(STALE_MS)
  })

  test('can be backed up by a plain owner, and brought back', { timeout: 120_000 }, async () => {
    const file = join(several.env['DATA_DIR'] ?? '', 'several.tar')
    const made = await runCli(['backup', file, '--without-secrets'], several.env)
    expect(made).toMatchObject({ code: 0, errors: '' })
    const owner = await several.otherDatabase('restored')
    const env = { DATABASE_URL: owner, DATA_DIR: join(several.env['DATA_DIR'] ?? '', '../restored') }
    expect(await runCli(['restore', file], env)).toMatchObject({ code: 0, errors: '' })
    expect(await runCli(['verify', '--files'], env)).toMatchObject({ code: 0, errors: '' })
  })

  test('a single login, whose role the pooler drops, is found', async () => {
    const { DATABASE_URL = '', DATABASE_OWNER_URL: _apart, ...env } = several.env
    const good = await runCli(['doctor'], several.env)
    expect(good.output).toContain('The role rafid_app can neither change the books')
    const found = await runCli(['doctor'], {
      ...env,
      DATABASE_URL: DATABASE_URL.replace('rafid_app', 'rafid'),
    })
    expect(found.code).toBe(1)
    expect(found.output).toContain('The role rafid could change the books')
  })
})
