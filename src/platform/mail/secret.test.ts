import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import { systemCtx, type Ctx } from '../ctx.ts'
import { rows, transaction } from '../database/transaction.ts'
import { isSealed } from '../sealing/envelope.ts'
import { sendMessageJob } from './jobs.ts'
import { purchasesLinkMail } from './kinds.ts'
import { withoutSecret } from './message.ts'
import { queueMessage } from './queue-message.ts'
import { getMessage, resendMessage } from './read-messages.ts'
import type { OutgoingMail, SendOutcome } from './transport.ts'

const token = 'k3y_that-only_the-reader_has'
const clock = standingClock()
const sent: OutgoingMail[] = []
let answer: SendOutcome = { outcome: 'sent' }
let services: TestServices
let ctx: Ctx

beforeAll(async () => {
  services = await testServices({ clock })
  const send = (mail: OutgoingMail) => {
    sent.push(mail)
    return Promise.resolve(answer)
  }
  const { workspaceId } = await makeWorkspace(services)
  ctx = systemCtx({ ...services, mail: { send, close: () => undefined } }, workspaceId)
})

async function queue(expiresAt?: Date): Promise<string> {
  const store = { name: 'دار رافد', url: 'https://shop.example/ar/rafid' }
  const url = `https://shop.example/p?token=${token}`
  const { id } = await transaction(ctx, (tx) =>
    queueMessage(tx, {
      ...purchasesLinkMail({ locale: 'ar', store, url, validMinutes: 30 }),
      dedupeKey: `test/${services.ids.next()}`,
      to: { email: 'sara@example.com' },
      fromName: store.name,
      secret: token,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    }),
  )
  return id
}

const run = (id: string) => sendMessageJob.handler(ctx, [{ id }])

async function kept(id: string): Promise<string | null> {
  const [message] = await transaction(ctx, (tx) =>
    rows<{ secret: string | null }>(
      tx,
      sql`SELECT secret FROM messages WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`,
    ),
  )
  return message?.secret ?? null
}

test('the reader gets the key, members never see it, and it is gone once the mail is', async () => {
  const id = await queue()
  expect(JSON.stringify(await getMessage(ctx, id))).not.toContain(token)
  expect(await kept(id)).toSatisfy(isSealed)
  await run(id)
  const mail = sent.at(-1)
  expect([mail?.html.includes(token), mail?.text.includes(token)]).toEqual([true, true])
  expect(mail?.html).not.toContain('••••')
  expect(await kept(id)).toBeNull()
})

test('a mail that may be sent again keeps its key until then; one that came too late does not', async () => {
  answer = { outcome: 'unknown', reason: 'connection lost' }
  const id = await queue()
  await run(id)
  expect(await kept(id)).toSatisfy(isSealed)
  answer = { outcome: 'sent' }
  await resendMessage(ctx, id)
  await run(id)
  expect(sent.at(-1)?.text).toContain(token)
  expect(await kept(id)).toBeNull()
  const late = await queue(new Date(clock.now().getTime() + 60_000))
  clock.advance(61_000)
  await run(late)
  expect((await getMessage(ctx, late)).status).toBe('failed')
  expect(await kept(late)).toBeNull()
})

test('a key that HTML would write otherwise is refused', () => {
  for (const secret of ['a&b_a&b_a&b_a&b_a&b', 'short', ''])
    expect(() => withoutSecret({ html: '', text: '' }, secret)).toThrow()
})
