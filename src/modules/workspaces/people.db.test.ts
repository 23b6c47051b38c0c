import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { bearer, makeMember, makeWorkspace } from '../../../test/support/workspace.ts'
import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import { transaction } from '../../platform/database/transaction.ts'
import { createRouter } from '../../platform/http/env.ts'
import { refuseForeignOrigin } from '../../platform/http/guard.ts'
import { answerProblem } from '../../platform/http/problems.ts'
import { t } from '../../platform/i18n/index.ts'
import { createStore } from '../catalog/index.ts'
import { audit, createToken, createWorkspacesApi, ensureSetupLink, resolveActor } from './index.ts'
import { forgetActors } from './operations/actor-cache.ts'
import { base32 } from './rules/token.ts'

const ORIGIN = 'http://localhost:4010'
const password = 'turquoise kettle ploughs'
const setUp = {
  name: 'نورة السالم',
  email: 'Noura@Example.com',
  password,
  storeNameAr: 'متجر نورة',
  storeNameEn: "Noura's Store",
  currency: 'KWD',
  locale: 'ar',
}

let services: TestServices
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  services = await testServices()
  app = createApp(services)
})

describe('set-up', () => {
  let done: Body
  let cookie: string

  test('the link is written down for the owner of the process alone, and stays the same over a restart', async () => {
    const link = await ensureSetupLink(services)
    const path = join(services.config.dataDir, 'setup-link')
    expect(link).toMatch(/\/setup#[0-9a-z]{52}$/)
    expect(readFileSync(path, 'utf8').trim()).toBe(link)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(await ensureSetupLink(services)).toBe(link)
    expect(await read(await app.request('/api/v1/setup'))).toEqual({ done: false })
  })

  test('a link that was lost is replaced, by one link for processes that start together', async () => {
    const lost = await ensureSetupLink(services)
    rmSync(join(services.config.dataDir, 'setup-link'))
    const links = await Promise.all([1, 2, 3].map(() => ensureSetupLink(services)))
    expect(new Set(links).size).toBe(1)
    expect(links[0]).not.toBe(lost)
    const old = await post('/setup', { ...setUp, token: lost?.split('#')[1] })
    expect([old.status, await slugOf(old)]).toEqual([403, 'setup-link-invalid'])
  })

  test('a wrong token, a weak password and unknown currency make nothing', async () => {
    const token = await linkToken()
    const wrong = await post('/setup', { ...setUp, token: 'x'.repeat(52) })
    expect([wrong.status, await slugOf(wrong)]).toEqual([403, 'setup-link-invalid'])
    const weak = await post(
      '/setup',
      { ...setUp, token, password: 'Password2024!' },
      { 'accept-language': 'en' },
    )
    expect(weak.status).toBe(422)
    expect((await read(weak)).errors).toEqual([
      { pointer: '/password', detail: t('en', 'workspaces.password.common') },
    ])
    const coin = await post('/setup', { ...setUp, token, currency: 'XXX' })
    expect(coin.status).toBe(422)
    expect(await read(await app.request('/api/v1/setup'))).toEqual({ done: false })
  })

  test('two requests at the same moment: one owner', async () => {
    const token = await linkToken()
    const answers = await Promise.all([1, 2, 3].map(() => post('/setup', { ...setUp, token })))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409])
    const good = answers.find(({ status }) => status === 201) ?? expect.fail('one must have worked')
    done = await read(good)
    cookie = cookieOf(good)
    expect(done.store.slug).toBe('noura-s-store')
    expect(good.headers.get('set-cookie')).toMatch(/^rafid-session=.*; Path=\/; HttpOnly; SameSite=Lax$/)
    expect(existsSync(join(services.config.dataDir, 'setup-link'))).toBe(false)
    expect(await ensureSetupLink(services)).toBeUndefined()
    expect(await read(await app.request('/api/v1/setup'))).toEqual({ done: true })
    const again = await post('/setup', { ...setUp, token })
    expect([again.status, await slugOf(again)]).toEqual([409, 'already-set-up'])
  })

  test('cookie and token open the same workspace', async () => {
    const byCookie = await app.request('/api/v1/auth/session', { headers: { cookie } })
    const session = await read(byCookie)
    expect(session.person).toEqual({
      id: done.userId,
      name: setUp.name,
      email: 'noura@example.com',
      locale: 'ar',
    })
    expect(session.workspaces).toEqual([
      expect.objectContaining({
        id: done.workspaceId,
        name: 'متجر نورة',
        role: 'owner',
        storeSlug: done.store.slug,
      }),
    ])
    expect(session.current.workspaceId).toBe(done.workspaceId)
    const byToken = await app.request('/api/v1/auth/session', { headers: bearer(done.token) })
    expect((await read(byToken)).current).toMatchObject({ workspaceId: done.workspaceId, role: null })
  })

  test('the log tells how it came to be', async () => {
    const log = await read(await app.request('/api/v1/audit-events', { headers: bearer(done.token) }))
    const actions = log.items.map(({ action }) => action)
    expect(actions.toReversed()).toEqual(['workspace.open', 'store.create', 'token.create'])
    expect(log.items.every(({ actorId }) => actorId === done.userId)).toBe(true)
  })
})

