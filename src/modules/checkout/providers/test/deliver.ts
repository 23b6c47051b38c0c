import http from 'node:http'
import https from 'node:https'
import { z } from 'zod'
import type { Ctx } from '../../../../platform/ctx.ts'
import { refuseInsideTransaction } from '../../../../platform/database/database.ts'
import { defineEvent, defineJob } from '../../../../platform/jobs/jobs.ts'
import { testSecret } from './secret.ts'
import { signMessage } from './signature.ts'

const TIMEOUT_MS = 15_000

const messageSchema = z.object({
  eventId: z.string(),
  payment: z.uuid(),
  status: z.enum(['open', 'challenge', 'processing', 'paid', 'declined', 'cancelled']),
})

/** What the test provider tells the store about a payment. */
export type TestMessage = z.infer<typeof messageSchema>

/** The test provider has something to tell. */
export const testMessageDue = defineEvent('test-message.due', messageSchema)

/** Delivers messages of the test provider to the store's webhook address, over HTTP as any provider would. */
export const deliverTestMessage = defineJob({
  name: 'deliver-test-message',
  schema: messageSchema,
  batch: 50,
  handler: async (ctx, messages) => {
    await Promise.all(messages.map((message) => deliver(ctx, message)))
  },
})

async function deliver(ctx: Ctx, { eventId, payment, status }: TestMessage): Promise<void> {
  refuseInsideTransaction('webhook delivery')
  const body = JSON.stringify({ type: `payment.${status}`, data: { payment, status } })
  const headers = signMessage(testSecret(ctx), { id: eventId, at: ctx.clock.now(), body })
  const address = new URL(`/api/v1/webhooks/test/${ctx.workspaceId ?? ''}`, ctx.config.publicUrl)
  const answered = await post(address, { 'content-type': 'application/json', ...headers }, body)
  if (answered < 200 || answered > 299) throw new Error(`the webhook address answered ${answered}`)
}

// A sale each is delivered, so this is as lean as Node can post: `fetch` takes several times as long.
const agents = {
  'http:': new http.Agent({ keepAlive: true }),
  'https:': new https.Agent({ keepAlive: true }),
}

function post(address: URL, headers: Record<string, string>, body: string): Promise<number> {
  const secure = address.protocol === 'https:'
  const options = {
    method: 'POST',
    agent: secure ? agents['https:'] : agents['http:'],
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    timeout: TIMEOUT_MS,
  }
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(address, options, (answer) => {
      answer.on('error', reject)
      answer.on('end', () => resolve(answer.statusCode ?? 0))
      answer.resume()
    })
    request.on('error', reject)
    request.on('timeout', () => request.destroy(new Error('the webhook address did not answer')))
    request.end(body)
  })
}
