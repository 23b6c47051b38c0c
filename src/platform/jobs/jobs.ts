import type { PgBoss, JobInsert } from 'pg-boss'
import type { z } from 'zod'
import type { Ctx, Services, TxCtx } from '../ctx.ts'
import { runLater, type Tx } from '../database/database.ts'
import { afterCommit } from '../database/transaction.ts'
import { JOBS_SCHEMA } from './install.ts'
import { within } from './queue-database.ts'

/** What `Jobs.wake` is told when an event was published. */
export const EVENTS = 'events'

/** A kind of background work. Handlers get the inputs of one workspace at a time, several at once, and may run twice. */
export type JobDefinition<Input> = {
  readonly name: string
  readonly schema: z.ZodType<Input>
  readonly handler: (ctx: Ctx, inputs: readonly Input[]) => Promise<void>
  /** How many inputs a handler may get at once; 1 by default. */
  readonly batch?: number
  /** How many batches run side by side in one process; 1 by default. */
  readonly workers?: number
  /** How often a failing job is tried again before it is left as failed; 12 by default, with growing pauses. */
  readonly retries?: number
  /** Seconds between looks at the queue, besides those when this process adds a job; 0.5 by default, 2 with a cron line or without other processes. */
  readonly pollSeconds?: number
  /** Seconds after which a job that is still running counts as lost; 120 by default. */
  readonly expireSeconds?: number
  /** A cron line (UTC) for work that the program starts by itself; the handler then gets no workspace. */
  readonly cron?: string
  /** An input for a run, without a workspace, whenever the program starts or its own database comes back. */
  readonly atStart?: Input
}

/** What is needed to add a job: operations name a job by this, so that they need not know its handler. */
export type JobRef<Input> = Pick<JobDefinition<Input>, 'name' | 'schema'>

/** A job of whatever input; the handler gets what its own schema has parsed. */
export type AnyJob = Omit<JobDefinition<never>, 'schema' | 'atStart'> & {
  readonly schema: z.ZodType
  readonly atStart?: unknown
}

/** Something that happened; its subscribers each get a job of their own. */
export type EventDefinition<Payload> = { readonly name: string; readonly schema: z.ZodType<Payload> }

/** A job that reads an event. */
export type Subscription = {
  readonly event: string
  readonly job: string
  /**
   * Which of these workspaces have a use for the event, asked once for many events: a reader that few need then costs the
   * others neither a job nor a row. All have unless it is given.
   */
  readonly wanted?: (services: Services, workspaceIds: readonly string[]) => Promise<ReadonlySet<string>>
  /** Whether the job gets the event with its name and id instead of the bare payload; see EnclosedEvent. */
  readonly enclosed?: boolean
}

/** An event as a reader of several kinds gets it; `id` is the same however often it is handed over. */
export type EnclosedEvent = { event: string; id: string; payload: unknown }

/** When a job may start and what makes it unique among those that wait. */
export type EnqueueOptions = { key?: string; startAfter?: Date | undefined }

/** The queue as operations see it. */
export type Jobs = {
  readonly boss: PgBoss
  /** Tells the workers of this process that a job of that name is waiting; without it they look every half second. */
  wake(name: string): void
}

/** What is stored for a job: the workspace it acts in and its inputs, one unless it reads events. */
export type Envelope = { workspaceId: string | null; inputs: readonly unknown[] }

/** Declares a job; register it in the module's `jobs` list. */
export function defineJob<Input>(definition: JobDefinition<Input>): JobDefinition<Input> {
  return definition
}

/** Declares an event. */
export function defineEvent<Payload>(name: string, schema: z.ZodType<Payload>): EventDefinition<Payload> {
  return { name, schema }
}

/** Declares that a job reads an event: it gets the event's payload as its input. */
export function subscribe<Payload>(
  event: EventDefinition<Payload>,
  job: JobDefinition<Payload>,
): Subscription {
  return { event: event.name, job: job.name }
}

/** Adds one job in the business transaction; it exists exactly if the transaction commits. */
export async function enqueue<Input>(
  ctx: TxCtx,
  job: JobRef<Input>,
  input: Input,
  options: EnqueueOptions = {},
): Promise<void> {
  await enqueueAll(ctx, job, [input], options)
}

/** Adds a job that belongs to no workspace, such as a mail about a person's own account. */
export async function enqueueForNobody<Input>(
  ctx: Ctx & { readonly tx: Tx },
  job: JobRef<Input>,
  input: Input,
): Promise<void> {
  await insert(ctx, job.name, [input], {})
}

/** Adds several jobs of one kind in one statement. */
export async function enqueueAll<Input>(
  ctx: TxCtx,
  job: JobRef<Input>,
  inputs: readonly Input[],
  options: EnqueueOptions = {},
): Promise<void> {
  await insert(ctx, job.name, inputs, options)
}

/**
 * Publishes an event in the business transaction. It is one small row until it is handed over: a job costs ten times as
 * much, and many events become one job.
 */
export function publish<Payload>(
  ctx: TxCtx,
  event: EventDefinition<Payload>,
  payload: Payload,
): Promise<void> {
  runLater(
    ctx.tx.client,
    `INSERT INTO ${JOBS_SCHEMA}.event (id, workspace_id, name, payload) VALUES ($1, $2, $3, $4)`,
    [ctx.ids.next(), ctx.workspaceId, event.name, JSON.stringify(payload)],
  )
  afterCommit(ctx, () => ctx.jobs.wake(EVENTS))
  return Promise.resolve()
}

async function insert(
  ctx: Ctx & { readonly tx: Tx },
  name: string,
  inputs: readonly unknown[],
  options: EnqueueOptions,
): Promise<void> {
  if (inputs.length === 0) return
  const jobs: JobInsert[] = inputs.map((input) => ({
    data: { workspaceId: ctx.workspaceId ?? null, inputs: [input] } satisfies Envelope,
    ...(options.key === undefined ? {} : { singletonKey: options.key }),
    ...(options.startAfter === undefined ? {} : { startAfter: options.startAfter }),
  }))
  await ctx.jobs.boss.insert(name, jobs, { db: within(ctx.tx) })
  if (options.startAfter === undefined) afterCommit(ctx, () => ctx.jobs.wake(name))
}
