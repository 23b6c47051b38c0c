import pg from 'pg'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { Connection } from '../database/database.ts'

/** What the installation remembers of its backups, for the status page and for `rafid doctor`. */
export const backupNoteSchema = z.object({
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  place: z.string(),
  scheduled: z.boolean(),
  rows: z.number(),
  files: z.number(),
  bytes: z.number(),
  secrets: z.boolean(),
  /** Why it failed, in the words of whoever refused. */
  failure: z.string().nullable(),
})

/** See backupNoteSchema. */
export type BackupNote = z.infer<typeof backupNoteSchema>

/** The places of `instance` in which notes are kept: the latest that ended well, and the latest of all. */
export const GOOD_BACKUP = 'backup/good'
export const LAST_BACKUP = 'backup/last'

type Made = { rows: Record<string, number>; files: { count: number; bytes: number }; secrets: boolean }

/** Runs a backup and notes, before and after, what became of it. */
export function noteBackup(
  connection: Connection,
  { clock, scheduled }: { clock: Clock; scheduled: boolean },
) {
  return async <M extends Made>(place: string, make: () => Promise<M>): Promise<M> => {
    const started: BackupNote = {
      startedAt: clock.now().toISOString(),
      finishedAt: null,
      place,
      scheduled,
      rows: 0,
      files: 0,
      bytes: 0,
      secrets: false,
      failure: null,
    }
    await keep(connection, [LAST_BACKUP], started)
    try {
      const made = await make()
      const rows = Object.values(made.rows).reduce((sum, count) => sum + count, 0)
      const { count: files, bytes } = made.files
      const finishedAt = clock.now().toISOString()
      await keep(connection, [LAST_BACKUP, GOOD_BACKUP], {
        ...started,
        finishedAt,
        rows,
        files,
        bytes,
        secrets: made.secrets,
      })
      return made
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error)
      await keep(connection, [LAST_BACKUP], { ...started, failure: failure.slice(0, 500) }).catch(
        () => undefined,
      )
      throw error
    }
  }
}

async function keep(connection: Connection, keys: readonly string[], note: BackupNote): Promise<void> {
  const client = new pg.Client({ ...connection, application_name: 'rafid-backup' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    for (const key of keys) {
      await client.query(
        `INSERT INTO instance (key, value, updated_at) VALUES ($1, $2, $3)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
        [key, JSON.stringify(note), note.finishedAt ?? note.startedAt],
      )
    }
  } finally {
    await client.end()
  }
}