describe('sign-in', () => {
  test('the right password opens a session, signing out ends it at once', async () => {
    const { owner, workspaceId } = await makeWorkspace(services)
    const signedIn = await post('/auth/sign-in', { email: owner.email.toUpperCase(), password })
    expect(signedIn.status).toBe(200)
    const cookie = cookieOf(signedIn)
    expect((await who(cookie)).current.workspaceId).toBe(workspaceId)
    const out = await post('/auth/sign-out', {}, { cookie, origin: ORIGIN })
    expect(out.status).toBe(204)
    expect(out.headers.get('set-cookie')).toMatch(/^rafid-session=;.*Max-Age=0/)
    expect((await app.request('/api/v1/auth/session', { headers: { cookie } })).status).toBe(401)
  })

  test('an unknown address gets the same answer as a wrong password, after the same time', async () => {
    const { owner } = await makeWorkspace(services)
    const wrongPassword = () => post('/auth/sign-in', { email: owner.email, password: 'not the right one' })
    const nobody = () => post('/auth/sign-in', { email: 'nobody@example.com', password: 'not the right one' })
    const [known, unknown] = [await (await wrongPassword()).text(), await (await nobody()).text()]
    expect(known).toBe(unknown)
    expect(known).toContain('sign-in-failed')
    const times = { known: [] as number[], unknown: [] as number[] }
    for (let round = 0; round < 9; round++) {
      times.known.push(await timed(wrongPassword))
      times.unknown.push(await timed(nobody))
    }
    // The quickest of each: what the machine does besides only ever adds.
    const ratio = Math.min(...times.known) / Math.min(...times.unknown)
    expect(ratio).toBeGreaterThan(0.6)
    expect(ratio).toBeLessThan(1.6)
  })

  test('a session in use goes on, one that is not ends', async () => {
    const { owner } = await makeWorkspace(services)
    const signIn = async () => cookieOf(await post('/auth/sign-in', { email: owner.email, password }))
    const session = (cookie: string) => app.request('/api/v1/auth/session', { headers: { cookie } })
    const age = async (days: number) => {
      await asOwner(
        "UPDATE sessions SET expires_at = expires_at - $2 * interval '1 day' WHERE user_id = $1",
        [owner.userId, days],
      )
      forgetActors()
    }
    const cookie = await signIn()
    expect((await session(cookie)).headers.get('set-cookie')).toBeNull()
    await age(13)
    const visited = await session(cookie)
    expect(visited.headers.get('set-cookie')).toContain(`${cookie}; Max-Age=1209600; Path=/; HttpOnly`)
    await age(13)
    expect((await session(cookie)).status).toBe(200)
    await age(15)
    expect((await session(cookie)).status).toBe(401)
    // However often somebody comes: after ninety days they prove again who they are.
    const busy = await signIn()
    const live = async (days: number) => {
      await asOwner(
        "UPDATE sessions SET created_at = created_at - $2 * interval '1 day' WHERE user_id = $1",
        [owner.userId, days],
      )
      await age(days)
      return (await session(busy)).status
    }
    const statuses: number[] = []
    for (let visit = 0; visit < 10; visit++) statuses.push(await live(10))
    expect(statuses).toEqual([...Array.from({ length: 8 }, () => 200), 401, 401])
  })

  test('a forged, changed or foreign cookie is nobody', async () => {
    const { owner } = await makeWorkspace(services)
    const cookie = cookieOf(await post('/auth/sign-in', { email: owner.email, password }))
    const [name, value = ''] = cookie.split('=', 2)
    for (const forged of [`x${value}`, value.slice(0, -8), `${value.split('.')[0]}.AAAA`, '', '.', 'a.b']) {
      const answer = await app.request('/api/v1/auth/session', { headers: { cookie: `${name}=${forged}` } })
      expect(answer.status).toBe(401)
    }
  })

  test('a change asked for by another site is refused, with and without a cookie', async () => {
    const { owner } = await makeWorkspace(services)
    const cookie = cookieOf(await post('/auth/sign-in', { email: owner.email, password }))
    const evil = { origin: 'https://evil.example' }
    for (const headers of [evil, { ...evil, cookie }, { cookie, 'sec-fetch-site': 'cross-site' }]) {
      const answer = await post('/auth/sign-in', { email: owner.email, password }, headers)
      expect([answer.status, await slugOf(answer)]).toEqual([403, 'foreign-origin'])
      expect((await post('/auth/sign-out', {}, { cookie, ...headers })).status).toBe(403)
    }
    expect((await who(cookie)).person.id).toBe(owner.userId)
  })

  test("better-auth's own check stands behind ours", async () => {
    const bare = createApp(services, { ownCheck: false })
    const { owner } = await makeWorkspace(services)
    const answer = await bare.request('/api/v1/auth/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://evil.example' },
      body: JSON.stringify({ email: owner.email, password }),
    })
    expect([answer.status, await slugOf(answer)]).toEqual([403, 'foreign-origin'])
    expect(answer.headers.get('set-cookie')).toBeNull()
  })

  test('a new password ends all other sessions and gives this one a new token', async () => {
    const { owner } = await makeWorkspace(services)
    const [here, there] = [
      cookieOf(await post('/auth/sign-in', { email: owner.email, password })),
      cookieOf(await post('/auth/sign-in', { email: owner.email, password })),
    ]
    const change = (currentPassword: string, newPassword: string) =>
      post('/auth/password', { currentPassword, newPassword }, { cookie: here, origin: ORIGIN })
    expect((await change('not the right one', 'violet ladder sings')).status).toBe(401)
    expect((await change(password, 'qwertyuiop123')).status).toBe(422)
    const changed = await change(password, 'violet ladder sings')
    expect(changed.status).toBe(204)
    for (const old of [here, there])
      expect((await app.request('/api/v1/auth/session', { headers: { cookie: old } })).status).toBe(401)
    expect((await who(cookieOf(changed))).person.id).toBe(owner.userId)
    expect((await post('/auth/sign-in', { email: owner.email, password })).status).toBe(401)
  })

  test('nobody can sign themselves up', async () => {
    for (const path of ['/auth/sign-up/email', '/auth/sign-up', '/auth/sign-in/email'])
      expect((await post(path, { email: 'a@example.com', password, name: 'A' })).status).toBe(404)
  })

  test('tries are limited per account and address, for unknown addresses too', async () => {
    const limited = { ...services, config: { ...services.config, rateLimits: true } }
    const strict = createApp(limited)
    for (const email of ['limit-unknown@example.com', (await makeWorkspace(services)).owner.email]) {
      const statuses: number[] = []
      for (let round = 0; round < 9; round++) {
        const answer = await strict.request('/api/v1/auth/sign-in', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email, password: 'wrong wrong wrong' }),
        })
        statuses.push(answer.status)
      }
      expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 401, 401, 429])
    }
  })
})

