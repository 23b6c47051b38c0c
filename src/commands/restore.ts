import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openSecrets, type CheckedBackup } from '../platform/backup/check-backup.ts'
import { CannotRestore } from '../platform/backup/restorable.ts'
import { restoreBackup, type Restored } from '../platform/backup/restore-backup.ts'
import { settingsFile } from '../platform/backup/settings.ts'
import { backupPlace, type BackupPlace } from '../platform/backup/target.ts'
import { systemClock } from '../platform/clock.ts'
import { readConfig, type Config } from '../platform/config.ts'
import { createFileStore } from '../platform/files/index.ts'
import { openInstallation } from '../platform/postgres/installation.ts'
import { openDataDir } from '../platform/process/data-dir.ts'
import { RESTORING } from '../platform/process/unfinished-restore.ts'
import { adoptKeys } from '../platform/sealing/rotate-keys.ts'
import { readSecrets } from '../platform/secrets.ts'
import { readArchiveCall, readThrough, sizesOf, toMegabytes, type ArchiveCall } from './archive-command.ts'
import { readPassphrase } from './passphrase.ts'
import { showProgress } from './progress.ts'
import type { Command, ExitCode, Shell } from './shell.ts'

/** Names of settings are the same in every language. */
const NAMES = { DATABASE_URL: 'DATABASE_URL', DATA_DIR: 'DATA_DIR' }

/** `rafid restore FILE`: a backup into an empty place, after every byte of it has been compared with its checksum. */
export const restore: Command = {
  usage:
    'rafid restore FILE|s3://BUCKET/FOLDER/NAME.tar [--verify] [--passphrase-file FILE] [--without-secrets]',
  async run(shell, args) {
    const call = readArchiveCall(restore, args)
    const config = readConfig(shell.env)
    const place = await backupPlace(call.where, config.s3, systemClock.now())
    try {
      if (!call.verify) refuseFull(config)
      const checked = await check(shell, place)
      if (call.verify) return 0
      return await putBack({ shell, config, place }, checked, call)
    } catch (error) {
      if (!(error instanceof CannotRestore)) throw error
      shell.complain(`restore.${error.reason}`, {
        ...NAMES,
        place: place.shown,
        dataDir: config.dataDir,
        ...error.values,
      })
      return 1
    }
  },
}

function refuseFull({ dataDir, databaseUrl }: Config): void {
  if (existsSync(join(dataDir, RESTORING))) return
  const kept = databaseUrl === undefined ? ['postgres', 'secrets.json'] : ['secrets.json']
  if (kept.some((name) => existsSync(join(dataDir, name))))
    throw new CannotRestore('place-not-empty', { dataDir })
}

async function check(shell: Shell, place: BackupPlace): Promise<CheckedBackup> {
  const checked = await readThrough(shell, place)
  const { header, manifest, locked } = checked
  shell.say('restore.whole', {
    place: place.shown,
    version: header.version,
    at: new Date(header.createdAt),
    ...sizesOf(manifest),
  })
  if (locked === undefined) shell.say('restore.no-secrets', { file: 'secrets.json' })
  return checked
}

type Job = { shell: Shell; config: Config; place: BackupPlace }
type Wish = Pick<ArchiveCall, 'passphraseFile' | 'withoutSecrets'>

async function putBack({ shell, config, place }: Job, checked: CheckedBackup, wish: Wish): Promise<ExitCode> {
  const { dataDir } = config
  const opened = await open(shell, checked, wish)
  openDataDir(dataDir)
  // A restore that was cut off begins anew; the note keeps the server from starting on half of it.
  await rm(join(dataDir, 'postgres'), { recursive: true, force: true })
  await rm(join(dataDir, 'secrets.json'), { force: true })
  await writeFile(join(dataDir, RESTORING), `${checked.header.createdAt}\n`, { flush: true })
  if (opened !== undefined) {
    const { secretsFile } = opened
    await writeFile(join(dataDir, 'secrets.json'), secretsFile, { mode: 0o600, flush: true })
  }
  const settings = { ...checked.header.settings, ...opened?.settings }
  await writeFile(join(dataDir, SETTINGS_FILE), settingsFile(settings), { mode: 0o600 })
  const secrets = readSecrets(dataDir)
  const installation = await openInstallation(config, secrets, 'loading')
  const progress = showProgress(shell)
  let restored: Restored
  try {
    const target = {
      connection: installation.owner,
      files: createFileStore(config),
      onProgress: progress.tell,
    }
    restored = await restoreBackup(target, await place.read())
    // What was sealed with the keys that were left out stays closed; what is sealed from now on has this server's own.
    if (opened === undefined) await adoptKeys(installation.owner, secrets)
    progress.end()
  } finally {
    await installation.close()
  }
  // Only now is all of it on the disk.
  await rm(join(dataDir, RESTORING))
  const { rows, files, bytes } = restored
  shell.say('restore.done', { rows, files, megabytes: toMegabytes(bytes), place: dataDir })
  shell.say('restore.next', {
    file: join(dataDir, SETTINGS_FILE),
    verify: 'rafid verify',
    start: 'npm start',
  })
  return 0
}

const SETTINGS_FILE = 'settings.env'

async function open(shell: Shell, { locked }: CheckedBackup, { passphraseFile, withoutSecrets }: Wish) {
  if (locked === undefined || withoutSecrets) return undefined
  const passphrase = await readPassphrase(shell, { file: passphraseFile, twice: false })
  if (passphrase === undefined) {
    throw new CannotRestore('no-passphrase', { option: '--without-secrets', variable: 'BACKUP_PASSPHRASE' })
  }
  return openSecrets(locked, passphrase)
}
