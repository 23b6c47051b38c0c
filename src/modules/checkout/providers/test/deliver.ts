import { z } from 'zod'
import type { Ctx } from '../../../../platform/ctx.ts'
import { refuseInsideTransaction } from '../../../../platform/database/database.ts'
import { defineJob } from '../../../../platform/jobs/jobs.ts'
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
  const answer = await fetch(`${ctx.config.publicUrl}/api/v1/webhooks/test/${ctx.workspaceId ?? ''}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  await answer.arrayBuffer()
  if (!answer.ok) throw new Error(`the webhook address answered ${answer.status}`)
}
