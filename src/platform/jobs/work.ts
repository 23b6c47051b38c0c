import { PgBoss } from 'pg-boss'
import type { Services } from '../ctx.ts'
import type { Database } from '../database/database.ts'
import type { Logger } from '../log.ts'
import { handOver, keepHandingOver, type HandingOver } from './events.ts'
import { keepFollowingClock } from './follow-clock.ts'
import { JOBS_SCHEMA } from './install.ts'
import { poolAsQueueDatabase } from './queue-database.ts'
import { EVENTS, type AnyJob, type Envelope, type Jobs, type Subscription } from './jobs.ts'
import { giveBack, holding, startDue } from './recover.ts'
import { runBatch } from './run-batch.ts'
import { steadyClock } from './steady-clock.ts'

/** Every job and subscription of the program; the modules' lists put together. */
export type JobRegistry = {
  // Inputs differ per job; each is parsed by its own schema before its handler sees it.
  readonly jobs: readonly AnyJob[]
  readonly subscriptions: readonly Subscription[]
}

/** The queue, connected; `work` makes this process take jobs. */
export type RunningJobs = Jobs & {
  work(services: Services): Promise<void>
  /**
   * Takes up what a database that was away has left behind: jobs whose end could not be noted, and the work that is due
   * at every start. Only for a process that is alone on its database.
   */
  recover(): Promise<void>
  /** Waits for what is in flight, then lets go. */
  stop(): Promise<void>
}

/** How often workers look by themselves; jobs that this process adds wake them. */
const POLL_SECONDS = { alone: 2, together: 0.5 }
const WAKE_PAUSE_MS = 300

/**
 * Connects to the queue over the serving pool. `alone` says that no other process works on this database, so jobs that a
 * killed process left as running are taken up when this one begins to work.
 */
export async function startJobs(
  database: Database,
  registry: JobRegistry,
  options: { alone: boolean; log: Logger },
): Promise<RunningJobs> {
  const { log } = options
  const boss = new PgBoss({
    db: poolAsQueueDatabase(database),
    schema: JOBS_SCHEMA,
    migrate: false,
    createSchema: false,
    reindex: false,
    monitorVacuum: false,
    clock: steadyClock,
    // How far the steady clock is from the database's, by which cron lines go.
    clockMonitorIntervalSeconds: 30,
    superviseIntervalSeconds: 30,
    monitorIntervalSeconds: 30,
  })
  boss.on('error', (error) => log.error({ err: error }, 'job queue'))
  boss.on('warning', ({ message }) => {
    // That clocks differ is found and told by the looks at health.
    if (!/clock skew/i.test(message)) log.warn({ warning: message }, 'job queue')
  })
  await boss.start()
  await createQueues(boss, registry)
  const workers = new Map<string, string[]>()
  const running = new Set<string>()
  let events: HandingOver | undefined
  let following: ReturnType<typeof keepFollowingClock> | undefined
  return {
    boss,
    wake: spaced((name) => {
      if (name === EVENTS) events?.wake()
      else workers.get(name)?.forEach((id) => boss.notifyWorker(id))
    }),
    work: async (services) => {
      if (options.alone) await giveBack(database, running)
      following = keepFollowingClock(services)
      const pollSeconds = options.alone ? POLL_SECONDS.alone : POLL_SECONDS.together
      await startWorkers({ services, registry, workers, running, pollSeconds })
      events = keepHandingOver(
        () => handOver(services, registry.subscriptions),
        (error) => log.error({ err: error }, 'events are not handed over'),
      )
      await startDue(boss, registry.jobs)
    },
    recover: async () => {
      await giveBack(database, running)
      await startDue(boss, registry.jobs)
    },
    stop: async () => {
      following?.stop()
      await events?.stop()
      await boss.stop({ graceful: true, timeout: 20_000, close: false })
    },
  }
}

/**
 * Passes the first call for a name on at once and those that follow soon after together: under load workers then take
 * many jobs in one batch, where each alone would cost as much as all.
 */
function spaced(wake: (name: string) => void): (name: string) => void {
  const due = new Map<string, boolean>()
  const pass = (name: string) => {
    due.set(name, false)
    wake(name)
    setTimeout(() => {
      if (due.get(name) === true) pass(name)
      else due.delete(name)
    }, WAKE_PAUSE_MS).unref()
  }
  return (name) => {
    if (due.has(name)) due.set(name, true)
    else pass(name)
  }
}

async function createQueues(boss: PgBoss, { jobs }: JobRegistry): Promise<void> {
  const existing = new Set((await boss.getQueues()).map(({ name }) => name))
  for (const job of jobs) {
    if (existing.has(job.name)) continue
    await boss.createQueue(job.name, {
      retryLimit: job.retries ?? 12,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 3600,
      expireInSeconds: job.expireSeconds ?? 120,
      deleteAfterSeconds: 24 * 3600,
    })
  }
}

type Working = {
  services: Services
  registry: JobRegistry
  workers: Map<string, string[]>
  running: Set<string>
  pollSeconds: number
}

async function startWorkers({ services, registry, workers, running, pollSeconds }: Working): Promise<void> {
  const { boss } = services.jobs
  for (const job of registry.jobs) {
    const batchSize = job.batch ?? 1
    const options = {
      batchSize,
      burstWhenBatchFull: batchSize > 1,
      pollingIntervalSeconds: job.pollSeconds ?? (job.cron === undefined ? pollSeconds : POLL_SECONDS.alone),
      perJobResults: true,
    } as const
    const ids: string[] = []
    for (let nth = 0; nth < (job.workers ?? 1); nth++) {
      ids.push(
        await boss.work<Envelope, unknown, typeof options>(job.name, options, (batch) =>
          holding(running, batch, () => runBatch(services, job, batch)),
        ),
      )
    }
    workers.set(job.name, ids)
    if (job.cron !== undefined) {
      await boss.schedule(job.name, job.cron, { workspaceId: null, inputs: [{}] } satisfies Envelope)
    }
  }
}

/**
 * Runs every job that is due now, and the jobs that those make, in this very call; for tests and for the simulator.
 * Returns how many jobs ran. A failing job counts once and is left to its next try.
 */
export async function drainJobs(services: Services, registry: JobRegistry): Promise<number> {
  const { boss } = services.jobs
  let ran = 0
  for (let before = -1; before !== ran;) {
    before = ran
    for (let taken = 1; taken > 0;) ran += taken = await handOver(services, registry.subscriptions)
    for (const job of registry.jobs) {
      const batch = await boss.fetch<Envelope>(job.name, { batchSize: job.batch ?? 1 })
      for (const { id, status, output } of await runBatch(services, job, batch)) {
        if (status === 'completed') await boss.complete(job.name, id)
        else await boss.fail(job.name, id, output as object)
      }
      ran += batch.length
    }
  }
  return ran
}
