import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import S3rver from 's3rver'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { canSetClocks } from './support/fake-time.ts'
import { prepareServer, type FaultyServer } from './support/server.ts'
import { ask, comeBack, newPurchase, openStore, orderIt, pay, type Store } from './support/shopper.ts'
import { untilWhole, wrongBooks } from './support/walk.ts'

const HOUR_MS = 3_600_000
const PATIENCE_MS = 60_000
const TIMEOUT_MS = 240_000
const folder = mkdtempSync(join(tmpdir(), 'rafid-o'))
const clock = join(folder, 'clock')

let server: FaultyServer & { close(): Promise<void> }
let store: Store
let s3: S3rver
let storagePort: number
let smtpPort: number
const emails: string[] = []

beforeAll(async () => {
  storagePort = await freePort()
  smtpPort = await freePort()
  s3 = await startStorage()
  server = await prepareServer({
    NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'support/clock-at.ts')).href}`,
    FAULTS_CLOCK: clock,
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}`,
    MAIL_FROM: 'store@example.com',
    S3_ENDPOINT: `http://127.0.0.1:${storagePort}`,
    S3_BUCKET: 'rafid-outages',
    S3_ACCESS_KEY_ID: 'S3RVER',
    S3_SECRET_ACCESS_KEY: 'S3RVER',
    S3_FORCE_PATH_STYLE: 'true',
  })
  await server.start()
  store = await openStore(server, 1_000)
}, 120_000)

afterAll(async () => {
  await server.close()
  await s3.close()
  rmSync(folder, { recursive: true, force: true })
})

async function startStorage(): Promise<S3rver> {
  const storage = new S3rver({
    address: '127.0.0.1',
    port: storagePort,
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [{ name: 'rafid-outages', configs: [] }],
  })
  await storage.run()
  return storage
}

async function buyOne(): Promise<void> {
  const purchase = newPurchase(emails.length)
  await orderIt(server, store, purchase)
  await pay(server, purchase, { delivery: 'once' })
  await comeBack(purchase)
  await untilWhole(server, purchase, 'sold')
  emails.push(purchase.email)
}

type Ready = { status: string; reasons: { check: string; says: string }[] }

/** Waits until /readyz names the check in words that hold `word`, or does not name it; what it says then. */
async function untilSaid(check: string, word: string | false = ''): Promise<Ready> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const ready = (await (await fetch(`${server.url}/readyz`)).json()) as Ready
    const reason = ready.reasons.find((one) => one.check === check)
    if (word === false ? reason === undefined : reason?.says.includes(word) === true) return ready
    if (performance.now() > deadline) throw new Error(`${check}: ${JSON.stringify(ready)}`)
    await sleep(50)
  }
}

/** Waits until the dashboard shows it so. */
async function untilShown(check: string, state: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const { findings } = await ask<{ findings: { check: string; state: string }[] }>(
      server,
      '/api/v1/status',
      {
        token: store.token,
      },
    )
    if (findings.some((finding) => finding.check === check && finding.state === state)) return
    if (performance.now() > deadline) throw new Error(`${check}: ${JSON.stringify(findings)}`)
    await sleep(200)
  }
}

test(
  'storage that is away stops downloads and no sale; it is told, and over when it is back',
  { timeout: TIMEOUT_MS },
  async () => {
    await s3.close()
    const said = await untilSaid('storage')
    expect(said.status).toBe('degraded')
    await untilShown('storage', 'bad')
    await buyOne()
    s3 = await startStorage()
    await untilSaid('storage', false)
    const upload = await fetch(`${server.url}/api/v1/files?name=more.pdf`, {
      method: 'POST',
      headers: { authorization: `Bearer ${store.token}`, 'content-type': 'application/pdf' },
      body: '%PDF-1.7\n%%EOF\n',
    })
    expect(upload.status).toBe(201)
  },
)

test(
  'mail waits while its server is away for an hour, and goes once when it is back',
  { timeout: TIMEOUT_MS },
  async () => {
    await buyOne()
    setClock(HOUR_MS)
    await untilSaid('mail')
    await untilShown('mail', 'poor')
    const received: string[] = []
    const mailServer = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: (stream, _session, done) => {
        simpleParser(stream, (error: Error | null, mail) => {
          const [to] = [mail.to].flat()
          if (error === null) received.push(to?.text ?? '')
          done(error)
        })
      },
    })
    await new Promise<void>((resolve) => mailServer.listen(smtpPort, '127.0.0.1', () => resolve()))
    try {
      await untilSent()
      const toBuyers = received.filter((to) => to.includes('buyer-'))
      expect(toBuyers).toHaveLength(emails.length)
      for (const email of emails) expect(toBuyers.filter((to) => to.includes(email))).toHaveLength(1)
      setClock(0)
      await untilSaid('mail', false)
    } finally {
      await new Promise<void>((resolve) => mailServer.close(() => resolve()))
    }
  },
)

/** The queue goes by the database's clock, for which no hour has passed. */
async function untilSent(): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const waiting = await server.query(
      "SELECT FROM messages WHERE status <> 'sent' AND to_email LIKE 'buyer-%'",
    )
    if (waiting.length === 0) return
    if (performance.now() > deadline) throw new Error(`not sent\n${server.log().slice(-2_000)}`)
    await server.query(
      "UPDATE pgboss.job SET start_after = now() WHERE name = 'send-message' AND state < 'active'",
    )
    await sleep(250)
  }
}

// With FAULTS=all, clock.test.ts sets the database's clock too.
test.skipIf(canSetClocks())(
  'a clock that jumps an hour ahead, and back, is told; what is sold meanwhile is whole',
  { timeout: TIMEOUT_MS },
  async () => {
    for (const [offset, word] of [
      [HOUR_MS, 'قُدّمت ساعة الجهاز'],
      [-HOUR_MS, 'أُخّرت ساعة الجهاز'],
    ] as const) {
      setClock(offset)
      expect((await untilSaid('clock-jump', word)).status).not.toBe('not-ready')
      await buyOne()
    }
    setClock(0)
    await untilSaid('clock-jump', false)
    await buyOne()
    for (const email of emails) await untilWhole(server, { email }, 'sold')
    expect((await wrongBooks(server)).filter(({ name }) => name !== 'reserved copies')).toEqual([])
  },
)

function setClock(offsetMs: number): void {
  writeFileSync(`${clock}.new`, String(offsetMs))
  renameSync(`${clock}.new`, clock)
}
