import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { secretFiles, secretsIn } from '../support/secret-files.ts'
import { runCli, startCli } from './support/cli.ts'
import { prepareServer, type FaultyServer } from './support/server.ts'
import { ask, comeBack, newPurchase, openStore, orderIt, pay, refund, type Store } from './support/shopper.ts'
import { untilWhole } from './support/walk.ts'

const PASSPHRASE = 'a-passphrase-for-backups'
const MONITOR = 'a-token-for-the-monitor'
const folder = mkdtempSync(join(tmpdir(), 'rafid-l'))
let server: FaultyServer & { close(): Promise<void> }
let store: Store
let link: string
let keys: string[]

beforeAll(async () => {
  // All that it can say, and a mail server that refuses, so that failures are logged too.
  server = await prepareServer({
    LOG_LEVEL: 'trace',
    SMTP_URL: 'smtp://operator:mail-password@127.0.0.1:1',
    BACKUP_TO: folder,
    BACKUP_PASSPHRASE: PASSPHRASE,
    METRICS_TOKEN: MONITOR,
  })
  await server.start()
  keys = secretsIn(server.dataDir)
  link = readFileSync(join(server.dataDir, 'setup-link'), 'utf8').trim().split('#')[1] ?? ''
  store = await openStore(server, 10)
}, 120_000)
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

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
    const cookie = await signIn(credentials)
    await ask(server, '/api/v1/auth/second-factor', { method: 'POST', headers: { ...headers, cookie } })
    const endpoint = await ask<Endpoint>(server, '/api/v1/webhook-endpoints', {
      token: store.token,
      body: { url: 'https://receiver.invalid/hook' },
    })
    await ask(server, `/api/v1/webhook-endpoints/${endpoint.id}/test`, { token: store.token, body: {} })
    await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${MONITOR}` } })
    await rotateUnderFire(endpoint)
    await ask(server, '/api/v1/auth/sign-in', {
      headers,
      body: { ...credentials, password: 'not-this-one-at-all' },
    }).catch(() => undefined)
    await fetch(`${server.url}/ar/salma?q=${encodeURIComponent('ليان')}&email=someone@example.com`)

    const session = decodeURIComponent(/=([^;]+)/.exec(cookie)?.[1] ?? '?')
    const seconds = await server.query<{ kept: string }>('SELECT secret AS kept FROM two_factors')
    const before = server.log().length
    await server.stop()
    await server.start()
    await server.stop()
    expect(server.log().length).toBeGreaterThan(before)

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
      'the session': session,
      'the session’s token': session.split('.')[0] ?? '?',
      'the secret of an endpoint': endpoint.secret,
      'a second factor as it is kept': seconds[0]?.kept ?? '?',
      'the passphrase of backups': PASSPHRASE,
      'the token of the monitor': MONITOR,
      ...Object.fromEntries(
        [...keys, ...secretsIn(server.dataDir)]
          // The names of keys are no secrets, and a rotation tells them.
          .filter((value) => !/^[0-9a-f]{16}$/.test(value))
          .map((value, nth) => [`value ${nth} of the secrets file`, value]),
      ),
    }
    expect(Object.keys(secrets)).toContain('value 2 of the secrets file')
    const json = lines.join('\n')
    const all = server.log()
    const found = Object.entries(secrets).filter(([what, secret]) => {
      // The start shows the link to whoever sits before it, and to nobody else.
      const text = what === 'the set-up link' ? json : all
      return text.includes(secret) || text.includes(encodeURIComponent(secret))
    })
    expect(found.map(([what]) => what)).toEqual([])
  },
)

type Endpoint = { id: string; secret: string }

async function signIn(credentials: { email: string; password: string }): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { origin: server.url, 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  })
  expect(answer.status).toBe(200)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** Keys are rotated beside the running server and killed on the way, then to the end: it goes on with the same secrets. */
async function rotateUnderFire({ id, secret }: Endpoint): Promise<void> {
  const env = { DATA_DIR: server.dataDir }
  const path = `/api/v1/webhook-endpoints/${id}/reveal-secret`
  const shown = () => ask<Endpoint>(server, path, { method: 'POST', token: store.token })
  const file = () => readFileSync(join(server.dataDir, 'secrets.json'), 'utf8')
  for (const times of [1, 2]) {
    const before = file()
    const cut = startCli(['rotate-keys'], env)
    // Killed as soon as there is another key on the disk; the second finds the first one's and may end before the blow.
    while (times === 1 && file() === before) await new Promise((resolve) => setTimeout(resolve, 1))
    cut.kill()
    await cut.end
    expect((await shown()).secret).toBe(secret)
  }
  const last = await runCli(['rotate-keys', '--data-keys'], env)
  expect(last).toMatchObject({ code: 0, errors: '' })
  expect(last.output).not.toContain(secret)
  expect((await shown()).secret).toBe(secret)
  expect(secretsIn(server.dataDir)).toHaveLength(3)
  expect(secretFiles(server.dataDir, secretsIn(server.dataDir))).toEqual({ 'secrets.json': '600 in 700' })
  expect(await runCli(['verify'], env)).toMatchObject({ code: 0, errors: '' })
}