describe('workspaces', () => {
  test('a person of several says where they act; one of another is not theirs', async () => {
    const first = await makeWorkspace(services)
    const stranger = await makeWorkspace(services)
    const cookie = cookieOf(await post('/auth/sign-in', { email: first.owner.email, password }))
    const opened = await post(
      '/workspaces',
      { storeNameAr: 'متجر ثان', storeNameEn: '', storeSlug: first.slug, currency: 'SAR', locale: 'ar' },
      { cookie, origin: ORIGIN },
    )
    expect(opened.status).toBe(422)
    const body = { storeNameAr: 'متجر ثان', storeNameEn: 'Second', currency: 'SAR', locale: 'ar' }
    const taken = await post('/workspaces', { ...body, storeSlug: first.slug }, { cookie, origin: ORIGIN })
    expect([taken.status, await slugOf(taken)]).toEqual([409, 'store-slug-taken'])
    const second = await post('/workspaces', body, { cookie, origin: ORIGIN })
    expect(second.status).toBe(201)
    const { id } = await read(second)
    expect((await who(cookie)).current).toBeNull()
    const refused = await app.request('/api/v1/members', { headers: { cookie } })
    expect([refused.status, await slugOf(refused)]).toEqual([403, 'workspace-required'])
    expect((await who(cookie, id)).current).toMatchObject({ workspaceId: id, role: 'owner' })
    for (const wanted of [stranger.workspaceId, 'nonsense', "' OR 1=1"])
      expect((await who(cookie, wanted)).current).toBeNull()
    const again = await post('/workspaces', body, { cookie, origin: ORIGIN })
    expect((await read(again)).store.slug).toBe('second-2')
  })

  test('programs and strangers open none', async () => {
    const { headers } = await makeWorkspace(services)
    const body = { storeNameAr: 'أ', storeNameEn: 'A', currency: 'SAR', locale: 'ar' }
    expect((await post('/workspaces', body, headers)).status).toBe(401)
    expect((await post('/workspaces', body)).status).toBe(401)
  })
})

