import { existsSync } from 'node:fs'
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
    // A right that one process takes away, the other does not give for longer.
    const made = await ask<{ id: string; token: string }>(web(0), '/api/v1/tokens', {
      token: store.token,
      body: { name: 'For a moment', rights: ['orders:read'] },
    })
    const asked = () =>
      fetch(`${web(1).url}/api/v1/orders`, { headers: { authorization: `Bearer ${made.token}` } })
    expect((await asked()).status).toBe(200)
    await ask(web(0), `/api/v1/tokens/${made.id}`, { method: 'DELETE', token: store.token })
    const revoked = performance.now()
    while ((await asked()).status !== 401) {
      if (performance.now() - revoked > 10_000) throw new Error('the token was good for ever')
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    expect(performance.now() - revoked).toBeLessThan(STALE_MS)
  })

  test('take an upload in turns, and give the file to a buyer, from storage that all share', async () => {
    const bytes = Buffer.concat([
      Buffer.from('%PDF-1.7\n'),
      Buffer.alloc(900_000, 'رافد'),
      Buffer.from('%%EOF\n'),
    ])
    const tus = { authorization: `Bearer ${store.token}`, 'tus-resumable': '1.0.0' }
    const created = await fetch(`${web(0).url}/api/v1/uploads`, {
      method: 'POST',
      headers: {
        ...tus,
        'upload-length': String(bytes.length),
        'upload-metadata': `filename ${Buffer.from('river.pdf').toString('base64')}`,
      },
    })
    expect(created.status).toBe(201)
    const path = created.headers.get('location') ?? ''
    for (let offset = 0, nth = 0; offset < bytes.length; nth++) {
      const part = bytes.subarray(offset, offset + 400_000)
      const sent = await fetch(web(nth).url + path, {
        method: 'PATCH',
        headers: {
          ...tus,
          'upload-offset': String(offset),
          'content-type': 'application/offset+octet-stream',
        },
        body: part,
      })
      expect(sent.status).toBe(204)
      offset += part.length
    }
    const [kept] = await web(0).query<{ size: string }>(
      "SELECT size_bytes AS size FROM files WHERE name = 'river.pdf'",
    )
    expect(Number(kept?.size)).toBe(bytes.length)

    const purchase = newPurchase(10_000)
    await orderIt(web(0), store, purchase)
    await pay(web(1), purchase, { delivery: 'once' })
    await untilWhole(web(0), purchase, 'sold')
    const { order } = purchase
    const page = await fetch(
      `${web(1).url}/en/${store.slug}/-/orders/${order?.id ?? ''}?key=${order?.key ?? ''}`,
    )
    const link = /\/files\/[^"]+/.exec(await page.text())?.[0]?.replaceAll('&amp;', '&') ?? ''
    const file = await fetch(web(0).url + link)
    expect([file.status, (await file.text()).slice(0, 8)]).toEqual([200, '%PDF-1.7'])
    expect(existsSync(join(several.env['DATA_DIR'] ?? '', 'files'))).toBe(false)
  })

  test('can be backed up by a plain owner, and brought back', { timeout: 120_000 }, async () => {
    const file = join(several.env['DATA_DIR'] ?? '', 'several.tar')
    const passphrase = { BACKUP_PASSPHRASE: 'a river of many streams' }
    const made = await runCli(['backup', file], { ...several.env, ...passphrase })
    expect(made).toMatchObject({ code: 0, errors: '' })
    const owner = await several.otherDatabase('restored')
    // To a place of its own: files from storage come to a folder as well.
    const env = { DATABASE_URL: owner, DATA_DIR: join(several.env['DATA_DIR'] ?? '', '../restored') }
    expect(await runCli(['restore', file], { ...env, ...passphrase })).toMatchObject({ code: 0, errors: '' })
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
