import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { BackupConfig } from '../config.ts'
import type { Ctx, Services } from '../ctx.ts'
import { connectionsOf, type Connection } from '../database/database.ts'
import { readBackupNotes } from '../health/service-checks.ts'
import { defineJob, type AnyJob } from '../jobs/jobs.ts'
import { embeddedReader } from '../postgres/installation.ts'
import { noteBackup } from './notes.ts'
import { givenSettings } from './settings.ts'
import { backupFolder, backupName } from './target.ts'
import { writeBackup } from './write-backup.ts'

const HOUR_MS = 3_600_000
/** Jobs begin a little late; that must not add up. */
const EARLY_MS = 5 * 60_000

/** The job that makes backups where BACKUP_TO says so, when the latest is old enough; nothing unless switched on. */
export function backupJobs(version: string): readonly AnyJob[] {
  return [
    defineJob({
      name: 'scheduled-backup',
      schema: z.object({}),
      cron: '*/10 * * * *',
      expireSeconds: 6 * 3600,
      // The next look comes in ten minutes.
      retries: 0,
      handler: async (ctx: Ctx) => {
        if (ctx.config.backup !== undefined && (await isDue(ctx, ctx.config.backup)))
          await makeScheduledBackup(ctx, ctx.config.backup, version)
      },
    }),
  ]
}

async function isDue(services: Services, { everyHours }: BackupConfig): Promise<boolean> {
  const { good } = await readBackupNotes(services)
  if (good === undefined) return true
  return services.clock.now().getTime() - Date.parse(good.startedAt) > everyHours * HOUR_MS - EARLY_MS
}

/** Makes a backup now and removes those that are too many. */
export async function makeScheduledBackup(
  services: Services,
  backup: BackupConfig,
  version: string,
): Promise<void> {
  const { config, clock, log } = services
  const folder = backupFolder(backup.to, config.s3)
  const place = folder.place(backupName(clock.now()))
  const { reader, owner, close } = openReader(services)
  try {
    const source = {
      connection: reader,
      files: services.files,
      dataDir: config.dataDir,
      settings: givenSettings(process.env),
      version,
      clock,
      passphrase: await passphraseOf(backup),
    }
    const made = await noteBackup(owner, { clock, scheduled: true })(place.shown, () =>
      place.write((out) => writeBackup(source, out)),
    )
    log.info(
      { files: made.files.count, bytes: made.files.bytes, missing: made.missing.length },
      'backup made',
    )
  } finally {
    close()
  }
  const all = await folder.list()
  for (const name of all.slice(0, Math.max(0, all.length - backup.keep))) await folder.remove(name)
}

function openReader({ config, secrets }: Services): {
  reader: Connection
  owner: Connection
  close: () => void
} {
  const external = connectionsOf(config)
  if (external !== undefined) return { reader: external.owner, owner: external.owner, close: () => undefined }
  const { connection, close } = embeddedReader(config.dataDir, secrets)
  return { reader: connection, owner: connection, close }
}

async function passphraseOf({ passphrase, passphraseFile }: BackupConfig): Promise<string | undefined> {
  if (passphraseFile === undefined) return passphrase
  return (await readFile(passphraseFile, 'utf8')).split('\n')[0]?.trim()
}
