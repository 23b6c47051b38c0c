import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { query, startPostgres, stopAll } from '../scale/several.ts'
import { freePort } from '../support/free-port.ts'
import { startMailServer } from '../support/mail-server.ts'
import { canSetClocks, clockFrom, setClock } from './support/fake-time.ts'
import { prepareServer } from './support/server.ts'
import { ask, comeBack, newPurchase, openStore, orderIt, pay, type Purchase } from './support/shopper.ts'
import { untilWhole, wrongBooks } from './support/walk.ts'

const HOUR_SECONDS = 3_600
const PATIENCE_MS = 60_000
const folder = mkdtempSync(join(tmpdir(), 'rafid-c'))
const clock = join(folder, 'clock')
afterAll(() => stopAll(folder))

async function until(what: string, done: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  while (!(await done())) {
    if (performance.now() > deadline) throw new Error(`in vain: ${what}`)
    await sleep(100)
  }
}

test.skipIf(!canSetClocks())(
  'a clock that jumps an hour ahead, and an hour back, for the program and its database stops no work and does none twice',
  { timeout: 240_000 },
  async () => {
    chmodSync(folder, 0o755)
    setClock(clock, 0)
    const jumping = clockFrom(clock)
    const port = await freePort()
    await startPostgres(folder, port, jumping)
    const at = (user: string) => `postgres://${user}@127.0.0.1:${port}/rafid`
    const mails = await startMailServer()
    const server = await prepareServer({
      ...jumping,
      DATABASE_URL: at('rafid_app'),
      DATABASE_OWNER_URL: at('rafid'),
      SMTP_URL: mails.url,
      MAIL_FROM: 'store@example.com',
    })
    const asked = {
      ...server,
      query: <Row extends object>(text: string, values?: unknown[]) => query<Row>(at('admin'), text, values),
    }
    const bought: Purchase[] = []
    try {
      await server.start()
      const store = await openStore(asked, 1_000)
      const cookie = await signIn(server.url)
      const buyOne = async () => {
        const purchase = newPurchase(bought.length)
        await orderIt(asked, store, purchase)
        await pay(asked, purchase, { delivery: 'once' })
        await comeBack(purchase)
        await untilWhole(asked, purchase, 'sold')
        bought.push(purchase)
      }
      const pages = async () => {
        const session = await fetch(`${server.url}/api/v1/auth/session`, { headers: { cookie } })
        const { order } = bought[0] ?? {}
        const page = await fetch(
          `${server.url}/en/${store.slug}/-/orders/${order?.id ?? ''}?key=${order?.key ?? ''}`,
        )
        const file = /\/files\/[^"]+/.exec(await page.text())?.[0]?.replaceAll('&amp;', '&') ?? ''
        return [session.status, page.status, (await fetch(server.url + file)).status]
      }
      await buyOne()
      const receipts = () => mails.received.filter(({ to }) => JSON.stringify(to).includes('buyer-')).length
      await until('the first receipt', () => Promise.resolve(receipts() === 1))
      for (const [offset, words] of [
        [HOUR_SECONDS, 'was set ahead by 3,6'],
        [-HOUR_SECONDS, 'was set back by 3,6'],
      ] as const) {
        // What waits when the clock is set is not to wait for as long again.
        setClock(clock, offset)
        await until(`${offset} in the database`, async () => {
          const [row] = await asked.query<{ off: number }>('SELECT extract(epoch FROM now())::float8 AS off')
          return Math.abs((row?.off ?? 0) - Date.now() / 1_000 - offset) < 2
        })
        await until(`${offset} on /readyz`, async () => {
          const headers = { 'accept-language': 'en' }
          const answer = await fetch(`${server.url}/readyz`, { headers })
          const { reasons } = (await answer.json()) as { reasons: { check: string; says: string }[] }
          return (
            answer.ok && reasons.some(({ check, says }) => check === 'clock-jump' && says.includes(words))
          )
        })
        const shown = await ask<{ findings: { check: string; state: string }[] }>(
          asked,
          '/api/v1/status',
          store,
        )
        expect(shown.findings).toContainEqual(expect.objectContaining({ check: 'clock-jump', state: 'poor' }))
        await until('the queue follows', async () => {
          const late = await asked.query(
            `SELECT FROM pgboss.version WHERE cron_on > now() UNION ALL
             SELECT FROM pgboss.job WHERE state < 'active' AND start_after > now() + interval '10 minutes'`,
          )
          return late.length === 0
        })
        await buyOne()
        expect(await pages()).toEqual([200, 200, 200])
      }
      await until('all receipts', () => Promise.resolve(receipts() >= bought.length))
      for (const { email } of bought) {
        await untilWhole(asked, { email }, 'sold')
        const own = mails.received.filter(({ to }) => JSON.stringify(to).includes(email))
        expect(own.map(({ subject }) => subject)).toHaveLength(1)
      }
      // The order in which the books were written is that of their times, whatever the clock said.
      const [turned] = await asked.query<{ back: number; ahead: number }>(
        `SELECT count(*) FILTER (WHERE recorded < before)::int AS back, count(*) FILTER (WHERE recorded > now())::int AS ahead
         FROM (SELECT e.recorded_at AS recorded,
           lag(e.recorded_at) OVER (PARTITION BY p.account ORDER BY p.chapter, p.place) AS before
           FROM ledger_postings p JOIN ledger_entries e ON e.id = p.entry_id) versions`,
      )
      expect(turned?.back).toBe(0)
      expect(turned?.ahead).toBeGreaterThan(0)
      expect((await wrongBooks(asked)).filter(({ name }) => name !== 'reserved copies')).toEqual([])
    } finally {
      await server.close()
      mails.close()
    }
  },
)

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: 'salma@example.com', password: 'a-river-of-many-streams-27' }),
  })
  expect(answer.status).toBe(200)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
