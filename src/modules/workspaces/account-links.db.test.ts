import type { Socket } from 'node:net'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { linkIn, startMailServer, type TestMailServer } from '../../../test/support/mail-server.ts'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { visitorsOf, type Visitor } from '../../../test/support/visitor.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import { systemCtx } from '../../platform/ctx.ts'
import { ensureSetupLink, letBackIn } from './index.ts'
import { sendAccountLink } from './operations/send-account-mail.ts'

const fresh = 'violet ladder sings'

let server: TestMailServer
let services: TestServices
let visitor: ReturnType<typeof visitorsOf>
let owner: pg.Client

beforeAll(async () => {
  server = await startMailServer()
  services = await testServices({ mail: server.mail, env: { MAIL_FROM: 'mail@shop.example' } })
  visitor = visitorsOf(services)
  owner = new pg.Client(services.test.owner)
  await owner.connect()
})

afterAll(async () => {
  await owner.end()
  server.close()
})

beforeEach(async () => {
  await services.drain()
  server.received.splice(0)
})

const keyOf = (link: string) => link.split('#')[1] ?? ''

/** The link of the only mail that went out. */
async function mailedLink(): Promise<string> {
  await services.drain()
  const links = server.received.map(linkIn).filter((link) => link !== '')
  expect(links).toHaveLength(1)
  return links[0] ?? ''
}

async function signedIn(person: { email: string; password: string }): Promise<Visitor> {
  const one = visitor()
  const { email, password } = person
  expect((await one.send('POST', '/auth/sign-in', { email, password })).status).toBe(200)
  return one
}

const isIn = async (one: Visitor) => (await one.send('GET', '/auth/session')).status === 200

describe('a forgotten password', () => {
  test('is replaced by a mailed link, once; everybody who was in is out (CVE-2026-34828)', async () => {
    const { owner: person } = await makeWorkspace(services)
    const [thief, here] = [await signedIn(person), await signedIn(person)]
    const asked = await visitor().send('POST', '/auth/password-reset', { email: person.email.toUpperCase() })
    expect(asked.status).toBe(202)
    const link = await mailedLink()
    expect(link).toMatch(/^http:\/\/localhost:4010\/dashboard\/new-password#[0-9a-z]{52}$/)
    const weak = await visitor().send('POST', '/auth/password-reset/use', {
      token: keyOf(link),
      newPassword: 'Password2024!',
    })
    expect([weak.status, weak.slug]).toEqual([422, 'validation'])
    const use = () =>
      visitor().send('POST', '/auth/password-reset/use', { token: keyOf(link), newPassword: fresh })
    const twice = await Promise.all([use(), use()])
    expect(new Set(twice.map(({ status }) => status))).toEqual(new Set([204, 403]))
    expect([await isIn(thief), await isIn(here)]).toEqual([false, false])
    const old = await visitor().send('POST', '/auth/sign-in', {
      email: person.email,
      password: person.password,
    })
    expect(old.status).toBe(401)
    await signedIn({ email: person.email, password: fresh })
    server.received.splice(0)
    await services.drain()
    expect(server.received.map(({ subject }) => subject)).toEqual(['اختيرت كلمة مرور جديدة لحسابك'])
  })

  test('answers the same for an address that is nobody’s, and does the same work', async () => {
    const { owner: person } = await makeWorkspace(services)
    for (const path of ['/auth/password-reset', '/auth/sign-in-link']) {
      const ask = (email: string) => visitor().send('POST', path, { email })
      const nobody = person.email.replace('person-', 'nobody-')
      const [known, unknown] = [await bytesSent(() => ask(person.email)), await bytesSent(() => ask(nobody))]
      // To the byte: nothing is asked of the database about the one that is not asked about the other.
      expect(unknown).toEqual(known)
      const [one, other] = [await ask(person.email), await ask(nobody)]
      expect([other.status, other.body]).toEqual([one.status, one.body])
    }
    await services.drain()
    expect(server.received.map(({ to }) => [to].flat()[0]?.value[0]?.address)).toEqual(
      Array.from({ length: 6 }, () => person.email),
    )
  })

  test('the link is nowhere in the database, nor in a workspace’s outbox', async () => {
    const { owner: person, workspaceId } = await makeWorkspace(services)
    await visitor().send('POST', '/auth/password-reset', { email: person.email })
    const key = keyOf(await mailedLink())
    const tables = await owner.query<{ name: string }>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    )
    await owner.query("SELECT set_config('rafid.workspace_id', $1, false)", [workspaceId])
    for (const { name } of tables.rows) {
      const found = await owner.query(`SELECT FROM ${name} t WHERE position($1 IN t::text) > 0`, [key])
      expect([name, found.rowCount]).toEqual([name, 0])
    }
  })

  test('a link of another kind, a changed one, one that is too old: all useless', async () => {
    const { owner: person } = await makeWorkspace(services)
    await visitor().send('POST', '/auth/sign-in-link', { email: person.email })
    const key = keyOf(await mailedLink())
    const use = (token: string) =>
      visitor().send('POST', '/auth/password-reset/use', { token, newPassword: fresh })
    for (const token of [key, `${key.slice(0, -1)}z`, 'x', "' OR 1=1 --"])
      expect((await use(token)).slug).toBe('mailed-link-invalid')
    await owner.query("UPDATE proofs SET expires_at = now() - interval '1 second'")
    expect((await visitor().send('POST', '/auth/sign-in-link/use', { token: key })).slug).toBe(
      'mailed-link-invalid',
    )
  })

  test('a new password makes links that were mailed before useless', async () => {
    const { owner: person } = await makeWorkspace(services)
    await visitor().send('POST', '/auth/sign-in-link', { email: person.email })
    const key = keyOf(await mailedLink())
    const one = await signedIn(person)
    await one.send('POST', '/auth/password', { currentPassword: person.password, newPassword: fresh })
    expect((await visitor().send('POST', '/auth/sign-in-link/use', { token: key })).status).toBe(403)
  })

  test('one person gets five links an hour, whoever asks', async () => {
    const { owner: person } = await makeWorkspace(services)
    for (let nth = 0; nth < 8; nth++)
      await visitor().send('POST', '/auth/password-reset', { email: person.email })
    await services.drain()
    expect(server.received).toHaveLength(5)
  })

  test('asking is limited per person, address and network, for unknown addresses too', async () => {
    const strict = visitorsOf({ ...services, config: { ...services.config, rateLimits: true } })
    for (const email of ['nobody-here@example.com', (await makeWorkspace(services)).owner.email]) {
      const statuses: number[] = []
      for (let nth = 0; nth < 6; nth++)
        statuses.push((await strict().send('POST', '/auth/password-reset', { email })).status)
      expect(statuses).toEqual([202, 202, 202, 202, 202, 429])
    }
  })
})

