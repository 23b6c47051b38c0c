import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeMember, makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import type { Ctx } from '../ctx.ts'
import { rows, transaction } from '../database/transaction.ts'
import { createRouter } from '../http/env.ts'
import { answerProblem } from '../http/problems.ts'
import { mailApi } from './api.ts'
import { accountMail } from './account-kinds.ts'
import { queueMessage } from './queue-message.ts'

let services: TestServices
let mine: TestWorkspace
let id: string

beforeAll(async () => {
  services = await testServices()
  mine = await makeWorkspace(services)
  const words = accountMail('verify-email', {
    locale: 'ar',
    name: 'نورة',
    url: 'https://shop.example/v',
    validMinutes: 60,
  })
  const message = { ...words, dedupeKey: 'verify/1', to: { email: 'noura@example.com' }, fromName: 'رافد' }
  id = (await transaction(mine.ctx, (tx) => queueMessage(tx, message))).id
})

/** The routes as one caller finds them. */
function as(ctx: Ctx) {
  const app = createRouter()
  app.use(async (c, next) => {
    c.set('ctx', ctx)
    await next()
  })
  app.onError((error, c) => answerProblem(c, error))
  app.route('/', mailApi())
  return async (path: string, method = 'GET', headers: Record<string, string> = {}) =>
    app.request(path, { method, headers })
}

test('mails that wait for a server are listed and shown as their readers will see them', async () => {
  const call = as(mine.ctx)
  const list: unknown = await (await call('/messages?status=no-server')).json()
  expect(list).toMatchObject({
    items: [{ id, kind: 'verify-email', status: 'no-server', sentAt: null }],
    next: null,
  })
  expect(await (await call('/messages?status=sent')).json()).toEqual({ items: [], next: null })
  const one: unknown = await (await call(`/messages/${id}`)).json()
  expect(one).toMatchObject({
    subject: 'أكّد عنوان بريدك الإلكتروني',
    to: { email: 'noura@example.com' },
    attachments: [],
  })
  const page = await call(`/messages/${id}/page`)
  expect(page.headers.get('content-security-policy')).toContain('sandbox')
  const html = await page.text()
  expect(html).toContain('<html lang="ar" dir="rtl">')
  expect(html).toContain('<base target="_blank" />')
})

test('what is not failed cannot be sent again, and others see nothing', async () => {
  expect((await as(mine.ctx)(`/messages/${id}/resend`, 'POST')).status).toBe(409)
  const theirs = await makeWorkspace(services)
  expect((await as(theirs.ctx)(`/messages/${id}`)).status).toBe(404)
  const analyst = await makeMember(services, mine.workspaceId, { role: 'analyst' })
  expect((await as(analyst.ctx)('/messages')).status).toBe(403)
  expect((await as(mine.ctx)('/messages?status=gone')).status).toBe(422)
})

test('the same key sends a mail again once, and is answered the same', async () => {
  await transaction(mine.ctx, (tx) => rows(tx, sql`UPDATE messages SET status = 'failed' WHERE id = ${id}`))
  const call = as(mine.ctx)
  const again = () => call(`/messages/${id}/resend`, 'POST', { 'idempotency-key': 'once' })
  expect([(await again()).status, (await again()).status]).toEqual([202, 202])
  expect((await call(`/messages/${id}/resend`, 'POST')).status).toBe(409)
})
