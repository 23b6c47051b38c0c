import type { Job, PgBoss } from 'pg-boss'
import type { Database } from '../database/database.ts'
import { JOBS_SCHEMA } from './install.ts'
import type { AnyJob, Envelope } from './jobs.ts'

/** Frees jobs that count as running, but that nobody runs. */
export async function giveBack({ pool }: Database, running: ReadonlySet<string>): Promise<void> {
  await pool.query(
    `UPDATE ${JOBS_SCHEMA}.job SET state = 'retry', start_after = now() WHERE state = 'active' AND id <> ALL ($1::uuid[])`,
    [[...running]],
  )
}

/** Adds the jobs that are due whenever the program comes back. */
export async function startDue(boss: PgBoss, jobs: readonly AnyJob[]): Promise<void> {
  for (const { name, atStart } of jobs) {
    if (atStart !== undefined)
      await boss.send(name, { workspaceId: null, inputs: [atStart] } satisfies Envelope, {
        singletonKey: 'start',
      })
  }
}

/** Notes, for the time of `work`, that this process runs the jobs. */
export async function holding<T>(
  running: Set<string>,
  batch: readonly Job<Envelope>[],
  work: () => Promise<T>,
): Promise<T> {
  for (const { id } of batch) running.add(id)
  try {
    return await work()
  } finally {
    for (const { id } of batch) running.delete(id)
  }
}
