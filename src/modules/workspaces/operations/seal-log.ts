import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { systemCtx, type Ctx, type TxCtx } from '../../../platform/ctx.ts'
import { rows, statement, transaction } from '../../../platform/database/transaction.ts'
import { defineJob } from '../../../platform/jobs/jobs.ts'
import { CHAIN_START, linkHash, type ChainedEvent } from '../rules/audit-chain.ts'
import { isSigned, keepHead, signHead } from './audit-head.ts'
import { listStoreDirectory } from './find-store-workspace.ts'
import { CHAINED_COLUMNS, readHead, type Head } from './read-chain.ts'

const BATCH = 1_000
const MOST_WORKSPACES = 10_000

/** Every minute: whatever was written to a log since is taken into its chain. */
export const sealLogsJob = defineJob({
  name: 'seal-logs',
  schema: z.object({}),
  cron: '* * * * *',
  expireSeconds: 900,
  handler: async (ctx) => {
    for (const { workspaceId } of await listStoreDirectory(ctx, MOST_WORKSPACES)) {
      const inside = systemCtx(ctx, workspaceId)
      const waiting = await statement(
        inside,
        sql`SELECT event_id FROM audit_waiting WHERE workspace_id = ${workspaceId} LIMIT 1`,
      )
      if (waiting.length > 0) await sealLog(inside)
    }
  },
})

/** Takes all events of a workspace that wait into its chain. Two at once do the work once. Returns how many. */
export async function sealLog(ctx: Ctx): Promise<number> {
  let sealed = 0
  for (;;) {
    const { count, head } = await transaction(ctx, sealBatch)
    sealed += count
    if (head !== undefined) await keepHeadOrWarn(ctx, head)
    if (count < BATCH) return sealed
  }
}

/** The chain is whole without it; only a head that is put back would then go unnoticed. */
async function keepHeadOrWarn(ctx: Ctx, head: Head): Promise<void> {
  try {
    await keepHead(ctx, head)
  } catch (error) {
    ctx.log.warn(
      { err: error, workspaceId: ctx.workspaceId },
      'the head of an audit log was not written down',
    )
  }
}

async function sealBatch(ctx: TxCtx): Promise<{ count: number; head?: Head }> {
  const before = await lockHead(ctx)
  if (before === undefined) return { count: 0 }
  const events = await rows<ChainedEvent>(
    ctx,
    sql`SELECT ${CHAINED_COLUMNS} FROM audit_waiting w
        JOIN audit_events e ON e.workspace_id = w.workspace_id AND e.id = w.event_id
        WHERE w.workspace_id = ${ctx.workspaceId} ORDER BY w.event_id LIMIT ${BATCH}`,
  )
  if (events.length === 0) return { count: 0 }
  let { number, hash } = before
  const links = events.map((event) => {
    number += 1n
    hash = linkHash(hash, event)
    return { number: number.toString(), event_id: event.id, hash }
  })
  const head = { number, hash, signature: signHead(ctx, { number, hash }) }
  const now = ctx.clock.now()
  await rows(
    ctx,
    sql`WITH link AS (
          SELECT * FROM jsonb_to_recordset(${JSON.stringify(links)}::jsonb) AS l (number bigint, event_id uuid, hash text)
        ), written AS (
          INSERT INTO audit_links (workspace_id, number, event_id, hash, linked_at)
          SELECT ${ctx.workspaceId}, number, event_id, hash, ${now}::timestamptz FROM link
        ), done AS (
          DELETE FROM audit_waiting w USING link WHERE w.workspace_id = ${ctx.workspaceId} AND w.event_id = link.event_id
        )
        UPDATE audit_heads SET number = ${number}, hash = ${hash}, signature = ${head.signature}, updated_at = ${now}
        WHERE workspace_id = ${ctx.workspaceId}`,
  )
  return { count: events.length, head }
}

/**
 * The head, held until the transaction ends. A new one is written first: a row that is not there cannot be locked.
 * Undefined for a head that does not fit its chain: nothing is built on it, so that verifying can tell what was done.
 */
async function lockHead(ctx: TxCtx): Promise<Head | undefined> {
  const start = { number: 0n, hash: CHAIN_START }
  await rows(
    ctx,
    sql`INSERT INTO audit_heads (workspace_id, number, hash, signature, updated_at)
        SELECT ${ctx.workspaceId}, 0, ${CHAIN_START}, ${signHead(ctx, start)}, ${ctx.clock.now()}::timestamptz
        WHERE NOT EXISTS (SELECT FROM audit_links WHERE workspace_id = ${ctx.workspaceId})
        ON CONFLICT (workspace_id) DO NOTHING`,
  )
  await rows(ctx, sql`SELECT number FROM audit_heads WHERE workspace_id = ${ctx.workspaceId} FOR UPDATE`)
  const head = await readHead(ctx)
  const [beyond] = await rows<{ number: bigint }>(
    ctx,
    sql`SELECT number FROM audit_links WHERE workspace_id = ${ctx.workspaceId} ORDER BY number DESC LIMIT 1`,
  )
  const fits = head !== undefined && isSigned(ctx, head) && (beyond?.number ?? 0n) === head.number
  if (!fits)
    ctx.log.error({ workspaceId: ctx.workspaceId }, 'the head of the audit log does not fit its chain')
  return fits ? head : undefined
}