describe('tokens', () => {
  test('shown once, hashed at rest, with some of the rights of the maker and no more', async () => {
    const { workspaceId, headers } = await makeWorkspace(services)
    const made = await post('/tokens', { name: 'Export', rights: ['members:read', 'tokens:write'] }, headers)
    expect(made.status).toBe(201)
    const token = await read(made)
    expect(token.token).toMatch(/^rafid_[0-9a-z]{26}_[0-9a-z]{59}$/)
    const kept = await asOwner('SELECT * FROM api_tokens WHERE workspace_id = $1', [workspaceId])
    expect(JSON.stringify(kept)).not.toContain(token.token.slice(-59, -7))
    const list = await read(await app.request('/api/v1/tokens?limit=1', { headers }))
    expect(list.items).toEqual([expect.objectContaining({ id: token.id, name: 'Export' })])
    expect(JSON.stringify(list)).not.toContain(token.token.slice(-59, -7))
    const rest = await read(await app.request(`/api/v1/tokens?after=${list.next}`, { headers }))
    expect(rest.items.map(({ name }) => name)).toEqual(['Test'])
    expect(rest.next).toBeNull()

    const narrow = bearer(token.token)
    expect((await app.request('/api/v1/members', { headers: narrow })).status).toBe(200)
    expect((await app.request('/api/v1/audit-events', { headers: narrow })).status).toBe(403)
    const wider = await post('/tokens', { name: 'Wider', rights: ['audit:read'] }, narrow)
    expect([wider.status, await slugOf(wider)]).toEqual([403, 'not-allowed'])
  })

  test('one that a token makes ends with its maker at the latest', async () => {
    const { headers } = await makeWorkspace(services)
    const wish = { name: 'Maker', rights: ['tokens:write'] }
    const end = '2099-01-01T00:00:00.000Z'
    const maker = await read(await post('/tokens', { ...wish, expiresAt: end }, headers))
    const byToken = { ...headers, authorization: `Bearer ${maker.token}` }
    for (const [asked, given] of [
      [undefined, end],
      ['2100-01-01T00:00:00.000Z', end],
      ['2098-01-01T00:00:00.000Z', '2098-01-01T00:00:00.000Z'],
    ]) {
      const made = await read(await post('/tokens', { ...wish, ...(asked && { expiresAt: asked }) }, byToken))
      expect(made.expiresAt).toBe(given)
    }
  })

  test('a role that is lost takes the rights of its tokens along', async () => {
    const { workspaceId } = await makeWorkspace(services)
    const admin = await makeMember(services, workspaceId, { role: 'admin' })
    expect((await app.request('/api/v1/members', { headers: admin.headers })).status).toBe(200)
    await asOwner("UPDATE members SET role = 'analyst' WHERE user_id = $1", [admin.userId], workspaceId)
    forgetActors()
    expect((await app.request('/api/v1/members', { headers: admin.headers })).status).toBe(403)
    await asOwner('DELETE FROM api_tokens WHERE user_id = $1', [admin.userId], workspaceId)
    await asOwner('DELETE FROM members WHERE user_id = $1', [admin.userId], workspaceId)
    forgetActors()
    expect((await app.request('/api/v1/members', { headers: admin.headers })).status).toBe(401)
  })

  test('revoked, expired, misspelt or of another kind: 401, on public routes too', async () => {
    const { headers, workspaceId } = await makeWorkspace(services)
    const doomed = await read(await post('/tokens', { name: 'Doomed', rights: ['members:read'] }, headers))
    expect((await app.request('/api/v1/members', { headers: bearer(doomed.token) })).status).toBe(200)
    const revoke = () => app.request(`/api/v1/tokens/${doomed.id}`, { method: 'DELETE', headers })
    expect([(await revoke()).status, (await revoke()).status]).toEqual([204, 204])

    const brief = { name: 'Brief', rights: ['members:read'] }
    const past = await post('/tokens', { ...brief, expiresAt: '2020-01-01T00:00:00Z' }, headers)
    expect(past.status).toBe(422)
    const short = await read(await post('/tokens', { ...brief, expiresAt: '2099-01-01T00:00:00Z' }, headers))
    await asOwner("UPDATE api_tokens SET expires_at = '2020-01-01' WHERE id = $1", [short.id], workspaceId)
    const wrong = [doomed.token, short.token, `${doomed.token}x`, 'rafid_', '', doomed.token.toUpperCase()]
    for (const token of wrong) {
      const answer = await app.request('/api/v1/setup', { headers: { authorization: `Bearer ${token}` } })
      expect([answer.status, await slugOf(answer)]).toEqual([401, 'token-invalid'])
    }
    const basic = await app.request('/api/v1/setup', { headers: { authorization: 'Basic YTpi' } })
    expect(basic.status).toBe(401)
  })

  test("another workspace's tokens cannot be seen, revoked, or passed off as one's own", async () => {
    const [mine, theirs] = [await makeWorkspace(services), await makeWorkspace(services)]
    const own = await read(await app.request('/api/v1/tokens', { headers: theirs.headers }))
    const id = own.items[0]?.id
    const revoked = await app.request(`/api/v1/tokens/${id}`, { method: 'DELETE', headers: mine.headers })
    expect(revoked.status).toBe(404)
    expect((await app.request('/api/v1/members', { headers: theirs.headers })).status).toBe(200)
    // The workspace of the one and the secret of the other, with a checksum that fits.
    const stitched = withChecksum(mine.token.slice(0, 32) + theirs.token.slice(32, -7))
    expect((await app.request('/api/v1/members', { headers: bearer(stitched) })).status).toBe(401)
    const both = await app.request('/api/v1/members', {
      headers: { ...mine.headers, 'rafid-workspace': theirs.workspaceId },
    })
    expect((await read(both)).items.map(({ userId }) => userId)).toEqual([mine.owner.userId])
  })

  test('every owner is told of a new one, in their language, with its maker and without its secret', async () => {
    const { workspaceId } = await makeWorkspace(services)
    const second = await makeMember(services, workspaceId, { role: 'owner' })
    const admin = await makeMember(services, workspaceId, { role: 'admin' })
    const made = await post('/tokens', { name: 'Nightly export', rights: ['orders:read'] }, admin.headers)
    const { token } = await read(made)
    const mails = await asOwner(
      "SELECT locale, to_email, text, html FROM messages WHERE workspace_id = $1 AND kind = 'token-made' ORDER BY locale",
      [workspaceId],
    )
    expect(mails).toHaveLength(2)
    expect(mails[0]).toMatchObject({ locale: 'ar', text: expect.stringContaining('الاطلاع على الطلبات') })
    expect(mails[1]).toMatchObject({ locale: 'en', to_email: second.email })
    expect(mails[1]).toMatchObject({ text: expect.stringMatching(/Nightly export[\s\S]*Read orders/) })
    expect(JSON.stringify(mails)).not.toContain(token.slice(-20))
  })

  test('a person makes one only right after proving who they are', async () => {
    const { ctx } = await makeWorkspace(services)
    const tired = { ...ctx, session: { id: 'x', openedAt: new Date(0) } }
    const wish = { name: 'T', rights: ['store:read' as const] }
    await expect(createToken(tired, wish)).rejects.toMatchObject({ slug: 'fresh-authentication-required' })
    expect((await createToken(ctx, wish)).rights).toEqual(['store:read'])
  })

  test('the last use is noted, off the request', async () => {
    const { headers } = await makeWorkspace(services)
    await app.request('/api/v1/members', { headers })
    await expect
      .poll(async () => (await read(await app.request('/api/v1/tokens', { headers }))).items[0]?.lastUsedAt)
      .not.toBeNull()
  })
})

