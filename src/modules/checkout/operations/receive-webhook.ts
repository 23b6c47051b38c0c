import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { WebhookUnverified } from '../errors.ts'
import { getProvider } from '../providers/index.ts'
import type { ProviderEvent, WebhookRequest } from '../providers/port.ts'
import { confirmPayment } from './confirm-payment.ts'

const MAX_PAYLOAD = 64 * 1024

type Noted = { paymentId: string | null; settled: boolean; fresh: boolean }

/**
 * Takes a provider's message: verified on its raw body, written down once, and taken only as a hint to ask the provider
 * what is true. Whatever happens after it is written down, the provider is told that it has arrived: the payment itself
 * stays on the sweeper's list until it is settled.
 * @throws NotFound for an unknown provider, WebhookUnverified for a message that proves nothing
 */
export async function receiveWebhook(ctx: Ctx, providerName: string, request: WebhookRequest): Promise<void> {
  const event = await getProvider(providerName).verifyWebhook(ctx, request)
  if (event === undefined) {
    ctx.log.warn({ provider: providerName, workspaceId: ctx.workspaceId }, 'unverified provider message')
    throw new WebhookUnverified()
  }
  const { paymentId, settled, fresh } = await noteEvent(ctx, providerName, event, request.body)
  if (paymentId === null || settled || !fresh) return
  try {
    const [verdict = 'ignore'] = await confirmPayment(ctx, { paymentId })
    await handled(ctx, providerName, event, verdict)
  } catch (error) {
    ctx.log.warn({ err: error, paymentId }, 'provider message is left to the sweeper')
  }
}

/** One statement: the message is kept once, with what is known of its payment; one about a settled payment is done. */
async function noteEvent(
  ctx: Ctx,
  provider: string,
  { eventId, reference }: ProviderEvent,
  body: string,
): Promise<Noted> {
  const now = ctx.clock.now()
  const [noted] = await transaction(ctx, (tx) =>
    rows<Noted>(
      tx,
      sql`WITH known AS (
          SELECT id, status = 'captured' AS settled FROM payments
          WHERE workspace_id = ${tx.workspaceId} AND provider = ${provider} AND provider_reference = ${reference}
        ), outcome AS (
          SELECT CASE WHEN known.id IS NULL THEN 'unknown-payment' WHEN known.settled THEN 'ignore' END AS word
          FROM (SELECT) one LEFT JOIN known ON true
        ), noted AS (
          INSERT INTO payment_events (workspace_id, provider, event_id, reference, payload, received_at, handled_at, outcome)
          SELECT ${tx.workspaceId}, ${provider}, ${eventId}, ${reference}, ${body.slice(0, MAX_PAYLOAD)},
            ${now}::timestamptz, CASE WHEN word IS NULL THEN NULL ELSE ${now}::timestamptz END, word
          FROM outcome
          ON CONFLICT (workspace_id, provider, event_id) DO NOTHING
          RETURNING event_id
        )
        SELECT known.id AS "paymentId", coalesce(known.settled, false) AS settled,
          EXISTS (SELECT FROM noted) AS fresh
        FROM (SELECT) one LEFT JOIN known ON true`,
    ),
  )
  return noted ?? { paymentId: null, settled: false, fresh: false }
}

async function handled(
  ctx: Ctx,
  provider: string,
  { eventId }: ProviderEvent,
  outcome: string,
): Promise<void> {
  await transaction(ctx, (tx) =>
    rows(
      tx,
      sql`UPDATE payment_events SET handled_at = ${ctx.clock.now()}, outcome = ${outcome}
          WHERE workspace_id = ${tx.workspaceId} AND provider = ${provider} AND event_id = ${eventId}`,
    ),
  )
}