describe('a link to sign in', () => {
  test('opens a session once, in the reader’s language, and proves the address', async () => {
    const { owner: person, workspaceId } = await makeWorkspace(services)
    await visitor({ language: 'en' }).send('POST', '/auth/sign-in-link', { email: person.email })
    const key = keyOf(await mailedLink())
    expect(server.received[0]?.subject).toBe('Your link to sign in')
    const one = visitor()
    const used = await one.send('POST', '/auth/sign-in-link/use', { token: key })
    expect(used.body).toEqual({ userId: person.userId, secondStep: false })
    const session = await one.send<{ current: unknown }>('GET', '/auth/session')
    expect(session.body.current).toMatchObject({ workspaceId, role: 'owner' })
    expect((await one.send('GET', '/auth/security')).body).toMatchObject({ emailVerified: true })
    expect((await visitor().send('POST', '/auth/sign-in-link/use', { token: key })).status).toBe(403)
  })
})

describe('an address', () => {
  test('is proven by a link, and asking again then mails nothing', async () => {
    const { owner: person } = await makeWorkspace(services)
    const one = await signedIn(person)
    expect((await one.send('POST', '/auth/email/verify')).status).toBe(202)
    const key = keyOf(await mailedLink())
    const done = await visitor().send('POST', '/auth/email/confirm', { token: key })
    expect([done.status, done.body]).toEqual([200, { email: person.email }])
    expect((await one.send('GET', '/auth/security')).body).toMatchObject({ emailVerified: true })
    server.received.splice(0)
    await one.send('POST', '/auth/email/verify')
    await services.drain()
    expect(server.received).toEqual([])
    expect((await visitor().send('POST', '/auth/email/verify')).status).toBe(401)
  })

  test('changes by a link to the new one; the old one is told twice', async () => {
    const { owner: person, workspaceId } = await makeWorkspace(services)
    const one = await signedIn(person)
    const email = `moved-${services.ids.next().slice(-12)}@example.com`
    expect((await one.send('POST', '/auth/email', { email })).status).toBe(202)
    await services.drain()
    const to = (address: string) =>
      server.received
        .filter((mail) => JSON.stringify(mail.to).includes(address))
        .map(({ subject }) => subject)
    expect(to(person.email)).toEqual(['حسابك على وشك الانتقال إلى عنوان آخر'])
    expect(to(email)).toEqual(['Confirm your new e-mail address'])
    const key = keyOf(server.received.map(linkIn).find((link) => link.includes('confirm-email')) ?? '')
    // Until then nothing has moved.
    await signedIn(person)
    expect((await visitor().send('POST', '/auth/email/confirm', { token: key })).body).toEqual({ email })
    await services.drain()
    expect(to(person.email)).toContain('انتقل حسابك إلى عنوان آخر')
    expect(
      (await visitor().send('POST', '/auth/sign-in', { email: person.email, password: person.password }))
        .status,
    ).toBe(401)
    await signedIn({ email, password: person.password })
    await owner.query("SELECT set_config('rafid.workspace_id', $1, false)", [workspaceId])
    const noted = await owner.query<{ action: string }>(
      "SELECT action FROM audit_events WHERE workspace_id = $1 AND subject_kind = 'person' ORDER BY id",
      [workspaceId],
    )
    expect(noted.rows.map(({ action }) => action)).toEqual(['person.email-asked', 'person.email-changed'])
  })

  test('that somebody has cannot be taken, and asking does not tell', async () => {
    const { owner: person } = await makeWorkspace(services)
    const { owner: other } = await makeWorkspace(services)
    const one = await signedIn(person)
    expect((await one.send('POST', '/auth/email', { email: other.email })).status).toBe(202)
    await services.drain()
    expect(server.received.map(({ to }) => [to].flat()[0]?.value[0]?.address)).toEqual([person.email])
    // Taken between the mail and its link.
    const email = `raced-${services.ids.next().slice(-12)}@example.com`
    server.received.splice(0)
    await one.send('POST', '/auth/email', { email })
    await services.drain()
    const key = keyOf(server.received.map(linkIn).find((link) => link.includes('confirm-email')) ?? '')
    await owner.query('UPDATE users SET email = $1 WHERE id = $2', [email, other.userId])
    expect((await visitor().send('POST', '/auth/email/confirm', { token: key })).slug).toBe(
      'mailed-link-invalid',
    )
    await signedIn(person)
  })
})