describe('the audit log', () => {
  test('is filtered, paged, and of one workspace', async () => {
    const [mine, theirs] = [await makeWorkspace(services), await makeWorkspace(services)]
    await transaction(mine.ctx, async (tx) => {
      for (let nth = 0; nth < 5; nth++)
        await audit(tx, {
          action: 'note.write',
          subjectKind: 'note',
          subjectId: `n${nth}`,
          after: { sum: 5n },
        })
    })
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const query: string = `/api/v1/audit-events?action=note.write&limit=2${next === '' ? '' : `&after=${next}`}`
      const page = await read(await app.request(query, { headers: mine.headers }))
      seen.push(...page.items.map(({ subjectId }) => subjectId))
      next = page.next
    }
    expect(seen).toEqual(['n4', 'n3', 'n2', 'n1', 'n0'])
    const one = await app.request('/api/v1/audit-events?subjectKind=note&subjectId=n3', {
      headers: mine.headers,
    })
    expect((await read(one)).items).toEqual([
      expect.objectContaining({ actorKind: 'member', actorId: mine.owner.userId, after: { sum: '5' } }),
    ])
    const none = await app.request('/api/v1/audit-events?action=note.write', { headers: theirs.headers })
    expect((await read(none)).items).toEqual([])
    const bad = await app.request('/api/v1/audit-events?after=Zm9v', { headers: mine.headers })
    expect(bad.status).toBe(422)
  })

  test('what is rolled back was never logged', async () => {
    const { ctx, headers } = await makeWorkspace(services)
    const failed = transaction(ctx, async (tx) => {
      await audit(tx, { action: 'note.write', subjectKind: 'note', subjectId: 'lost' })
      throw new Error('undone')
    })
    await expect(failed).rejects.toThrow('undone')
    const log = await read(await app.request('/api/v1/audit-events?subjectKind=note', { headers }))
    expect(log.items).toEqual([])
  })
})

