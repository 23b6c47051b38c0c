import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import type { SMTPServerOptions } from 'smtp-server'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import { startMailServer, type TestMailServer } from '../../../test/support/mail-server.ts'
import { systemCtx, type Ctx } from '../ctx.ts'
import { transaction } from '../database/transaction.ts'
import { resumeMailJob, resumeWaitingMail, sendMessageJob } from './jobs.ts'
import { purchasesLinkMail } from './kinds.ts'
import type { NewMessage } from './message.ts'
import { queueMessage } from './queue-message.ts'
import { getMessage, listMessages, resendMessage, type Message } from './read-messages.ts'
import { sendMessage } from './send-message.ts'
import { createSmtpTransport, type MailTransport } from './transport.ts'
import { freePort } from '../../../test/support/free-port.ts'

const clock = standingClock()
const store = { name: 'دار رافد للنشر', url: 'https://shop.example/ar/rafid' }
const closers: (() => void)[] = []
let services: TestServices

beforeAll(async () => {
  services = await testServices({ clock, env: { MAIL_FROM: 'Rafid <mail@shop.example>' } })
})

afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A mail server, which ends with the test. */
async function mailServer(options: SMTPServerOptions = {}): Promise<TestMailServer> {
  const server = await startMailServer(options)
  closers.push(() => server.close())
  return server
}

async function workspace(mail: MailTransport | undefined): Promise<Ctx> {
  const { workspaceId } = await makeWorkspace(services)
  return systemCtx({ ...services, mail }, workspaceId)
}

function letter(change: Partial<NewMessage> = {}): NewMessage {
  return {
    ...purchasesLinkMail({ locale: 'ar', store, url: 'https://shop.example/p?key=x', validMinutes: 30 }),
    dedupeKey: `test/${services.ids.next()}`,
    to: { email: 'sara@example.com', name: 'سارة العتيبي' },
    fromName: store.name,
    ...change,
  }
}

async function queue(ctx: Ctx, message: NewMessage): Promise<string> {
  return transaction(ctx, async (tx) => (await queueMessage(tx, message)).id)
}

/** Runs the job as the queue does, once per id. */
async function send(ctx: Ctx, ...ids: string[]): Promise<void> {
  await sendMessageJob.handler(
    ctx,
    ids.map((id) => ({ id })),
  )
}

async function fate(ctx: Ctx, id: string): Promise<Pick<Message, 'status' | 'attempts' | 'lastError'>> {
  const { status, attempts, lastError } = await getMessage(ctx, id)
  return { status, attempts, lastError }
}

function refusal(code: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode: code })
}

test('Arabic arrives: names, subject, both parts, the name of an attachment', async () => {
  const { received, mail } = await mailServer()
  const ctx = await workspace(mail)
  const bytes = Buffer.from('%PDF-1.7 an invoice')
  await ctx.files.put('test/invoice', bytes, 'application/pdf')
  const attachments = [
    { filename: 'فاتورة 42.pdf', contentType: 'application/pdf', storageKey: 'test/invoice' },
  ]
  const message = letter({ attachments, replyTo: 'help@rafid.example' })
  const id = await queue(ctx, message)
  await send(ctx, id)
  const [arrived] = received
  expect(arrived?.subject).toBe('مشترياتك من \u2068دار رافد للنشر\u2069')
  expect(arrived?.from?.value).toEqual([{ name: store.name, address: 'mail@shop.example' }])
  expect(arrived?.to).toMatchObject({ value: [{ name: 'سارة العتيبي', address: 'sara@example.com' }] })
  expect(arrived?.replyTo?.value[0]?.address).toBe('help@rafid.example')
  expect(arrived?.messageId).toBe(`<${id}@localhost>`)
  expect(arrived?.headers.get('auto-submitted')).toBe('auto-generated')
  expect(arrived?.html).toContain('<html lang="ar" dir="rtl">')
  expect(arrived?.text).toContain('https://shop.example/p?key=x')
  expect(arrived?.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
    ['فاتورة 42.pdf', bytes.toString()],
  ])
  expect(await fate(ctx, id)).toEqual({ status: 'sent', attempts: 1, lastError: null })
})

