import type { Services } from '../ctx.ts'
import { JOBS_SCHEMA } from '../jobs/install.ts'
import { freeSpace } from './machine-checks.ts'
import type { Gauge } from './metrics.ts'
import { readBackupNotes } from './service-checks.ts'

/** What gives figures that belong to a part of the program. */
export type GaugeSource = (services: Services) => Promise<readonly Gauge[]>

/** The figures of the process, its pool, the queue, the disk and the backups; a part that cannot be read is left out. */
export async function readGauges(services: Services, more: readonly GaugeSource[]): Promise<Gauge[]> {
  const sources: readonly GaugeSource[] = [ofProcess, ofQueue, ofDisk, ofBackups, ...more]
  const found = await Promise.allSettled(sources.map((source) => source(services)))
  const failed = found.filter(({ status }) => status === 'rejected').length
  return [
    ...found.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])),
    { name: 'rafid_unread_sources', help: 'Parts whose figures could not be read just now.', value: failed },
  ]
}

function ofProcess({ database }: Services): Promise<Gauge[]> {
  const { pool } = database
  const help = 'Connections of this process to the database, by state.'
  const connection = (state: string, value: number) => ({
    name: 'rafid_database_connections',
    help,
    labels: { state },
    value,
  })
  return Promise.resolve([
    connection('idle', pool.idleCount),
    connection('lent', pool.totalCount - pool.idleCount),
    {
      name: 'rafid_database_waiting',
      help: 'Requests that wait for a connection.',
      value: pool.waitingCount,
    },
    { name: 'process_resident_memory_bytes', help: 'Resident memory.', value: process.memoryUsage.rss() },
    { name: 'process_uptime_seconds', help: 'Seconds since the start.', value: Math.round(process.uptime()) },
  ])
}

type QueueRow = {
  name: string
  ready: number
  deferred: number
  active: number
  failed: number
  seconds: number
}

async function ofQueue({ database }: Services): Promise<Gauge[]> {
  const { rows } = await database.pool.query<QueueRow>(
    `SELECT q.name, q.ready_count AS ready, q.deferred_count AS deferred, q.active_count AS active, q.failed_count AS failed,
       coalesce((SELECT extract(epoch FROM clock_timestamp() - min(j.start_after)) FROM ${JOBS_SCHEMA}.job j
         WHERE j.name = q.name AND j.state < 'active' AND j.start_after < clock_timestamp()), 0)::float8 AS seconds
     FROM ${JOBS_SCHEMA}.queue q WHERE q.name NOT LIKE '\\_\\_%'`,
  )
  return rows.flatMap(({ name, seconds, ...states }) => [
    ...Object.entries(states).map(([state, value]) => ({
      name: 'rafid_jobs',
      help: 'Jobs by queue and state, as counted in the last half minute.',
      labels: { queue: name, state },
      value,
    })),
    {
      name: 'rafid_jobs_oldest_seconds',
      help: 'For how long the oldest due job has waited.',
      labels: { queue: name },
      value: Math.max(0, Math.round(seconds * 10) / 10),
    },
  ])
}

async function ofDisk({ config }: Services): Promise<Gauge[]> {
  const { free, total } = await freeSpace(config.dataDir)
  return [
    { name: 'rafid_disk_free_bytes', help: 'Free space where DATA_DIR is.', value: free },
    { name: 'rafid_disk_size_bytes', help: 'Size of the disk on which DATA_DIR is.', value: total },
  ]
}

async function ofBackups(services: Services): Promise<Gauge[]> {
  const { good } = await readBackupNotes(services)
  if (good === undefined) return []
  const value = Math.round((services.clock.now().getTime() - Date.parse(good.startedAt)) / 1_000)
  return [{ name: 'rafid_backup_age_seconds', help: 'Age of the latest backup that ended well.', value }]
}
