import { sql } from 'drizzle-orm'
import type { JobInsert } from 'pg-boss'
import { systemCtx, type Services } from '../ctx.ts'
import { runLater } from '../database/database.ts'
import { directoryTransaction, rows } from '../database/transaction.ts'
import { JOBS_SCHEMA } from './install.ts'
import type { EnclosedEvent, Envelope, Subscription } from './jobs.ts'
import { UNHURRIED, within } from './queue-database.ts'

const MOST_AT_ONCE = 500
const MOST_INPUTS = 100
const POLL_MS = 500

type Taken = { id: string; workspaceId: string; name: string; payload: unknown }

/**
 * Turns published events into their subscribers' jobs, in one transaction: all of them or none. What happened in one
 * workspace goes to a subscriber as one job with many inputs. Several processes may do this at once; each takes other
 * events. The commit does not wait for the disk: a crash undoes it as a whole, and the events are handed over again.
 * @returns how many events were taken; as many as fit if more may wait.
 */
export async function handOver(services: Services, subscriptions: readonly Subscription[]): Promise<number> {
  const woken = new Set<string>()
  const count = await directoryTransaction(systemCtx(services, undefined), async (tx) => {
    runLater(tx.client, UNHURRIED, [])
    const taken = await rows<Taken>(
      { tx },
      sql`WITH taken AS (
            DELETE FROM ${sql.raw(JOBS_SCHEMA)}.event WHERE id = ANY (ARRAY(
              SELECT id FROM ${sql.raw(JOBS_SCHEMA)}.event ORDER BY id LIMIT ${MOST_AT_ONCE} FOR UPDATE SKIP LOCKED))
            RETURNING id, workspace_id, name, payload)
          SELECT id, workspace_id AS "workspaceId", name, payload FROM taken ORDER BY id`,
    )
    for (const [name, events] of Map.groupBy(taken, (event) => event.name)) {
      for (const reader of subscriptions.filter(({ event }) => event === name)) {
        const jobs = bundle(reader, await wantedBy(services, reader, events))
        if (jobs.length === 0) continue
        await services.jobs.boss.insert(reader.job, jobs, { db: within(tx) })
        woken.add(reader.job)
      }
    }
    return taken.length
  })
  for (const job of woken) services.jobs.wake(job)
  return count
}

async function wantedBy(
  services: Services,
  { wanted }: Subscription,
  events: readonly Taken[],
): Promise<readonly Taken[]> {
  if (wanted === undefined) return events
  const who = await wanted(services, [...new Set(events.map(({ workspaceId }) => workspaceId))])
  return events.filter(({ workspaceId }) => who.has(workspaceId))
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
