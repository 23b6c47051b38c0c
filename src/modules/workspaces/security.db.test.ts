import { createHmac } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMailServer, type TestMailServer } from '../../../test/support/mail-server.ts'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { visitorsOf, type Visitor } from '../../../test/support/visitor.ts'
import { makeWorkspace, type TestPerson } from '../../../test/support/workspace.ts'
import { forgetActors } from './operations/actor-cache.ts'

const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'

let server: TestMailServer
let services: TestServices
let visitor: ReturnType<typeof visitorsOf>
let owner: pg.Client

beforeAll(async () => {
  server = await startMailServer()
  services = await testServices({ mail: server.mail })
  visitor = visitorsOf(services)
  owner = new pg.Client(services.test.owner)
  await owner.connect()
})

afterAll(async () => {
  await owner.end()
  server.close()
})

async function signIn(person: TestPerson, one = visitor()): Promise<Visitor> {
  const { email, password } = person
  const { status } = await one.send('POST', '/auth/sign-in', { email, password })
  expect(status).toBe(200)
  return one
}

const isIn = async (one: Visitor) => (await one.send('GET', '/auth/session')).status === 200

/** As if the person had not proven for so many minutes who they are. */
async function age(person: TestPerson, minutes: number): Promise<void> {
  await owner.query(
    "UPDATE sessions SET created_at = created_at - $2 * interval '1 minute' WHERE user_id = $1",
    [person.userId, minutes],
  )
  forgetActors()
}

/** A code of an authenticator app. Source: RFC 6238, with the steps of RFC 4226. */
function appCode(key: string, steps = 0): string {
  const bits = Array.from(key, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('')
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const digest = createHmac('sha1', secret).update(counter).digest()
  const at = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

/** Switches the second factor on, with the code of the step before: those of now and of the next are left. */
async function enrol(one: Visitor): Promise<{ key: string; codes: string[] }> {
  const started = await one.send<{ key: string; uri: string; picture: string }>('POST', '/auth/second-factor')
  expect(started.status).toBe(200)
  expect(started.body.uri).toContain(`secret=${started.body.key}&`)
  expect(started.body.picture).toContain('<svg')
  const { key } = started.body
  const confirmed = await one.send<{ codes: string[] }>('POST', '/auth/second-factor/confirm', {
    code: appCode(key, -1),
  })
  expect(confirmed.status).toBe(200)
  return { key, codes: confirmed.body.codes }
}

describe('sessions', () => {
  test('are listed with device, place and last use; the one that asks is marked', async () => {
    const { owner: person } = await makeWorkspace(services)
    const desk = await signIn(person)
    await signIn(person, visitor({ userAgent: phone }))
    const { body } = await desk.send<{ items: Record<string, unknown>[] }>('GET', '/auth/sessions')
    expect(body.items).toHaveLength(2)
    expect(body.items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          browser: 'firefox',
          system: 'linux',
          current: true,
          network: 'this-computer',
        }),
        expect.objectContaining({ browser: 'safari', system: 'ios', current: false }),
      ]),
    )
  })

  test('one or all others are ended at once; nobody ends another’s', async () => {
    const { owner: person } = await makeWorkspace(services)
    const { owner: stranger } = await makeWorkspace(services)
    const [here, there, third] = [await signIn(person), await signIn(person), await signIn(person)]
    const mine = await there.send<{ items: { id: string; current: boolean }[] }>('GET', '/auth/sessions')
    const id = mine.body.items.find(({ current }) => current)?.id ?? ''
    const other = await signIn(stranger)
    expect((await other.send('DELETE', `/auth/sessions/${id}`)).status).toBe(404)
    expect(await isIn(there)).toBe(true)
    expect((await here.send('DELETE', `/auth/sessions/${id}`)).status).toBe(204)
    expect([await isIn(here), await isIn(there), await isIn(third)]).toEqual([true, false, true])
    expect((await here.send('DELETE', '/auth/sessions')).status).toBe(204)
    expect([await isIn(here), await isIn(third), await isIn(other)]).toEqual([true, false, true])
  })

  test('note their last use, to the minute', async () => {
    const { owner: person } = await makeWorkspace(services)
    const one = await signIn(person)
    await age(person, 5)
    await one.send('GET', '/auth/session')
    await expect
      .poll(async () => {
        const { body } = await one.send<{ items: { openedAt: string; lastUsedAt: string }[] }>(
          'GET',
          '/auth/sessions',
        )
        const [item] = body.items
        return Date.parse(item?.lastUsedAt ?? '') - Date.parse(item?.openedAt ?? '')
      })
      .toBeGreaterThan(4 * 60_000)
  })

  test('programs have none to list', async () => {
    const { headers } = await makeWorkspace(services)
    const { createApp } = await import('../../app.ts')
    const answer = await createApp(services).request('/api/v1/auth/sessions', { headers })
    expect(answer.status).toBe(401)
  })
})