test('an attachment can be made when the mail goes out', async () => {
  const { received, mail } = await mailServer()
  const ctx = await workspace(mail)
  const generated = { kind: 'document', id: services.ids.next() }
  const id = await queue(
    ctx,
    letter({ attachments: [{ filename: 'a.pdf', contentType: 'application/pdf', generated }] }),
  )
  const document = async (_: Ctx, of: string): Promise<Uint8Array> => Buffer.from(`document ${of}`)
  await sendMessage(ctx, id, {
    sources: { document },
    later: () => Promise.resolve(),
    wait: () => Promise.resolve(),
  })
  expect(received[0]?.attachments[0]?.content.toString()).toBe(`document ${generated.id}`)
})

test('the same occasion is mailed once, however often it is queued and its job runs', async () => {
  const { received, mail } = await mailServer()
  const ctx = await workspace(mail)
  const message = letter()
  const ids = await Promise.all([queue(ctx, message), queue(ctx, message), queue(ctx, message)])
  expect(new Set(ids).size).toBe(1)
  await Promise.all([send(ctx, ...ids), send(ctx, ...ids), send(ctx, ...ids)])
  await send(ctx, ...ids)
  expect(received.length).toBe(1)
})

test('a business transaction that fails leaves no mail', async () => {
  const { mail } = await mailServer()
  const ctx = await workspace(mail)
  const failing = transaction(ctx, async (tx) => {
    await queueMessage(tx, letter())
    throw new Error('the sale failed')
  })
  await expect(failing).rejects.toThrow('the sale failed')
  expect((await listMessages(ctx, { limit: 10 })).items).toEqual([])
})

test('a sender that dies in between leaves it unknown; only a person sends it again', async () => {
  const { received, mail } = await mailServer()
  const ctx = await workspace(mail)
  const id = await queue(ctx, letter())
  // The server takes the mail; then the process dies before it can write so.
  const dying: Ctx = {
    ...ctx,
    mail: { ...mail, send: async (one) => mail.send(one).then(() => Promise.reject(new Error('kill -9'))) },
  }
  await expect(send(dying, id)).rejects.toThrow('kill -9')
  expect(received.length).toBe(1)
  await send(ctx, id)
  expect((await fate(ctx, id)).status).toBe('sending')
  clock.advance(16 * 60_000)
  await send(ctx, id)
  await send(ctx, id)
  expect(received.length).toBe(1)
  expect(await fate(ctx, id)).toMatchObject({ status: 'unknown', attempts: 1 })
  await resendMessage(ctx, id)
  await send(ctx, id)
  expect(received.length).toBe(2)
  expect(received[1]?.messageId).toBe(received[0]?.messageId)
  await expect(resendMessage(ctx, id)).rejects.toThrow('conflict')
})