/** The module's routes with what stands before them in the program. */
function createApp(of: TestServices, { ownCheck = true } = {}) {
  const router = createRouter()
  router.use(async (c, next) => {
    const locale = c.req.header('accept-language')?.startsWith('en') === true ? 'en' : 'ar'
    const ctx: Ctx = { ...systemCtx(of), actor: { kind: 'anonymous' }, locale, ip: 'inside' }
    c.set('ctx', ctx)
    await next()
  })
  if (ownCheck) router.use(refuseForeignOrigin(ORIGIN))
  router.use(resolveActor(of))
  router.route('/api/v1', createWorkspacesApi({ createStore }))
  router.onError((error, c) => answerProblem(c, error))
  return router
}

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }
  return Promise.resolve(app.request(`/api/v1${path}`, { ...init, body: JSON.stringify(body) }))
}

async function who(cookie: string, workspace?: string) {
  const headers = { cookie, ...(workspace === undefined ? {} : { 'rafid-workspace': workspace }) }
  return read(await app.request('/api/v1/auth/session', { headers }))
}

function withChecksum(head: string): string {
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(head))
  return head + base32(sum)
}

async function linkToken(): Promise<string> {
  const link = await ensureSetupLink(services)
  return link?.split('#')[1] ?? expect.fail('the installation waits for its owner')
}

function cookieOf(answer: Response): string {
  return answer.headers.get('set-cookie')?.split(';')[0] ?? expect.fail('a cookie was expected')
}

/** What the answers of these routes hold, each of them a part. */
type Body = {
  type: string
  errors: unknown
  id: string
  expiresAt: string | null
  token: string
  workspaceId: string
  userId: string
  store: { slug: string }
  person: { id: string }
  workspaces: unknown
  current: { workspaceId: string }
  next: string | null
  items: {
    id: string
    name: string
    userId: string
    action: string
    actorId: string
    subjectId: string
    lastUsedAt: string | null
  }[]
}

async function read(answer: Response): Promise<Body> {
  // The assertions on its fields are the test; a field that is missing fails them.
  return (await answer.json()) as Body
}

async function slugOf(answer: Response): Promise<string> {
  return (await read(answer)).type.split('#')[1] ?? ''
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** A statement as the owner of the tables, for states that the program cannot make. */
async function asOwner(text: string, values: unknown[], workspaceId?: string): Promise<unknown[]> {
  const client = new pg.Client(services.test.owner)
  await client.connect()
  try {
    const workspace = workspaceId ?? String(values[0])
    await client.query("SELECT set_config('rafid.workspace_id', $1, false)", [workspace])
    return (await client.query<Record<string, unknown>>(text, values)).rows
  } finally {
    await client.end()
  }
}
