import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { statement, transaction } from '../../../platform/database/transaction.ts'
import { enqueue } from '../../../platform/jobs/jobs.ts'
import { WebhookUnverified } from '../errors.ts'
import { getProvider } from '../providers/index.ts'
import type { ProviderEvent, WebhookRequest } from '../providers/port.ts'
import { checkPayment, confirmPayment } from './confirm-payment.ts'

const MAX_PAYLOAD = 64 * 1024

type Noted = { paymentId: string | null; settled: boolean; handled: boolean }

/**
 * Takes a provider's message: verified on its raw body, written down once, and taken only as a hint to ask the provider
 * what is true. Should that fail after it is written down, a job asks again, and the provider is told that it has arrived.
 * One that comes again, because a crash kept us from answering, is gone on with unless it was handled.
 * @throws NotFound for an unknown provider, WebhookUnverified for a message that proves nothing
 */
export async function receiveWebhook(ctx: Ctx, providerName: string, request: WebhookRequest): Promise<void> {
  const event = await getProvider(providerName).verifyWebhook(ctx, request)
  if (event === undefined) {
    ctx.log.warn({ provider: providerName, workspaceId: ctx.workspaceId }, 'unverified provider message')
    throw new WebhookUnverified()
  }
  const { paymentId, settled, handled } = await noteEvent(ctx, providerName, event, request.body)
  if (paymentId === null || settled || handled) return
  try {
    const [verdict = 'ignore'] = await confirmPayment(ctx, { paymentId })
    await noteOutcome(ctx, providerName, event, verdict)
  } catch (error) {
    ctx.log.warn({ err: error, paymentId }, 'provider message is left to a job')
    await transaction(ctx, (tx) => enqueue(tx, checkPayment, { paymentId }))
  }
}

/**
 * One statement: the message is kept once, with what is known of its payment; one about a settled payment is done. Before
 * the provider gets its answer, what the message brought about is on the disk, or the message comes again.
 */
async function noteEvent(
  ctx: Ctx,
  provider: string,
  { eventId, reference }: ProviderEvent,
  body: string,
): Promise<Noted> {
  const now = ctx.clock.now()
  const [noted] = await statement<Noted>(
    ctx,
    sql`WITH known AS (
          SELECT id, status = 'captured' AS settled FROM payments
          WHERE workspace_id = ${ctx.workspaceId} AND provider = ${provider} AND provider_reference = ${reference}
        ), outcome AS (
          SELECT CASE WHEN known.id IS NULL THEN 'unknown-payment' WHEN known.settled THEN 'ignore' END AS word
          FROM (SELECT) one LEFT JOIN known ON true
        ), noted AS (
          INSERT INTO payment_events (workspace_id, provider, event_id, reference, payload, received_at, handled_at, outcome)
          SELECT ${ctx.workspaceId}, ${provider}, ${eventId}, ${reference}, ${body.slice(0, MAX_PAYLOAD)},
            ${now}::timestamptz, CASE WHEN word IS NULL THEN NULL ELSE ${now}::timestamptz END, word
          FROM outcome
          ON CONFLICT (workspace_id, provider, event_id) DO NOTHING
          RETURNING event_id
        )
        SELECT known.id AS "paymentId", coalesce(known.settled, false) AS settled,
          EXISTS (SELECT FROM payment_events WHERE workspace_id = ${ctx.workspaceId} AND provider = ${provider}
            AND event_id = ${eventId} AND handled_at IS NOT NULL) AS handled
        FROM (SELECT) one LEFT JOIN known ON true`,
    { repeatable: true },
  )
  return noted ?? { paymentId: null, settled: false, handled: false }
}

/** The same message may be handled twice at once: what one of them has done stands, not that the other found it done. */
async function noteOutcome(
  ctx: Ctx,
  provider: string,
  { eventId }: ProviderEvent,
  outcome: string,
): Promise<void> {
  await statement(
    ctx,
    sql`UPDATE payment_events SET handled_at = ${ctx.clock.now()}, outcome = ${outcome}
          WHERE workspace_id = ${ctx.workspaceId} AND provider = ${provider} AND event_id = ${eventId}
            AND (handled_at IS NULL OR outcome = 'ignore')`,
  )
}
