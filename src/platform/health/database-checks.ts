import type { Services } from '../ctx.ts'
import { readMigrations } from '../database/migrate.ts'
import { JOBS_SCHEMA } from '../jobs/install.ts'
import { assertDurable, NotDurable } from '../postgres/durable.ts'
import { finding, reasonOf, vital, type Finding } from './finding.ts'

const SLOW_MS = 1_000
const CLOCK_OFF_SECONDS = 5
const LATE_SECONDS = 180
const VERY_LATE_SECONDS = 1_800

/** Whether the database answers, and whether its clock is ours. */
export async function checkDatabase({ database, clock }: Services): Promise<Finding[]> {
  const began = performance.now()
  try {
    const { rows } = await database.pool.query<{ now: Date; version: string }>(
      "SELECT clock_timestamp() AS now, current_setting('server_version') AS version",
    )
    const ms = Math.round(performance.now() - began)
    const { now = clock.now(), version = '' } = rows[0] ?? {}
    const off = Math.round(Math.abs(now.getTime() - clock.now().getTime()) / 1_000)
    return [
      vital('database', ms > SLOW_MS ? ['poor', 'slow'] : ['good', 'fine'], { ms, version }),
      finding('clock', off > CLOCK_OFF_SECONDS ? ['poor', 'off'] : ['good', 'fine'], { seconds: off }),
    ]
  } catch (error) {
    return [vital('database', ['bad', 'away'], { reason: reasonOf(error) })]
  }
}

/** Whether the tables are those that this version wants. */
export async function checkMigrations({ database }: Services): Promise<Finding[]> {
  const { rows } = await database.pool.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM rafid_migrations',
  )
  const applied = new Set(rows.map(({ name, checksum }) => `${name} ${checksum}`))
  const missing = (await readMigrations()).filter(({ name, checksum }) => !applied.has(`${name} ${checksum}`))
  const names = missing.map(({ name }) => name).join(', ')
  return [
    vital('migrations', missing.length > 0 ? ['bad', 'behind'] : ['good', 'fine'], {
      names,
      command: 'rafid migrate',
    }),
  ]
}

/** Whether what is acknowledged survives a crash. */
export async function checkDurability({ database }: Services): Promise<Finding[]> {
  try {
    const warning = await assertDurable(database.pool)
    return [
      finding('durability', warning === undefined ? ['good', 'fine'] : ['poor', 'no-checksums'], {
        command: 'pg_checksums --enable',
      }),
    ]
  } catch (error) {
    if (!(error instanceof NotDurable)) throw error
    return [finding('durability', ['bad', 'off'], { reason: error.message })]
  }
}

/** Whether the login that serves may do what no statement of the program's does: pass the fences, change the books. */
export async function checkRights({ database }: Services): Promise<Finding[]> {
  const { rows } = await database.pool.query<{ role: string; fenced: boolean; books: boolean }>(
    `SELECT current_user AS role,
       NOT (rolsuper OR rolbypassrls) AS fenced,
       has_table_privilege('ledger_postings', 'INSERT, UPDATE, DELETE') AS books
     FROM pg_roles WHERE rolname = current_user`,
  )
  const { role = '', fenced = false, books = true } = rows[0] ?? {}
  return [
    finding('rights', !fenced ? ['bad', 'no-fence'] : books ? ['bad', 'books'] : ['good', 'fine'], {
      role,
      wanted: 'rafid_app',
    }),
  ]
}

/** Whether jobs are done in time, and none was given up. */
export async function checkJobs({ database, clock }: Services): Promise<Finding[]> {
  const { rows } = await database.pool.query<{ name: string; seconds: number }>(
    `SELECT name, extract(epoch FROM clock_timestamp() - min(start_after))::int AS seconds FROM ${JOBS_SCHEMA}.job
     WHERE state < 'active' AND start_after < clock_timestamp() AND name NOT LIKE '\\_\\_%'
     GROUP BY name ORDER BY 2 DESC LIMIT 1`,
  )
  const { rows: failed } = await database.pool.query<{ count: number }>(
    `SELECT coalesce(sum(failed_count), 0)::int AS count FROM ${JOBS_SCHEMA}.queue`,
  )
  const { rows: events } = await database.pool.query<{ id: string }>(
    `SELECT id FROM ${JOBS_SCHEMA}.event ORDER BY id LIMIT 1`,
  )
  // Its id begins with the time. Source: RFC 9562, section 5.7.
  const eventAt = Number.parseInt(events[0]?.id.replaceAll('-', '').slice(0, 12) ?? '', 16)
  const eventSeconds = Number.isNaN(eventAt) ? 0 : (clock.now().getTime() - eventAt) / 1_000
  const job = rows[0] ?? { name: '', seconds: 0 }
  const { name, seconds } = eventSeconds > job.seconds ? { name: 'event', seconds: eventSeconds } : job
  const values = { name, minutes: Math.round(seconds / 60) }
  const count = failed[0]?.count ?? 0
  const late = seconds > VERY_LATE_SECONDS ? 'bad' : seconds > LATE_SECONDS ? 'poor' : undefined
  if (late !== undefined) return [finding('jobs', [late, 'late'], values)]
  return [finding('jobs', count > 0 ? ['poor', 'failed'] : ['good', 'fine'], { count })]
}
