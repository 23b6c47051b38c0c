import { sql } from 'drizzle-orm'
import type { JobInsert } from 'pg-boss'
import { systemCtx, type Services } from '../ctx.ts'
import { runLater, type Tx } from '../database/database.ts'
import { directoryTransaction, rows } from '../database/transaction.ts'
import { JOBS_SCHEMA } from './install.ts'
import type { EnclosedEvent, Envelope, Subscription } from './jobs.ts'
import { UNHURRIED, within } from './queue-database.ts'

const MOST_AT_ONCE = 500
const MOST_INPUTS = 100
const POLL_MS = 500

type Waiting = { id: string; workspaceId: string; name: string }
type Taken = Waiting & { payload: unknown }

/**
 * Turns published events into their subscribers' jobs, in one transaction: all of them or none. What happened in one
 * workspace goes to a subscriber as one job with many inputs. Several processes may do this at once; each takes other
 * events. The commit does not wait for the disk: a crash undoes it as a whole, and the events are handed over again.
 * @returns how many events were waiting; as many as fit if more may wait, none if others have taken them.
 */
export async function handOver(services: Services, subscriptions: readonly Subscription[]): Promise<number> {
  const ctx = systemCtx(services, undefined)
  const waiting = await directoryTransaction(ctx, (tx) =>
    rows<Waiting>(
      { tx },
      sql`SELECT id, workspace_id AS "workspaceId", name FROM ${sql.raw(JOBS_SCHEMA)}.event ORDER BY id LIMIT ${MOST_AT_ONCE}`,
    ),
  )
  if (waiting.length === 0) return 0
  const interested = await askReaders(services, subscriptions, waiting)
  const woken = new Set<string>()
  const taken = await directoryTransaction(ctx, async (tx) => {
    runLater(tx.client, UNHURRIED, [])
    const events = await take(tx, waiting)
    for (const [reader, workspaces] of interested) {
      const own = events.filter(
        ({ name, workspaceId }) => name === reader.event && workspaces.has(workspaceId),
      )
      if (own.length === 0) continue
      await services.jobs.boss.insert(reader.job, bundle(reader, own), { db: within(tx) })
      woken.add(reader.job)
    }
    return events.length
  })
  for (const job of woken) services.jobs.wake(job)
  // Where others took some of them, more may wait than what was seen; where they took all, they go on.
  return taken === 0 ? 0 : waiting.length
}

/** Takes what waits and nobody else is taking, in its order. */
function take(tx: Tx, waiting: readonly Waiting[]): Promise<Taken[]> {
  return rows<Taken>(
    { tx },
    sql`WITH taken AS (
          DELETE FROM ${sql.raw(JOBS_SCHEMA)}.event WHERE id = ANY (ARRAY(
            SELECT id FROM ${sql.raw(JOBS_SCHEMA)}.event WHERE id = ANY (${sql.param(waiting.map(({ id }) => id))}::uuid[])
            ORDER BY id FOR UPDATE SKIP LOCKED))
          RETURNING id, workspace_id, name, payload)
        SELECT id, workspace_id AS "workspaceId", name, payload FROM taken ORDER BY id`,
  )
}

/** For whom each subscriber reads these events. Asked beforehand: no transaction is open while readers look into their own tables. */
async function askReaders(
  services: Services,
  subscriptions: readonly Subscription[],
  waiting: readonly Waiting[],
): Promise<ReadonlyMap<Subscription, ReadonlySet<string>>> {
  const interested = new Map<Subscription, ReadonlySet<string>>()
  const answers = new Map<Subscription['wanted'], Promise<ReadonlySet<string>>>()
  const everybody = [...new Set(waiting.map(({ workspaceId }) => workspaceId))]
  for (const reader of subscriptions.filter(({ event }) => waiting.some(({ name }) => name === event))) {
    const answer =
      answers.get(reader.wanted) ??
      reader.wanted?.(services, everybody) ??
      Promise.resolve(new Set(everybody))
    answers.set(reader.wanted, answer)
    interested.set(reader, await answer)
  }
  return interested
}

function bundle({ event, enclosed }: Subscription, events: readonly Taken[]): JobInsert[] {
  return [...Map.groupBy(events, ({ workspaceId }) => workspaceId)].flatMap(([workspaceId, own]) => {
    const inputs = own.map(({ id, payload }) =>
      enclosed === true ? ({ event, id, payload } satisfies EnclosedEvent) : payload,
    )
    return Array.from({ length: Math.ceil(inputs.length / MOST_INPUTS) }, (_, nth) => ({
      data: {
        workspaceId,
        inputs: inputs.slice(nth * MOST_INPUTS, (nth + 1) * MOST_INPUTS),
      } satisfies Envelope,
    }))
  })
}

/** Hands events over again and again: when it is woken, and twice a second for those of other processes. */
export type HandingOver = { wake(): void; stop(): Promise<void> }

/** Starts to hand over. A round that fails is told of and comes again. */
export function keepHandingOver(
  round: () => Promise<number>,
  onError: (error: unknown) => void,
): HandingOver {
  let working: Promise<void> | undefined
  let again = false
  let stopped = false
  const work = async () => {
    do {
      again = false
      try {
        if ((await round()) === MOST_AT_ONCE) again = true
      } catch (error) {
        onError(error)
      }
    } while (again && !stopped)
    working = undefined
  }
  const wake = () => {
    if (stopped) return
    if (working === undefined) working = work()
    else again = true
  }
  const timer = setInterval(wake, POLL_MS)
  return {
    wake,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await working
    },
  }
}
