import { VERSION } from '../app.ts'
import { noteBackup } from '../platform/backup/notes.ts'
import { givenSettings } from '../platform/backup/settings.ts'
import { backupPlace, type BackupPlace } from '../platform/backup/target.ts'
import { writeBackup, type BackupMade } from '../platform/backup/write-backup.ts'
import { systemClock } from '../platform/clock.ts'
import { readConfig } from '../platform/config.ts'
import { createFileStore } from '../platform/files/index.ts'
import { openInstallation } from '../platform/postgres/installation.ts'
import { readSecrets } from '../platform/secrets.ts'
import { readArchiveCall, readThrough, sizesOf } from './archive-command.ts'
import { readPassphrase } from './passphrase.ts'
import { showProgress } from './progress.ts'
import type { Command, Shell } from './shell.ts'

/** `rafid backup FILE`: everything, while it is in use. */
export const backup: Command = {
  usage:
    'rafid backup FILE|FOLDER|s3://BUCKET/FOLDER|- [--passphrase-file FILE] [--without-secrets] [--verify]',
  async run(shell, args) {
    const { where, passphraseFile, withoutSecrets, verify } = readArchiveCall(backup, args)
    const passphrase = withoutSecrets
      ? undefined
      : await readPassphrase(shell, { file: passphraseFile, twice: true })
    if (passphrase === undefined && !withoutSecrets) {
      shell.complain('backup.no-passphrase', { option: '--without-secrets', variable: 'BACKUP_PASSPHRASE' })
      return 1
    }
    const { made, place } = await make(shell, where, passphrase)
    // The archive itself may be what goes to the standard output.
    if (place === undefined) return made.missing.length > 0 ? 1 : 0
    if (verify) await readThrough(shell, place)
    report(shell, place, made)
    return made.missing.length > 0 ? 1 : 0
  },
}

async function make(
  shell: Shell,
  where: string,
  passphrase: string | undefined,
): Promise<{ made: BackupMade; place: BackupPlace | undefined }> {
  const config = readConfig(shell.env)
  const secrets = readSecrets(config.dataDir)
  const installation = await openInstallation(config, secrets)
  const progress = showProgress(shell)
  const source = {
    connection: installation.reader,
    files: createFileStore(config),
    dataDir: config.dataDir,
    settings: givenSettings(shell.env),
    version: VERSION,
    clock: systemClock,
    passphrase,
    onProgress: progress.tell,
  }
  const finish = noteBackup(installation.owner, { clock: systemClock, scheduled: false })
  try {
    const place = where === '-' ? undefined : await backupPlace(where, config.s3, systemClock.now())
    const made = await finish(place?.shown ?? '-', () =>
      place === undefined
        ? writeBackup(source, process.stdout)
        : place.write((out) => writeBackup(source, out)),
    )
    return { made, place }
  } finally {
    progress.end()
    await installation.close()
  }
}

function report(shell: Shell, place: BackupPlace, made: BackupMade): void {
  shell.say('backup.made', { place: place.shown, ...sizesOf(made) })
  if (!made.secrets) shell.say('backup.without-secrets', { file: 'secrets.json' })
  if (made.missing.length > 0)
    shell.complain('backup.missing', { count: made.missing.length, first: made.missing[0] ?? '' })
}
