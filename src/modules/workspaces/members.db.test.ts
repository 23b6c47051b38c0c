import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeMember, makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import { createApp } from '../../app.ts'
import type { Role } from '../../platform/authorise.ts'
import type { Ctx } from '../../platform/ctx.ts'
import { rows, transaction } from '../../platform/database/transaction.ts'
import type { OutgoingMail } from '../../platform/mail/transport.ts'
import { changeRole } from './operations/change-role.ts'
import { acceptInvitation, joinByInvitation, openInvitation } from './operations/accept-invitation.ts'
import { inviteMember, resendInvitation, revokeInvitation } from './operations/invite-member.ts'
import { listInvitations } from './operations/list-invitations.ts'
import { listMembers } from './operations/list-members.ts'
import {
  acceptOwnership,
  endOwnershipOffer,
  listOwnershipOffers,
  offerOwnership,
} from './operations/offer-ownership.ts'
import { leaveWorkspace, removeMember } from './operations/remove-member.ts'

const DAY = 86_400_000
const password = 'turquoise kettle ploughs'
const clock = standingClock()
const mails: OutgoingMail[] = []

let services: TestServices
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  const send = (mail: OutgoingMail) => {
    mails.push(mail)
    return Promise.resolve({ outcome: 'sent' } as const)
  }
  services = await testServices({ clock, mail: { send, close: () => undefined } })
  app = createApp(services)
})