test('set-up mails the owner the link that proves their address', async () => {
  const token = (await ensureSetupLink(services))?.split('#')[1]
  const email = `first-${services.ids.next().slice(-12)}@example.com`
  const one = visitor()
  const done = await one.send('POST', '/setup', {
    token,
    name: 'نورة',
    email,
    password: fresh,
    storeNameAr: 'متجر',
    storeNameEn: 'Shop',
    currency: 'KWD',
    locale: 'ar',
  })
  expect(done.status).toBe(201)
  const link = await mailedLink()
  expect(server.received[0]?.subject).toBe('أكّد عنوان بريدك الإلكتروني')
  expect((await one.send('GET', '/auth/security')).body).toMatchObject({ email, emailVerified: false })
  expect((await visitor().send('POST', '/auth/email/confirm', { token: keyOf(link) })).body).toEqual({
    email,
  })
  expect((await one.send('GET', '/auth/security')).body).toMatchObject({ emailVerified: true })
})

test('whoever has the server lets people back in without mail, and nobody else', async () => {
  const { owner: person, ctx } = await makeWorkspace(services)
  const system = systemCtx(services)
  expect(await letBackIn(system, { email: 'nobody@example.com', withoutSecondFactor: false })).toBeUndefined()
  await expect(letBackIn(ctx, { email: person.email, withoutSecondFactor: false })).rejects.toThrow(
    'assertion',
  )
  for (let nth = 0; nth < 7; nth++) {
    const link = await letBackIn(system, { email: person.email, withoutSecondFactor: true })
    const used = await visitor().send('POST', '/auth/password-reset/use', {
      token: keyOf(link ?? ''),
      newPassword: `violet ladder number ${nth}`,
    })
    expect(used.status).toBe(204)
  }
})

test('a server that mail cannot leave tries again, with the same link; what is refused for good ends', async () => {
  const { owner: person } = await makeWorkspace(services)
  let tries = 0
  const moody = await startMailServer({
    onRcptTo(_address, _session, done) {
      tries++
      done(tries === 1 ? Object.assign(new Error('later'), { responseCode: 451 }) : null)
    },
  })
  try {
    const wish = {
      requestId: services.ids.next(),
      email: person.email,
      purpose: 'reset-password' as const,
      locale: 'ar' as const,
    }
    const ctx = systemCtx({ ...services, mail: moody.mail })
    await expect(sendAccountLink(ctx, wish)).rejects.toThrow('later')
    await sendAccountLink(ctx, wish)
    await sendAccountLink(ctx, wish)
    expect(new Set(moody.received.map(linkIn)).size).toBe(1)
    expect(moody.received.map(({ messageId }) => messageId)).toEqual(
      moody.received.map(() => `<${wish.requestId}@localhost>`),
    )
  } finally {
    moody.close()
  }
})

/** How many bytes each statement of a request sends to the database, in order. */
async function bytesSent(work: () => Promise<unknown>): Promise<number[]> {
  const sent: number[] = []
  const { pool } = services.database
  const connect = pool.connect.bind(pool)
  const streams = new Map<Socket, Socket['write']>()
  const watched = async (): Promise<pg.PoolClient> => {
    const client = await connect()
    const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
    if (!streams.has(stream)) {
      const write = stream.write.bind(stream)
      streams.set(stream, write)
      stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
        sent.push(chunk.length)
        return Reflect.apply(write, stream, [chunk, ...rest]) as boolean
      }
    }
    return client
  }
  Object.assign(pool, { connect: watched })
  try {
    // Twice: the first prepares statements that the second only names.
    await work()
    sent.splice(0)
    await work()
  } finally {
    Object.assign(pool, { connect })
    for (const [stream, write] of streams) stream.write = write
  }
  expect(sent.length).toBeGreaterThan(1)
  return sent
}