describe('cookies', () => {
  let secure: TestServices

  beforeAll(async () => {
    secure = await testServices({ env: { PUBLIC_URL: 'https://shop.example' } })
  })

  test.each([
    ['with https', '__Host-rafid-session', /; Path=\/; HttpOnly; Secure; SameSite=Lax$/],
    ['without', 'rafid-session', /; Path=\/; HttpOnly; SameSite=Lax$/],
  ])('%s, signing in and out sets %s and no other', async (scheme, name, attributes) => {
    const chosen = scheme === 'with https' ? secure : services
    const { owner: person } = await makeWorkspace(chosen)
    const there = visitorsOf(chosen)()
    const { email, password } = person
    const signedIn = await there.send('POST', '/auth/sign-in', { email, password })
    expect([...there.cookies.keys()]).toEqual([name])
    const [cookie] = signedIn.headers.getSetCookie()
    expect(cookie).toMatch(attributes)
    expect(cookie).not.toContain('Domain')
    const out = await there.send('POST', '/auth/sign-out')
    expect(out.headers.getSetCookie().map((one) => one.split('=')[0])).toEqual([name])
    expect(there.cookies.size).toBe(0)
  })

  test('of the second step are as strict, and gone after it', async () => {
    const { owner: person } = await makeWorkspace(secure)
    const { key } = await enrol(await signIn(person, visitorsOf(secure)()))
    const there = visitorsOf(secure)()
    const { email, password } = person
    const first = await there.send('POST', '/auth/sign-in', { email, password })
    expect([...there.cookies.keys()]).toEqual(['__Host-rafid-second-step'])
    const set = first.headers.getSetCookie().find((one) => one.startsWith('__Host-rafid-second-step'))
    expect(set).toMatch(/; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    expect((await there.send('POST', '/auth/second-step', { code: appCode(key) })).status).toBe(200)
    expect([...there.cookies.keys()]).toEqual(['__Host-rafid-session'])
  })
})

describe('fresh authentication', () => {
  const wishes = [
    ['POST', '/auth/email', { email: 'elsewhere@example.com' }],
    ['POST', '/auth/second-factor', undefined],
    ['POST', '/auth/second-factor/confirm', { code: '123456' }],
    ['POST', '/auth/second-factor/recovery-codes', undefined],
    ['DELETE', '/auth/second-factor', undefined],
    ['POST', '/auth/passkeys/offer', undefined],
    ['DELETE', '/auth/passkeys/01900000-0000-7000-8000-000000000000', undefined],
    ['POST', '/tokens', { name: 'x', rights: ['store:read'] }],
  ] as const

  test.each(wishes)('%s %s wants it', async (method, path, body) => {
    const { owner: person } = await makeWorkspace(services)
    const one = await signIn(person)
    expect((await one.send(method, path, body)).slug).not.toBe('fresh-authentication-required')
    await age(person, 9)
    expect((await one.send(method, path, body)).slug).not.toBe('fresh-authentication-required')
    await age(person, 2)
    const refused = await one.send(method, path, body)
    expect([refused.status, refused.slug]).toEqual([403, 'fresh-authentication-required'])
  })

  test('the password gives it; the session goes on under a new cookie', async () => {
    const { owner: person } = await makeWorkspace(services)
    const one = await signIn(person)
    await age(person, 11)
    const before = one.cookies.get('rafid-session')
    const wrong = await one.send('POST', '/auth/fresh', { password: 'not the right one' })
    expect([wrong.status, wrong.slug]).toEqual([401, 'sign-in-failed'])
    expect((await one.send('POST', '/auth/fresh', {})).status).toBe(422)
    expect(
      (await one.send('POST', '/auth/fresh', { password: person.password, code: '123456' })).status,
    ).toBe(422)
    expect((await one.send('POST', '/auth/second-factor')).status).toBe(403)
    expect((await one.send('POST', '/auth/fresh', { password: person.password })).status).toBe(204)
    expect((await one.send('POST', '/auth/second-factor')).status).toBe(200)
    expect(one.cookies.get('rafid-session')).not.toBe(before)
    const replayed = visitor()
    replayed.cookies.set('rafid-session', before ?? '')
    expect(await isIn(replayed)).toBe(false)
  })

  test('tries at it are limited', async () => {
    const { owner: person } = await makeWorkspace(services)
    const strict = visitorsOf({ ...services, config: { ...services.config, rateLimits: true } })()
    await signIn(person, strict)
    const statuses: number[] = []
    for (let nth = 0; nth < 9; nth++)
      statuses.push((await strict.send('POST', '/auth/fresh', { password: 'wrong wrong wrong' })).status)
    expect(statuses).toEqual([...Array.from({ length: 8 }, () => 401), 429])
  })

  test('a program with a token needs none', async () => {
    const { headers } = await makeWorkspace(services)
    const { createApp } = await import('../../app.ts')
    const init = { method: 'POST', headers, body: JSON.stringify({ name: 'x', rights: ['store:read'] }) }
    expect((await createApp(services).request('/api/v1/tokens', init)).status).toBe(201)
  })
})

describe('the second factor', () => {
  test('is asked for after the password, and a code works once', async () => {
    const { owner: person, workspaceId } = await makeWorkspace(services)
    const here = await signIn(person)
    const elsewhere = await signIn(person)
    const { key, codes } = await enrol(here)
    expect(codes).toHaveLength(10)
    expect(new Set(codes).size).toBe(10)
    expect([await isIn(here), await isIn(elsewhere)]).toEqual([true, false])
    const { email, password } = person
    const one = visitor()
    const first = await one.send('POST', '/auth/sign-in', { email, password })
    expect([first.status, first.body]).toEqual([200, { userId: null, secondStep: true }])
    expect(await isIn(one)).toBe(false)
    const wrong = await one.send('POST', '/auth/second-step', { code: '000000' })
    expect([wrong.status, wrong.slug]).toEqual([401, 'code-wrong'])
    // The code that switched it on.
    expect((await one.send('POST', '/auth/second-step', { code: appCode(key, -1) })).slug).toBe('code-wrong')
    const code = appCode(key)
    const second = await one.send('POST', '/auth/second-step', { code })
    expect(second.body).toEqual({ userId: person.userId, secondStep: false })
    expect(await isIn(one)).toBe(true)
    const again = visitor()
    await again.send('POST', '/auth/sign-in', { email, password })
    expect((await again.send('POST', '/auth/second-step', { code })).slug).toBe('code-wrong')
    // Two at the same moment: one of them.
    const third = visitor()
    await third.send('POST', '/auth/sign-in', { email, password })
    const next = appCode(key, 1)
    const both = await Promise.all([
      again.send('POST', '/auth/second-step', { code: next }),
      third.send('POST', '/auth/second-step', { code: next }),
    ])
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 401]))
    await owner.query("SELECT set_config('rafid.workspace_id', $1, false)", [workspaceId])
    const noted = await owner.query<{ action: string }>(
      "SELECT action FROM audit_events WHERE workspace_id = $1 AND subject_kind = 'person'",
      [workspaceId],
    )
    expect(noted.rows).toEqual([{ action: 'person.second-factor-on' }])
    await services.drain()
    expect(server.received.map(({ subject }) => subject)).toContain('صار تسجيل دخولك بخطوتين')
  })

  test('a recovery code works once, however it is typed, and its owner is told', async () => {
    const { owner: person } = await makeWorkspace(services)
    const { codes } = await enrol(await signIn(person))
    const [code = ''] = codes
    const enter = async (typed: string) => {
      const one = visitor()
      await one.send('POST', '/auth/sign-in', { email: person.email, password: person.password })
      return { one, answer: await one.send('POST', '/auth/second-step', { code: typed }) }
    }
    const { one, answer } = await enter(code.toUpperCase().replace('-', ' '))
    expect(answer.status).toBe(200)
    expect((await one.send('GET', '/auth/security')).body).toMatchObject({
      secondFactor: { enabled: true, recoveryCodesLeft: 9 },
    })
    expect((await enter(code)).answer.slug).toBe('code-wrong')
    server.received.splice(0)
    await services.drain()
    const renewed = await one.send<{ codes: string[] }>('POST', '/auth/second-factor/recovery-codes')
    expect((await enter(codes[1] ?? '')).answer.slug).toBe('code-wrong')
    expect((await enter(renewed.body.codes[1] ?? '')).answer.status).toBe(200)
  })

  test('is asked for after a mailed link too, and not forgotten by a new password', async () => {
    const { owner: person } = await makeWorkspace(services)
    const { key } = await enrol(await signIn(person))
    await services.drain()
    server.received.splice(0)
    await visitor().send('POST', '/auth/sign-in-link', { email: person.email })
    await services.drain()
    const token = /#([0-9a-z]{52})/.exec(server.received[0]?.text ?? '')?.[1]
    const one = visitor()
    const used = await one.send('POST', '/auth/sign-in-link/use', { token })
    expect(used.body).toEqual({ userId: null, secondStep: true })
    expect(await isIn(one)).toBe(false)
    expect((await one.send('POST', '/auth/second-step', { code: appCode(key) })).status).toBe(200)
    expect(await isIn(one)).toBe(true)
  })

  test('five wrong codes end the challenge; a challenge is nobody else’s', async () => {
    const { owner: person } = await makeWorkspace(services)
    const { key } = await enrol(await signIn(person))
    const one = visitor()
    await one.send('POST', '/auth/sign-in', { email: person.email, password: person.password })
    const slugs: (string | undefined)[] = []
    for (let nth = 0; nth < 6; nth++)
      slugs.push((await one.send('POST', '/auth/second-step', { code: `00000${nth}` })).slug)
    expect(slugs).toEqual([...Array.from({ length: 5 }, () => 'code-wrong'), 'second-step-expired'])
    expect((await one.send('POST', '/auth/second-step', { code: appCode(key) })).slug).toBe(
      'second-step-expired',
    )
    expect((await visitor().send('POST', '/auth/second-step', { code: appCode(key) })).slug).toBe(
      'second-step-expired',
    )
    // Whoever is signed in as another does not help with their own code.
    const { owner: other } = await makeWorkspace(services)
    const mixed = await signIn(other)
    await mixed.send('POST', '/auth/sign-in', { email: person.email, password: person.password })
    expect((await mixed.send('POST', '/auth/second-step', { code: '111111' })).slug).toBe('code-wrong')
  })

  test('proves again who one is, and is switched off', async () => {
    const { owner: person } = await makeWorkspace(services)
    const one = await signIn(person)
    const { key } = await enrol(one)
    await age(person, 11)
    expect((await one.send('DELETE', '/auth/second-factor')).slug).toBe('fresh-authentication-required')
    const code = appCode(key)
    expect((await one.send('POST', '/auth/fresh', { code: '000000' })).slug).toBe('code-wrong')
    expect((await one.send('POST', '/auth/fresh', { code })).status).toBe(204)
    await age(person, 11)
    expect((await one.send('POST', '/auth/fresh', { code })).slug).toBe('code-wrong')
    expect((await one.send('POST', '/auth/fresh', { password: person.password })).status).toBe(204)
    expect((await one.send('POST', '/auth/second-factor')).slug).toBe('second-factor-is-on')
    expect((await one.send('DELETE', '/auth/second-factor')).status).toBe(204)
    expect((await one.send('DELETE', '/auth/second-factor')).slug).toBe('second-factor-is-off')
    const again = visitor()
    const { email, password } = person
    expect((await again.send('POST', '/auth/sign-in', { email, password })).body).toMatchObject({
      secondStep: false,
    })
  })

  test('a person without one has no code', async () => {
    const { owner: person } = await makeWorkspace(services)
    const one = await signIn(person)
    const { body } = await one.send<{ key: string }>('POST', '/auth/second-factor')
    expect((await one.send('POST', '/auth/fresh', { code: appCode(body.key) })).slug).toBe('code-wrong')
    expect((await one.send('POST', '/auth/second-factor/recovery-codes')).slug).toBe('second-factor-is-off')
  })

  test('secret and recovery codes cannot be read in the database', async () => {
    const { owner: person } = await makeWorkspace(services)
    const { key, codes } = await enrol(await signIn(person))
    const kept = await owner.query('SELECT * FROM two_factors WHERE user_id = $1', [person.userId])
    const text = JSON.stringify(kept.rows)
    for (const secret of [key, ...codes]) expect(text).not.toContain(secret)
  })
})