describe('an invitation', () => {
  test('comes by mail in the chosen language, makes an account, and works once', async () => {
    const { ctx } = await makeWorkspace(services)
    const invitation = await invite(ctx, { role: 'editor', locale: 'en' })
    expect(invitation.link).toBeNull()
    const mail = await mailTo(invitation.email)
    expect(mail.subject.replaceAll(/[\u2066-\u2069]/gu, '')).toBe('نورة السالم invites you to متجر الرافد')
    expect(mail.text).toContain('Editor')
    const key = keyIn(mail)
    expect(await openInvitation(nobody(ctx), { key })).toMatchObject({
      email: invitation.email,
      role: 'editor',
      hasAccount: false,
    })
    const wish = { key, name: 'سارة', password, locale: 'ar' } as const
    const joined = await app.request('/api/v1/invitations/join', json(wish))
    expect(joined.status).toBe(201)
    expect(joined.headers.get('set-cookie')).toContain('rafid-session=')
    const session = await sessionOf(cookieOf(joined))
    expect(session.current).toMatchObject({ workspaceId: ctx.workspaceId, role: 'editor' })
    for (const [path, body] of [
      ['join', wish],
      ['open', { key }],
    ] as const)
      expect(await problemOf(await app.request(`/api/v1/invitations/${path}`, json(body)))).toBe(
        '410 invitation-over',
      )
    expect((await listInvitations(ctx, { limit: 10 })).items).toEqual([])
  })

  test('is written to no table and read in no outbox: only its reader can accept it', async () => {
    const { ctx } = await makeWorkspace(services)
    const { email } = await invite(ctx, {})
    const secret = keyIn(await mailTo(email)).split('_')[1] ?? expect.fail('the key has a secret')
    const kept = await transaction(ctx, (tx) =>
      rows<{ row: string }>(
        tx,
        sql`SELECT i::text AS row FROM invitations i UNION ALL SELECT m::text FROM messages m
            UNION ALL SELECT j.data::text FROM pgboss.job j UNION ALL SELECT k::text FROM idempotency_keys k`,
      ),
    )
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.filter(({ row }) => row.includes(secret))).toEqual([])
  })

  test('is accepted by the person of that address, signed in, and by nobody else', async () => {
    const [mine, theirs] = [await makeWorkspace(services), await makeWorkspace(services)]
    const invitation = await invite(mine.ctx, { email: theirs.owner.email, role: 'support' })
    const key = keyIn(await mailTo(invitation.email))
    const stranger = await makeWorkspace(services)
    await expect(acceptInvitation(stranger.ctx, { key })).rejects.toMatchObject({
      slug: 'invitation-for-another',
    })
    const known = joinByInvitation(nobody(mine.ctx), { key, name: 'X', password, locale: 'ar' })
    await expect(known).rejects.toMatchObject({ slug: 'account-known' })
    expect((await openInvitation(nobody(mine.ctx), { key })).hasAccount).toBe(true)
    const joined = await acceptInvitation(theirs.ctx, { key })
    expect(joined).toEqual({ workspaceId: mine.workspaceId, userId: theirs.owner.userId })
    expect(await rolesIn(mine)).toEqual({ [mine.owner.userId]: 'owner', [theirs.owner.userId]: 'support' })
    const cookie = await signIn(theirs.owner.email)
    const ids = (await sessionOf(cookie)).workspaces.map(({ id }) => id)
    expect(ids.toSorted()).toEqual([theirs.workspaceId, mine.workspaceId].toSorted())
  })

  test('two who hold its link at the same moment: one joins', async () => {
    const { ctx } = await makeWorkspace(services)
    const { email } = await invite(ctx, {})
    const key = keyIn(await mailTo(email))
    const join = () => joinByInvitation(nobody(ctx), { key, name: 'سارة', password, locale: 'ar' })
    const ends = await Promise.allSettled([join(), join(), join()])
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('ends after a week, when it is taken back, and when the one who sent it may give that role no more', async () => {
    const shop = await makeWorkspace(services)
    const { ctx } = shop
    const admin = await makeMember(services, shop.workspaceId, { role: 'admin' })
    const open = async (of: Ctx) => {
      const invitation = await invite(of, { role: 'support' })
      return { ...invitation, key: keyIn(await mailTo(invitation.email)) }
    }
    const [old, taken, orphan] = [await open(ctx), await open(ctx), await open(admin.ctx)]
    const refused = (key: string) =>
      expect(openInvitation(nobody(ctx), { key })).rejects.toMatchObject({ slug: 'invitation-over' })
    await revokeInvitation(ctx, taken.id)
    await revokeInvitation(ctx, taken.id)
    await refused(taken.key)
    await changeRole(ctx, admin.userId, { role: 'editor' })
    await refused(orphan.key)
    await openInvitation(nobody(ctx), { key: old.key })
    clock.advance(7 * DAY)
    await refused(old.key)
    for (const key of ['', 'x', old.key.replace(/.$/, (last) => (last === '0' ? '1' : '0'))])
      await refused(key)
    expect((await listInvitations(ctx, { limit: 10 })).items.map(({ expired }) => expired)).toEqual([
      true,
      true,
    ])
  })

  test('is sent again with another link, not twice a minute, and not without end', async () => {
    const { ctx } = await makeWorkspace(services)
    const { id, email } = await invite(ctx, {})
    const first = keyIn(await mailTo(email))
    await expect(resendInvitation(ctx, id)).rejects.toMatchObject({ slug: 'rate-limited' })
    for (let nth = 2; nth <= 5; nth++) {
      clock.advance(61_000)
      await resendInvitation(ctx, id)
      await services.drain()
    }
    clock.advance(61_000)
    await expect(resendInvitation(ctx, id)).rejects.toMatchObject({ slug: 'rate-limited' })
    const sent = mails.filter(({ to }) => to.address === email)
    expect(new Set(sent.map(keyIn)).size).toBe(5)
    await expect(openInvitation(nobody(ctx), { key: first })).rejects.toMatchObject({
      slug: 'invitation-over',
    })
    await openInvitation(nobody(ctx), { key: keyIn(sent.at(-1) ?? expect.fail('mails were sent')) })
  })

  test('nobody gives more than they have, invites a member, or one address twice', async () => {
    const shop = await makeWorkspace(services)
    const admin = await makeMember(services, shop.workspaceId, { role: 'admin' })
    const editor = await makeMember(services, shop.workspaceId, { role: 'editor' })
    await expect(invite(admin.ctx, { role: 'owner' })).rejects.toMatchObject({ slug: 'role-too-wide' })
    await expect(invite(editor.ctx, { role: 'editor' })).rejects.toMatchObject({ slug: 'not-allowed' })
    const narrow = await makeMember(services, shop.workspaceId, { role: 'admin', rights: ['members:write'] })
    const byToken = await post('/invitations', { email: 'a@example.com', role: 'analyst' }, narrow.headers)
    expect(await problemOf(byToken)).toBe('403 role-too-wide')
    await expect(invite(shop.ctx, { email: editor.email })).rejects.toMatchObject({ slug: 'already-member' })
    const { email } = await invite(admin.ctx, { role: 'admin' })
    await expect(invite(shop.ctx, { email })).rejects.toMatchObject({ slug: 'already-invited' })
  })

  test('of another workspace can be neither seen, sent again, nor taken back', async () => {
    const [mine, theirs] = [await makeWorkspace(services), await makeWorkspace(services)]
    const { id } = await invite(theirs.ctx, {})
    expect((await listInvitations(mine.ctx, { limit: 10 })).items).toEqual([])
    await expect(resendInvitation(mine.ctx, id)).rejects.toMatchObject({ slug: 'not-found' })
    await expect(revokeInvitation(mine.ctx, id)).rejects.toMatchObject({ slug: 'not-found' })
  })

  test('without a mail server the one who invites gets the link, and the address is not taken for proven', async () => {
    const { ctx } = await makeWorkspace(services)
    const alone: Ctx = { ...ctx, mail: undefined }
    const { link, email } = await invite(alone, {})
    const key = link?.split('#')[1] ?? expect.fail('a link was expected')
    const { userId } = await joinByInvitation(nobody(alone), { key, name: 'سارة', password, locale: 'ar' })
    expect(await verified(ctx, userId)).toBe(false)
    const mailed = await invite(ctx, {})
    const proven = keyIn(await mailTo(mailed.email))
    const other = await joinByInvitation(nobody(ctx), { key: proven, name: 'سارة', password, locale: 'ar' })
    expect(await verified(ctx, other.userId)).toBe(true)
    expect(email).not.toBe(mailed.email)
  })

  test('the same idempotency key is the same invitation', async () => {
    const { headers, ctx } = await makeWorkspace(services)
    const body = { email: `twice-${services.ids.next()}@example.com`, role: 'analyst' }
    const send = () => post('/invitations', body, { ...headers, 'idempotency-key': 'k1' })
    const [first, again] = [await send(), await send()]
    expect([first.status, again.status]).toEqual([201, 201])
    expect(((await first.json()) as { id: string }).id).toBe(((await again.json()) as { id: string }).id)
    expect((await listInvitations(ctx, { limit: 10 })).items).toHaveLength(1)
  })
})

describe('roles and removal', () => {
  test('a removed member’s sessions and tokens may do nothing from the next request on', async () => {
    const shop = await makeWorkspace(services)
    const admin = await makeMember(services, shop.workspaceId, { role: 'admin' })
    const cookie = await signIn(admin.email)
    const asks = async () => [
      (await app.request('/api/v1/members', { headers: admin.headers })).status,
      (await app.request('/api/v1/members', { headers: { cookie } })).status,
    ]
    expect(await asks()).toEqual([200, 200])
    await removeMember(shop.ctx, admin.userId)
    expect(await asks()).toEqual([401, 403])
    expect((await sessionOf(cookie)).workspaces).toEqual([])
    await services.drain()
    expect(mails.find(({ to }) => to.address === admin.email)?.subject).toContain('no longer a member')
    // Invited again, they are a member, but the old token stays what it is: ended.
    const { id } = await inviteMember(shop.ctx, { email: admin.email, role: 'admin' }, 'again')
    await services.drain()
    const key = keyIn(mails.findLast(({ to }) => to.address === admin.email) ?? expect.fail(id))
    await acceptInvitation({ ...admin.ctx, actor: { kind: 'person', userId: admin.userId } }, { key })
    expect(await asks()).toEqual([401, 200])
  })

  test('another process learns of a removal and of a lost role within a second', async () => {
    const shop = await makeWorkspace(services)
    const admin = await makeMember(services, shop.workspaceId, { role: 'admin' })
    const cookie = await signIn(admin.email)
    const ask = async (headers: Record<string, string>) =>
      (await app.request('/api/v1/members', { headers })).status
    const turns = async (work: ReturnType<typeof sql>, expected: number[]) => {
      expect([await ask(admin.headers), await ask({ cookie })]).toEqual([200, 200])
      // As another process does it: this one is told nothing.
      await transaction(shop.ctx, (tx) => rows(tx, work))
      const since = performance.now()
      await expect
        .poll(async () => [await ask(admin.headers), await ask({ cookie })], { interval: 20, timeout: 3_000 })
        .toEqual(expected)
      expect(performance.now() - since).toBeLessThan(1_300)
    }
    const who = sql`workspace_id = ${shop.workspaceId} AND user_id = ${admin.userId}`
    await turns(sql`UPDATE members SET role = 'editor' WHERE ${who}`, [403, 403])
    await transaction(shop.ctx, (tx) => rows(tx, sql`UPDATE members SET role = 'admin' WHERE ${who}`))
    await expect.poll(() => ask(admin.headers), { interval: 50, timeout: 3_000 }).toBe(200)
    await expect.poll(() => ask({ cookie }), { interval: 50, timeout: 3_000 }).toBe(200)
    await turns(sql`DELETE FROM members WHERE ${who}`, [401, 403])
  })

  test('an admin changes whom they cover, and no owner; nobody is made an owner this way', async () => {
    const shop = await makeWorkspace(services)
    const admin = await makeMember(services, shop.workspaceId, { role: 'admin' })
    const editor = await makeMember(services, shop.workspaceId, { role: 'editor' })
    expect(await changeRole(admin.ctx, editor.userId, { role: 'support' })).toMatchObject({ role: 'support' })
    for (const attempt of [
      () => changeRole(admin.ctx, shop.owner.userId, { role: 'analyst' }),
      () => removeMember(admin.ctx, shop.owner.userId),
    ])
      await expect(attempt()).rejects.toMatchObject({ slug: 'role-too-wide' })
    const asOwner = await app.request(`/api/v1/members/${editor.userId}`, {
      ...json({ role: 'owner' }, shop.headers),
      method: 'PATCH',
    })
    expect(asOwner.status).toBe(422)
    const stranger = await makeWorkspace(services)
    await expect(changeRole(shop.ctx, stranger.owner.userId, { role: 'editor' })).rejects.toMatchObject({
      slug: 'not-found',
    })
    await expect(removeMember(shop.ctx, stranger.owner.userId)).rejects.toMatchObject({ slug: 'not-found' })
  })

  test('a member leaves; the last owner neither leaves, nor is removed, nor becomes less', async () => {
    const shop = await makeWorkspace(services)
    const editor = await makeMember(services, shop.workspaceId, { role: 'editor' })
    await leaveWorkspace(editor.ctx)
    expect(await rolesIn(shop)).toEqual({ [shop.owner.userId]: 'owner' })
    for (const attempt of [
      () => leaveWorkspace(shop.ctx),
      () => removeMember(shop.ctx, shop.owner.userId),
      () => changeRole(shop.ctx, shop.owner.userId, { role: 'admin' }),
    ])
      await expect(attempt()).rejects.toMatchObject({ slug: 'last-owner' })
  })

  test('two owners who go at the same moment, each in every way: one stays', async () => {
    const ways = [
      (ctx: Ctx, _userId: string) => leaveWorkspace(ctx),
      (ctx: Ctx, userId: string) => removeMember(ctx, userId),
      (ctx: Ctx, userId: string) => changeRole(ctx, userId, { role: 'admin' }),
    ]
    for (const first of ways) {
      for (const second of ways) {
        const shop = await makeWorkspace(services)
        const other = await makeMember(services, shop.workspaceId, { role: 'owner' })
        const ends = await Promise.allSettled([
          first(shop.ctx, shop.owner.userId),
          second(other.ctx, other.userId),
        ])
        expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
        const roles = Object.values(await rolesIn(shop))
        expect(roles.filter((role) => role === 'owner')).toHaveLength(1)
      }
    }
  })
})

describe('ownership', () => {
  test('is handed over when both agree, and by no program', async () => {
    const shop = await makeWorkspace(services)
    const admin = await makeMember(services, shop.workspaceId, { role: 'admin' })
    const wish = { userId: admin.userId, shared: false }
    await expect(
      offerOwnership(admin.ctx, { userId: shop.owner.userId, shared: false }),
    ).rejects.toMatchObject({
      slug: 'owners-only',
    })
    expect(await problemOf(await post('/ownership-offers', wish, shop.headers))).toBe('401 not-signed-in')
    const tired: Ctx = { ...shop.ctx, session: { id: 'x', openedAt: new Date(clock.now().getTime() - DAY) } }
    await expect(offerOwnership(tired, wish)).rejects.toMatchObject({ slug: 'fresh-authentication-required' })
    expect(await offerOwnership(shop.ctx, wish)).toHaveLength(1)
    expect(await rolesIn(shop)).toMatchObject({ [admin.userId]: 'admin' })
    await services.drain()
    expect(mails.find(({ to }) => to.address === admin.email)?.text).toContain('hand the ownership')
    expect(await listOwnershipOffers(admin.ctx)).toMatchObject([{ from: { userId: shop.owner.userId } }])
    await acceptOwnership(admin.ctx, shop.owner.userId)
    expect(await rolesIn(shop)).toEqual({ [shop.owner.userId]: 'admin', [admin.userId]: 'owner' })
    await expect(acceptOwnership(admin.ctx, shop.owner.userId)).rejects.toMatchObject({ slug: 'not-found' })
    await services.drain()
    expect(mails.findLast(({ to }) => to.address === shop.owner.email)?.subject).toContain('مالكًا')
  })

  test('is shared, declined, withdrawn, and void after a week or with an owner who is none any more', async () => {
    const shop = await makeWorkspace(services)
    const admin = await makeMember(services, shop.workspaceId, { role: 'admin' })
    const from = shop.owner.userId
    const offer = (shared = true) => offerOwnership(shop.ctx, { userId: admin.userId, shared })
    const gone = () => expect(acceptOwnership(admin.ctx, from)).rejects.toMatchObject({ slug: 'not-found' })
    await offer()
    await endOwnershipOffer(admin.ctx, from)
    await gone()
    await offer()
    await endOwnershipOffer(shop.ctx, from)
    await endOwnershipOffer(shop.ctx, from)
    await gone()
    await offer()
    clock.advance(7 * DAY)
    await gone()
    const fresh: Ctx = { ...shop.ctx, session: { id: 'x', openedAt: clock.now() } }
    await offerOwnership(fresh, { userId: admin.userId, shared: true })
    await acceptOwnership(admin.ctx, from)
    expect(await rolesIn(shop)).toEqual({ [from]: 'owner', [admin.userId]: 'owner' })
    await expect(offerOwnership(fresh, { userId: admin.userId, shared: true })).rejects.toMatchObject({
      slug: 'already-owner',
    })
    const editor = await makeMember(services, shop.workspaceId, { role: 'editor' })
    await offerOwnership(fresh, { userId: editor.userId, shared: false })
    await changeRole({ ...admin.ctx, actor: { kind: 'member', userId: admin.userId, role: 'owner' } }, from, {
      role: 'admin',
    })
    await expect(acceptOwnership(editor.ctx, from)).rejects.toMatchObject({ slug: 'not-found' })
  })
})

test('every step stands in the log, without the address’s key', async () => {
  const shop = await makeWorkspace(services)
  const { id } = await invite(shop.ctx, {})
  clock.advance(61_000)
  await resendInvitation(shop.ctx, id)
  await revokeInvitation(shop.ctx, id)
  const editor = await makeMember(services, shop.workspaceId, { role: 'editor' })
  await changeRole(shop.ctx, editor.userId, { role: 'support' })
  await removeMember(shop.ctx, editor.userId)
  const log = await transaction(shop.ctx, (tx) =>
    rows<{ action: string }>(tx, sql`SELECT action FROM audit_events ORDER BY id DESC LIMIT 6`),
  )
  expect(log.map(({ action }) => action)).toEqual([
    'member.remove',
    'member.change-role',
    'token.create',
    'invitation.revoke',
    'invitation.resend',
    'invitation.create',
  ])
})

let sent = 0

function invite(ctx: Ctx, wish: { email?: string; role?: Role; locale?: 'ar' | 'en' }) {
  const email = wish.email ?? `guest-${services.ids.next()}@example.com`
  sent += 1
  const { role = 'support', locale = 'ar' } = wish
  return inviteMember(ctx, { email, role, locale }, `test-${sent}`)
}

async function mailTo(address: string): Promise<OutgoingMail> {
  await services.drain()
  return mails.findLast(({ to }) => to.address === address) ?? expect.fail(`no mail to ${address}`)
}

function keyIn(mail: OutgoingMail): string {
  return /\/dashboard\/invitation#([0-9a-z_]+)/.exec(mail.text)?.[1] ?? expect.fail('no link in the mail')
}

function nobody(ctx: Ctx): Ctx {
  const { session: _none, ...rest } = ctx
  return { ...rest, actor: { kind: 'anonymous' }, workspaceId: undefined }
}

async function rolesIn({ ctx }: TestWorkspace): Promise<Record<string, Role>> {
  const { items } = await listMembers({ ...ctx, actor: { kind: 'system' } }, { limit: 50 })
  return Object.fromEntries(items.map(({ userId, role }) => [userId, role]))
}

async function verified(ctx: Ctx, userId: string): Promise<boolean | undefined> {
  const [row] = await transaction(ctx, (tx) =>
    rows<{ email_verified: boolean }>(tx, sql`SELECT email_verified FROM users WHERE id = ${userId}`),
  )
  return row?.email_verified
}

function json(body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }
}

async function post(path: string, body: unknown, headers: Record<string, string>): Promise<Response> {
  return app.request(`/api/v1${path}`, json(body, { 'idempotency-key': services.ids.next(), ...headers }))
}

async function signIn(email: string): Promise<string> {
  return cookieOf(await app.request('/api/v1/auth/sign-in', json({ email, password })))
}

function cookieOf(answer: Response): string {
  const cookies = answer.headers.getSetCookie().map((one) => one.split(';')[0] ?? '')
  return cookies.find((one) => one.includes('rafid-session=')) ?? expect.fail('a cookie was expected')
}

type Session = { workspaces: { id: string }[]; current: unknown }

async function sessionOf(cookie: string): Promise<Session> {
  return (await (await app.request('/api/v1/auth/session', { headers: { cookie } })).json()) as Session
}

async function problemOf(answer: Response): Promise<string> {
  const { type } = (await answer.json()) as { type: string }
  return `${answer.status} ${type.split('#')[1]}`
}