/** A server that cuts the connection when it hears `at`. */
async function cuttingServer(at: 'RCPT' | 'DATA' | '.'): Promise<MailTransport> {
  const server = createServer((socket) => {
    let inMail = false
    socket.on('error', () => undefined)
    socket.write('220 here\r\n')
    createInterface(socket).on('line', (line) => {
      if (line === at || (!inMail && line.startsWith(at))) socket.destroy()
      else if (inMail) inMail = line !== '.'
      else if (line === 'DATA') {
        inMail = true
        socket.write('354 go on\r\n')
      } else socket.write('250 fine\r\n')
    })
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const mail = createSmtpTransport(`smtp://127.0.0.1:${port}`)
  closers.push(() => mail.close())
  closers.push(() => server.close())
  return mail
}

test.each([
  ['RCPT', 'queued'],
  ['DATA', 'queued'],
  ['.', 'unknown'],
] as const)('a connection that is cut at %s leaves it %s', async (at, status) => {
  const ctx = await workspace(await cuttingServer(at))
  const id = await queue(ctx, letter())
  await send(ctx, id)
  expect((await fate(ctx, id)).status).toBe(status)
})

test('what the server refuses for now is tried again, with pauses that grow', async () => {
  let refuse = true
  const { received, mail } = await mailServer({
    onRcptTo(_address, _session, done) {
      if (refuse) done(refusal(451, 'Greylisted, come back later'))
      else done()
    },
  })
  const ctx = await workspace(mail)
  const id = await queue(ctx, letter())
  for (const attempts of [1, 2, 3]) {
    await send(ctx, id)
    // Before it is due, nothing happens.
    await send(ctx, id)
    expect(await fate(ctx, id)).toMatchObject({ status: 'queued', attempts })
    const { retryAt, lastError } = await getMessage(ctx, id)
    expect(lastError).toContain('Greylisted, come back later')
    expect(retryAt?.getTime()).toBe(clock.now().getTime() + 60_000 * 2 ** (attempts - 1))
    clock.advance(60_000 * 2 ** (attempts - 1))
  }
  refuse = false
  await send(ctx, id)
  expect(await fate(ctx, id)).toEqual({ status: 'sent', attempts: 4, lastError: null })
  expect(received.length).toBe(1)
})

test('what the server refuses for good fails with its words', async () => {
  const { received, mail } = await mailServer({
    onRcptTo: (_address, _session, done) => done(refusal(550, 'No such user here')),
  })
  const ctx = await workspace(mail)
  const id = await queue(ctx, letter())
  await send(ctx, id)
  expect(received).toEqual([])
  const end = await fate(ctx, id)
  expect(end).toMatchObject({ status: 'failed', attempts: 1 })
  expect(end.lastError).toContain('No such user here')
})

test('a server that is down is tried again until it is up', async () => {
  const down = createSmtpTransport('smtp://127.0.0.1:1')
  const ctx = await workspace(down)
  const id = await queue(ctx, letter())
  await send(ctx, id)
  expect(await fate(ctx, id)).toMatchObject({ status: 'queued', attempts: 1 })
  const { received, mail } = await mailServer()
  clock.advance(61_000)
  await send({ ...ctx, mail }, id)
  expect(received.length).toBe(1)
  down.close()
})

test('without a server mails wait, readable, and go by themselves once there is one', async () => {
  const ctx = await workspace(undefined)
  const ids = [await queue(ctx, letter()), await queue(ctx, letter({ to: { email: 'noura@example.com' } }))]
  const waiting = await listMessages(ctx, { status: 'no-server', limit: 1 })
  expect(waiting.items.map(({ id }) => id)).toEqual([ids[1]])
  const { items } = await listMessages(ctx, { status: 'no-server', limit: 1, after: waiting.next ?? '' })
  expect(items.map(({ id }) => id)).toEqual([ids[0]])
  expect((await getMessage(ctx, ids[0] ?? '')).html).toContain('https://shop.example/p?key=x')
  // Still no server: the job that looks for one comes again later, and nothing changes.
  await resumeMailJob.handler(ctx, [{}])
  expect((await fate(ctx, ids[0] ?? '')).status).toBe('no-server')
  expect(await jobsOf(resumeMailJob.name, ctx)).toBeGreaterThan(0)
  const { received, mail } = await mailServer()
  const withMail = { ...ctx, mail }
  await resumeWaitingMail(services)
  expect(await dueJobsOf(resumeMailJob.name, ctx)).toBeGreaterThan(0)
  await resumeMailJob.handler(withMail, [{}])
  await send(withMail, ...ids)
  expect(new Set(received.map((one) => one.messageId))).toEqual(new Set(ids.map((id) => `<${id}@localhost>`)))
  expect(received.length).toBe(ids.length)
})

test('a mail whose link has stopped working is not sent', async () => {
  const { received, mail } = await mailServer()
  const ctx = await workspace(mail)
  const id = await queue(ctx, letter({ expiresAt: new Date(clock.now().getTime() + 60_000) }))
  clock.advance(60_000)
  await send(ctx, id)
  expect(received).toEqual([])
  expect(await fate(ctx, id)).toMatchObject({ status: 'failed', lastError: 'expired' })
})

test('another workspace sees none of it', async () => {
  const { mail } = await mailServer()
  const [mine, theirs] = [await workspace(mail), await workspace(mail)]
  const id = await queue(mine, letter())
  await expect(getMessage(theirs, id)).rejects.toThrow('not-found')
  await expect(resendMessage(theirs, id)).rejects.toThrow('not-found')
  await send(theirs, id)
  expect((await fate(mine, id)).status).toBe('queued')
})

async function jobsOf(name: string, ctx: Ctx): Promise<number> {
  return countJobs(`name = $1 AND data->>'workspaceId' = $2 AND state < 'active'`, [name, ctx.workspaceId])
}

async function dueJobsOf(name: string, ctx: Ctx): Promise<number> {
  return countJobs(`name = $1 AND data->>'workspaceId' = $2 AND state < 'active' AND start_after <= now()`, [
    name,
    ctx.workspaceId,
  ])
}

async function countJobs(where: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await services.database.pool.query<{ count: bigint }>(
    `SELECT count(*) FROM pgboss.job WHERE ${where}`,
    [...values],
  )
  return Number(rows[0]?.count ?? 0)
}
