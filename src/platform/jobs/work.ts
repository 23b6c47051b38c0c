import { PgBoss, type Job, type JobResult } from 'pg-boss'
import { systemCtx, type Services } from '../ctx.ts'
import { prepared, type Database } from '../database/database.ts'
import type { Statement } from '../database/pipeline.ts'
import type { Logger } from '../log.ts'
import { JOBS_SCHEMA } from './install.ts'
import { bookkeep, poolAsQueueDatabase } from './queue-database.ts'
import { eventQueue, type AnyJob, type Envelope, type Jobs, type Subscription } from './jobs.ts'
import { giveBack, holding, startDue } from './recover.ts'

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

const EVENT_BATCH = 100
const POLL_SECONDS = 0.5
const WAKE_PAUSE_MS = 200

/**
 * Connects to the queue over the serving pool. `alone` says that no other process works on this database, so jobs that a
 * killed process left as running can be taken up at once.
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
    superviseIntervalSeconds: 30,
    monitorIntervalSeconds: 30,
  })
  boss.on('error', (error) => log.error({ err: error }, 'job queue'))
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'job queue'))
  await boss.start()
  await createQueues(boss, registry)
  const workers = new Map<string, string[]>()
  const running = new Set<string>()
  if (options.alone) await giveBack(database, running)
  return {
    boss,
    wake: spaced((name) => workers.get(name)?.forEach((id) => boss.notifyWorker(id))),
    work: async (services) => {
      await startWorkers({ services, registry, workers, running })
      await startDue(boss, registry.jobs)
    },
    recover: async () => {
      await giveBack(database, running)
      await startDue(boss, registry.jobs)
    },
    stop: () => boss.stop({ graceful: true, timeout: 20_000, close: false }),
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

async function createQueues(boss: PgBoss, { jobs, subscriptions }: JobRegistry): Promise<void> {
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
  for (const event of eventsOf({ jobs, subscriptions })) {
    if (existing.has(eventQueue(event))) continue
    await boss.createQueue(eventQueue(event), {
      retryLimit: 1000,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      // Handing over takes milliseconds; whoever holds an event for longer has died.
      expireInSeconds: 30,
      deleteAfterSeconds: 3600,
    })
  }
}

type Working = {
  services: Services
  registry: JobRegistry
  workers: Map<string, string[]>
  running: Set<string>
}

async function startWorkers({ services, registry, workers, running }: Working): Promise<void> {
  const { boss } = services.jobs
  for (const job of registry.jobs) {
    const batchSize = job.batch ?? 1
    const options = {
      batchSize,
      burstWhenBatchFull: batchSize > 1,
      pollingIntervalSeconds: job.cron === undefined ? POLL_SECONDS : 2,
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
      await boss.schedule(job.name, job.cron, { workspaceId: null, input: {} } satisfies Envelope)
    }
  }
  for (const event of eventsOf(registry)) {
    const id = await boss.work<Envelope>(
      eventQueue(event),
      { batchSize: EVENT_BATCH, pollingIntervalSeconds: POLL_SECONDS, burstWhenBatchFull: true },
      (batch) => holding(running, batch, () => handOver(services, registry, event, batch)),
    )
    workers.set(eventQueue(event), [id])
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
    for (const event of eventsOf(registry)) {
      const batch = await boss.fetch<Envelope>(eventQueue(event), { batchSize: EVENT_BATCH })
      if (batch.length === 0) continue
      await handOver(services, registry, event, batch)
      await boss.complete(
        eventQueue(event),
        batch.map(({ id }) => id),
      )
      ran += batch.length
    }
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

function eventsOf(registry: JobRegistry): ReadonlySet<string> {
  return new Set(registry.subscriptions.map(({ event }) => event))
}

/** All subscribers' jobs are added in one round trip: all of them or none. */
async function handOver(
  services: Services,
  registry: JobRegistry,
  event: string,
  batch: readonly Job<Envelope>[],
): Promise<void> {
  const { boss } = services.jobs
  const readers = registry.subscriptions.filter((one) => one.event === event)
  const statements: Statement[] = []
  const collect = {
    executeSql: (text: string, values: unknown[] = []) => {
      statements.push(prepared(text, values))
      return Promise.resolve({ rows: [] })
    },
  }
  const jobs = batch.map(({ data }) => ({ data }))
  for (const { job } of readers) await boss.insert(job, jobs, { db: collect })
  if (statements.length > 0) await bookkeep(services.database, statements)
  for (const { job } of readers) services.jobs.wake(job)
}

/** Runs a batch workspace by workspace; a workspace whose batch fails is run again one by one, so that one bad job holds up no other. */
async function runBatch(
  services: Services,
  job: AnyJob,
  batch: readonly Job<Envelope>[],
): Promise<JobResult[]> {
  const results: JobResult[] = []
  for (const [workspaceId, jobs] of Map.groupBy(batch, ({ data }) => data.workspaceId)) {
    const failure = await attempt(services, job, workspaceId, jobs)
    if (failure === undefined) {
      results.push(...jobs.map(({ id }) => ({ id, status: 'completed' as const })))
      continue
    }
    for (const one of jobs) {
      const reason = jobs.length === 1 ? failure : await attempt(services, job, workspaceId, [one])
      if (reason !== undefined) services.log.warn({ job: job.name, jobId: one.id, err: reason }, 'job failed')
      results.push(
        reason === undefined
          ? { id: one.id, status: 'completed' }
          : { id: one.id, status: 'failed', output: { message: reason.message } },
      )
    }
  }
  return results
}

async function attempt(
  services: Services,
  job: AnyJob,
  workspaceId: string | null,
  jobs: readonly Job<Envelope>[],
): Promise<Error | undefined> {
  try {
    // The registry forgets each job's own input type; its schema has just made sure of it.
    const inputs = jobs.map(({ data }) => job.schema.parse(data.input)) as never[]
    await job.handler(systemCtx(services, workspaceId ?? undefined), inputs)
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
