import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareServer, type FaultyServer } from './support/server.ts'
import { ask, comeBack, newPurchase, openStore, orderIt, pay, refund, type Store } from './support/shopper.ts'
import { untilWhole } from './support/walk.ts'

let server: FaultyServer & { close(): Promise<void> }
let store: Store
let link: string

beforeAll(async () => {
  // All that it can say, and a mail server that refuses, so that failures are logged too.
  server = await prepareServer({ LOG_LEVEL: 'trace', SMTP_URL: 'smtp://operator:mail-password@127.0.0.1:1' })
  await server.start()
  link = readFileSync(join(server.dataDir, 'setup-link'), 'utf8').trim().split('#')[1] ?? ''
  store = await openStore(server, 10)
}, 120_000)
afterAll(() => server.close())

test(
  'a purchase, a refund and a sign-in leave ids in the log, and nothing of the people',
  { timeout: 120_000 },
  async () => {
    const purchase = newPurchase(1)
    await orderIt(server, store, purchase)
    await pay(server, purchase, { delivery: 'once' })
    await comeBack(purchase)
    await untilWhole(server, purchase, 'sold')
    await refund(server, store, purchase)
    await untilWhole(server, purchase, 'returned')
    const password = 'a-river-of-many-streams-27'
    const credentials = { email: 'salma@example.com', password }
    const headers = { origin: server.url }
    await ask(server, '/api/v1/auth/sign-in', { headers, body: credentials })
    await ask(server, '/api/v1/auth/sign-in', {
      headers,
      body: { ...credentials, password: 'not-this-one-at-all' },
    }).catch(() => undefined)
    await fetch(`${server.url}/ar/salma?q=${encodeURIComponent('ليان')}&email=someone@example.com`)

    const lines = server
      .log()
      .split('\n')
      .filter((line) => line.startsWith('{'))
    const requests = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === 'request')
    expect(requests.length).toBeGreaterThan(10)
    expect(
      requests.every(({ requestId, route }) => typeof requestId === 'string' && typeof route === 'string'),
    ).toBe(true)
    expect(lines.some((line) => line.includes('"jobId"'))).toBe(true)
    const secrets: Record<string, string> = {
      'a buyer’s address': purchase.email,
      'an address that was searched for': 'someone@example.com',
      'the owner’s address': credentials.email,
      'a buyer’s name': 'ليان',
      'the owner’s name': 'سلمى الحسن',
      'the password': password,
      'a wrong password': 'not-this-one-at-all',
      'the mail server’s password': 'mail-password',
      'the token': store.token,
      'the set-up link': link,
      'the key of the order': purchase.order?.key ?? '?',
      'the root of all keys': (
        JSON.parse(readFileSync(join(server.dataDir, 'secrets.json'), 'utf8')) as { root: string }
      ).root,
    }
    const json = lines.join('\n')
    const found = Object.entries(secrets).filter(
      ([, secret]) => json.includes(secret) || json.includes(encodeURIComponent(secret)),
    )
    expect(found.map(([what]) => what)).toEqual([])
  },
)
