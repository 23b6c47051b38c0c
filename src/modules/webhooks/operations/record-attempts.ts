import { sql } from 'drizzle-orm'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import type { Outcome } from '../../../platform/http-out/send.ts'
import { judgeEndpoint, nextAttemptAt, spreadOf } from '../rules/backoff.ts'
import type { EndpointRow } from './lock-endpoint.ts'
import { stopEndpoint } from './stop-endpoint.ts'

/** A delivery whose time has come. */
export type DueDelivery = { id: string; tries: number; messageId: string; body: string }

/** An attempt that was made, and what came of it. */
export type MadeAttempt = DueDelivery & { at: Date; outcome: Outcome }

const SLOW_MS = 3_000
const MOST_ANSWER_CHARACTERS = 2_000

/**
 * Writes a round of attempts, when each delivery is tried next, and what they mean for the locked endpoint, whose new row
 * is returned. Deliveries that were removed meanwhile are left out.
 */
export async function recordAttempts(
  ctx: TxCtx,
  endpoint: EndpointRow,
  made: readonly MadeAttempt[],
): Promise<EndpointRow> {
  const now = ctx.clock.now()
  await writeAttempts(
    ctx,
    made.map((one) => toRow(one, now)),
  )
  const after = judgeRound(endpoint, made, now)
  await rows(
    ctx,
    sql`UPDATE webhook_endpoints SET failing_since = ${after.failingSince}::timestamptz, slow = ${after.slow},
          last_success_at = ${after.lastSuccessAt}::timestamptz
        WHERE workspace_id = ${ctx.workspaceId} AND id = ${endpoint.id}`,
  )
  if (after.verdict === 'works' || after.verdict === 'fails') return after.endpoint
  // A person may have switched it off in the meantime; then that is what it is.
  return endpoint.state === 'on' ? stopEndpoint(ctx, after.endpoint, after.verdict) : after.endpoint
}

function judgeRound(before: EndpointRow, made: readonly MadeAttempt[], now: Date) {
  let { failingSince, lastSuccessAt } = before
  let verdict: ReturnType<typeof judgeEndpoint> = 'works'
  for (const { outcome } of made) {
    const delivered = isDelivered(outcome)
    const own = judgeEndpoint(
      { delivered, status: outcome.answered ? outcome.status : undefined },
      failingSince,
      now,
    )
    // One that says that it is gone is believed whatever the others say.
    if (verdict !== 'gone') verdict = own
    if (delivered) {
      failingSince = null
      lastSuccessAt = now
    } else failingSince ??= now
  }
  const slow = failingSince !== null || made.some(({ outcome }) => outcome.durationMs > SLOW_MS)
  const endpoint = { ...before, failingSince, lastSuccessAt, slow }
  return { verdict, failingSince, lastSuccessAt, slow, endpoint }
}

function isDelivered(outcome: Outcome): boolean {
  return outcome.answered && outcome.status >= 200 && outcome.status < 300
}

type AttemptRow = {
  id: string
  state: string
  next_at: string | null
  at: string
  duration_ms: number
  status: number | null
  fault: string | null
  answer: string
}

function toRow({ id, tries, at, outcome }: MadeAttempt, now: Date): AttemptRow {
  const delivered = isDelivered(outcome)
  const next = delivered
    ? undefined
    : nextAttemptAt({
        tries: tries + 1,
        spread: spreadOf(id, tries + 1),
        retryAfter: outcome.answered ? outcome.retryAfter : undefined,
        now,
      })
  const fault = outcome.answered ? 'status' : outcome.fault
  return {
    id,
    state: delivered ? 'delivered' : next === undefined ? 'failed' : 'waiting',
    next_at: next?.toISOString() ?? null,
    at: at.toISOString(),
    duration_ms: outcome.durationMs,
    status: outcome.answered ? outcome.status : null,
    fault: delivered ? null : fault,
    answer: outcome.answered ? asText(outcome.text) : '',
  }
}

/** What the database takes as text: no null characters, no half ones. */
function asText(answer: string): string {
  return answer.slice(0, MOST_ANSWER_CHARACTERS).toWellFormed().replaceAll('\0', '\uFFFD')
}

async function writeAttempts(ctx: TxCtx, made: readonly AttemptRow[]): Promise<void> {
  const ws = ctx.workspaceId
  await rows(
    ctx,
    sql`WITH made AS (
          SELECT * FROM jsonb_to_recordset(${JSON.stringify(made)}::jsonb) AS m (id uuid, state text, next_at timestamptz,
            at timestamptz, duration_ms int, status int, fault text, answer text)
        ), changed AS (
          UPDATE webhook_deliveries d SET state = m.state, tries = d.tries + 1, attempts = d.attempts + 1,
            next_attempt_at = m.next_at, last_status = m.status, last_fault = m.fault,
            done_at = CASE WHEN m.state = 'waiting' THEN NULL ELSE ${ctx.clock.now()}::timestamptz END
          FROM made m WHERE d.workspace_id = ${ws} AND d.id = m.id
          RETURNING d.id, d.attempts
        )
        INSERT INTO webhook_attempts (workspace_id, delivery_id, number, at, duration_ms, status, fault, answer)
        SELECT ${ws}, m.id, c.attempts, m.at, m.duration_ms, m.status, m.fault, m.answer
        FROM made m JOIN changed c ON c.id = m.id`,
  )
}
