import type { PgBoss } from 'pg-boss'
import { eventQueue } from '../../platform/jobs/jobs.ts'
import { jobs, versionPublished } from './index.ts'

/** Makes the queues that this module writes to, so that its tests need no other module's readers. */
export async function makeQueues(boss: PgBoss): Promise<void> {
  for (const name of [eventQueue(versionPublished.name), ...jobs.map((job) => job.name)])
    await boss.createQueue(name)
}
