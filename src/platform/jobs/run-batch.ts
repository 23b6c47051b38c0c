import type { Job, JobResult } from 'pg-boss'
import { systemCtx, type Services } from '../ctx.ts'
import { count } from '../health/metrics.ts'
import type { AnyJob, Envelope } from './jobs.ts'

const RETRY_SECONDS = 1

type Fault = { jobId: string; input: unknown; error: Error }
type Work = { services: Services; job: AnyJob; workspaceId: string | null }

/**
 * Runs what was fetched, workspace by workspace, in runs of at most the job's batch. A run that fails is done again input
 * by input, so that one bad input holds up no other; of a job with many, the bad ones go on as jobs of their own.
 */
export async function runBatch(
  services: Services,
  job: AnyJob,
  batch: readonly Job<Envelope>[],
): Promise<JobResult[]> {
  const results: JobResult[] = []
  for (const [workspaceId, jobs] of Map.groupBy(batch, ({ data }) => data.workspaceId)) {
    const faults = Map.groupBy(await runAll({ services, job, workspaceId }, jobs), ({ jobId }) => jobId)
    for (const { id, data } of jobs) {
      const own = faults.get(id) ?? []
      const outcome = own.length === 0 ? 'completed' : 'failed'
      count('rafid_jobs_total', { queue: job.name, outcome })
      services.log.debug({ job: job.name, jobId: id, workspaceId, outcome }, 'job')
      if (data.inputs.length > 1) await setApart({ services, job, workspaceId }, own)
      results.push(
        own[0] === undefined || data.inputs.length > 1
          ? { id, status: 'completed' }
          : { id, status: 'failed', output: { message: own[0].error.message } },
      )
    }
  }
  return results
}

async function runAll(work: Work, jobs: readonly Job<Envelope>[]): Promise<Fault[]> {
  const all = jobs.flatMap(({ id, data }) => data.inputs.map((input) => ({ jobId: id, input })))
  const size = work.job.batch ?? 1
  const faults: Fault[] = []
  for (let from = 0; from < all.length; from += size) {
    const some = all.slice(from, from + size)
    const error = await attempt(work, some)
    if (error === undefined) continue
    for (const one of some) {
      const reason = some.length === 1 ? error : await attempt(work, [one])
      if (reason === undefined) continue
      work.services.log.warn({ job: work.job.name, jobId: one.jobId, err: reason }, 'job failed')
      faults.push({ ...one, error: reason })
    }
  }
  return faults
}

/** Should this process die before the job they came in is completed, they come twice, as every handler allows. */
async function setApart({ services, job, workspaceId }: Work, faults: readonly Fault[]): Promise<void> {
  if (faults.length === 0) return
  await services.jobs.boss.insert(
    job.name,
    faults.map(({ input }) => ({
      data: { workspaceId, inputs: [input] } satisfies Envelope,
      startAfter: RETRY_SECONDS,
    })),
  )
}

async function attempt(
  { services, job, workspaceId }: Work,
  some: readonly { input: unknown }[],
): Promise<Error | undefined> {
  try {
    // The registry forgets each job's own input type; its schema has just made sure of it.
    const inputs = some.map(({ input }) => job.schema.parse(input)) as never[]
    await job.handler(systemCtx(services, workspaceId ?? undefined), inputs)
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
