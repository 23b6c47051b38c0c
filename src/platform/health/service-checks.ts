import type { Services } from '../ctx.ts'
import { backupNoteSchema, GOOD_BACKUP, LAST_BACKUP, type BackupNote } from '../backup/notes.ts'
import { MOST_BEHIND_SECONDS, secondsBehind } from '../database/replica.ts'
import { JOBS_SCHEMA } from '../jobs/install.ts'
import { finding, type Finding } from './finding.ts'

const HOUR_MS = 3_600_000
const OLD_BACKUP_HOURS = 7 * 24
const LATE_MAIL_SECONDS = 300
/** More of them need not be looked at to know that they are late. */
const MOST_MAILS = 10_000

/** Whether there is a mail server, and whether it takes mails. */
export async function checkMail({ config, database, clock }: Services): Promise<Finding[]> {
  if (config.smtpUrl === undefined) return [finding('mail', ['poor', 'none'], { variable: 'SMTP_URL' })]
  // Each try is a job of its own; how long a mail has waited is in its id, which says when it was written.
  const { rows } = await database.pool.query<{ count: number; minutes: number }>(
    `SELECT count(*)::int AS count, coalesce(max(seconds) / 60, 0)::int AS minutes FROM (
       SELECT $1::float8 - ('x' || left(replace(input->>'id', '-', ''), 12))::bit(48)::bigint / 1000.0 AS seconds
       FROM ${JOBS_SCHEMA}.job, jsonb_array_elements(data->'inputs') input
       WHERE name = 'send-message' AND state < 'completed' LIMIT ${MOST_MAILS}) waiting
     WHERE seconds > ${LATE_MAIL_SECONDS}`,
    [clock.now().getTime() / 1_000],
  )
  const { count = 0, minutes = 0 } = rows[0] ?? {}
  return [finding('mail', count > 0 ? ['poor', 'waiting'] : ['good', 'fine'], { count, minutes })]
}

/** Whether the copy that reports are read from answers and keeps up; nothing where there is none. */
export async function checkReplica({ replica }: Services): Promise<Finding[]> {
  if (replica === undefined) return []
  const seconds = await secondsBehind(replica).catch(() => undefined)
  const values = { variable: 'DATABASE_REPLICA_URL', seconds: Math.round(seconds ?? 0) }
  if (seconds === undefined) return [finding('replica', ['poor', 'away'], values)]
  return [finding('replica', seconds > MOST_BEHIND_SECONDS ? ['poor', 'behind'] : ['good', 'fine'], values)]
}

/** What is noted of backups. */
export async function readBackupNotes({
  database,
}: Services): Promise<{ good?: BackupNote; last?: BackupNote }> {
  const { rows } = await database.pool.query<{ key: string; value: unknown }>(
    'SELECT key, value FROM instance WHERE key = ANY ($1)',
    [[GOOD_BACKUP, LAST_BACKUP]],
  )
  const note = (key: string) => backupNoteSchema.safeParse(rows.find((row) => row.key === key)?.value).data
  const [good, last] = [note(GOOD_BACKUP), note(LAST_BACKUP)]
  return { ...(good === undefined ? {} : { good }), ...(last === undefined ? {} : { last }) }
}

/** Whether there is a backup that is fresh. */
export async function checkBackups(services: Services): Promise<Finding[]> {
  const { good, last } = await readBackupNotes(services)
  const { backup } = services.config
  const values = { variable: 'BACKUP_TO', command: 'rafid backup' }
  if (last?.failure !== undefined && last.failure !== null)
    return [finding('backups', ['bad', 'failed'], { reason: last.failure, place: last.place })]
  if (good?.finishedAt === undefined || good.finishedAt === null)
    return [finding('backups', ['poor', 'none'], values)]
  const hours = Math.round((services.clock.now().getTime() - Date.parse(good.startedAt)) / HOUR_MS)
  const limit = backup === undefined ? OLD_BACKUP_HOURS : backup.everyHours * 2 + 1
  const told = { ...values, hours, place: good.place }
  if (hours > limit) return [finding('backups', ['poor', 'old'], told)]
  return [
    finding('backups', good.secrets ? ['good', 'fine'] : ['poor', 'no-secrets'], {
      ...told,
      passphrase: 'BACKUP_PASSPHRASE',
    }),
  ]
}
