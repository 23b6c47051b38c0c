import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeMember, makeWorkspace } from '../../../test/support/workspace.ts'
import { createApp } from '../../app.ts'
import type { OutgoingMail } from '../../platform/mail/transport.ts'
import { directoryTransaction, rows, statement } from '../../platform/database/transaction.ts'
import { ERASED } from '../../platform/personal-data.ts'
import { closeOwnAccount } from './operations/close-own-account.ts'

const clock = standingClock()
const mails: OutgoingMail[] = []
let services: TestServices

beforeAll(async () => {
  const send = (mail: OutgoingMail) => {
    mails.push(mail)
    return Promise.resolve({ outcome: 'sent' } as const)
  }
  services = await testServices({ clock, mail: { send, close: () => undefined } })
})

const signIn = (email: string, password: string) =>
  createApp(services).request('/api/v1/auth/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: services.config.publicUrl },
    body: JSON.stringify({ email, password }),
  })

describe('closing an account', () => {
  test('ends every way in and every membership, and keeps neither name nor address', async () => {
    const { workspaceId, ctx: owner } = await makeWorkspace(services)
    const member = await makeMember(services, workspaceId, { role: 'editor' })
    const { ctx, userId, email, password } = member
    expect((await signIn(email, password)).status).toBe(200)
    await statement(
      owner,
      sql`INSERT INTO planner_assessments (workspace_id, user_id, answers, settled, created_at, updated_at)
          VALUES (${workspaceId}, ${userId}, '{}'::jsonb, '{}', ${clock.now()}, ${clock.now()})`,
    )
    await closeOwnAccount(ctx)
    const [person] = await directoryTransaction(ctx, (tx) =>
      rows<{ name: string; email: string }>({ tx }, sql`SELECT name, email FROM users WHERE id = ${userId}`),
    )
    expect(person?.name).toBe(ERASED.name)
    expect(person?.email).not.toContain(email)
    expect((await signIn(email, password)).status).toBe(401)
    const app = createApp(services)
    expect((await app.request('/api/v1/products', { headers: member.headers })).status).toBe(401)
    const left = await statement<{ of: string }>(
      owner,
      sql`SELECT 'member' AS of FROM members WHERE workspace_id = ${workspaceId} AND user_id = ${userId}
          UNION ALL SELECT 'answers' FROM planner_assessments WHERE workspace_id = ${workspaceId} AND user_id = ${userId}`,
    )
    expect(left).toEqual([])
    const told = await statement<{ action: string }>(
      owner,
      sql`SELECT action FROM audit_events WHERE workspace_id = ${workspaceId} AND user_id = ${userId} ORDER BY id`,
    )
    expect(told.map(({ action }) => action)).toEqual(['person.account-closed', 'member.leave'])
    await services.drain()
    expect(mails.find(({ to }) => to.address === email)?.subject).toBe('Your account is closed')
  })

  test('is refused to the last owner, and changes nothing', async () => {
    const { ctx, owner, workspaceId } = await makeWorkspace(services)
    const other = await makeWorkspace(services)
    await makeMember(services, other.workspaceId, { role: 'owner' })
    await expect(closeOwnAccount(ctx)).rejects.toMatchObject({ slug: 'last-owner' })
    expect((await signIn(owner.email, owner.password)).status).toBe(200)
    const still = await statement(
      ctx,
      sql`SELECT 1 FROM members WHERE workspace_id = ${workspaceId} AND user_id = ${owner.userId}`,
    )
    expect(still).toHaveLength(1)
  })

  test('asks who has not proven lately who they are', async () => {
    const { workspaceId } = await makeWorkspace(services)
    const { ctx } = await makeMember(services, workspaceId, { role: 'editor' })
    const openedAt = new Date(clock.now().getTime() - 3_600_000)
    const stale = { ...ctx, session: { id: ctx.ids.next(), openedAt } }
    await expect(closeOwnAccount(stale)).rejects.toMatchObject({ slug: 'fresh-authentication-required' })
  })
})
