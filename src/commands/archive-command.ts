import { parseArgs } from 'node:util'
import { checkBackup, type CheckedBackup } from '../platform/backup/check-backup.ts'
import type { Manifest } from '../platform/backup/format.ts'
import type { BackupPlace } from '../platform/backup/target.ts'
import { showProgress } from './progress.ts'
import { WrongUsage, type Command, type Shell } from './shell.ts'

const MEGABYTE = 1_000_000

/** What `rafid backup` and `rafid restore` are called with. */
export type ArchiveCall = {
  where: string
  passphraseFile: string | undefined
  withoutSecrets: boolean
  verify: boolean
}

/** Reads the one place and the options. @throws WrongUsage where there is none, or more */
export function readArchiveCall({ usage }: Pick<Command, 'usage'>, args: readonly string[]): ArchiveCall {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'passphrase-file': { type: 'string' },
      'without-secrets': { type: 'boolean', default: false },
      verify: { type: 'boolean', default: false },
    },
  })
  const [where, ...more] = positionals
  if (where === undefined || more.length > 0) throw new WrongUsage(usage)
  return {
    where,
    passphraseFile: values['passphrase-file'],
    withoutSecrets: values['without-secrets'],
    verify: values.verify,
  }
}

/** Reads a backup through and shows how far it is. @throws CannotRestore where a byte is not as it was written */
export async function readThrough(shell: Shell, place: BackupPlace): Promise<CheckedBackup> {
  const progress = showProgress(shell)
  const checked = await checkBackup(await place.read(), progress.tell)
  progress.end()
  return checked
}

/** How much is in a backup, as the sentences about it tell. */
export function sizesOf({ rows, files }: Pick<Manifest, 'rows' | 'files'>): {
  rows: number
  files: number
  megabytes: number
} {
  return {
    rows: Object.values(rows).reduce((sum, count) => sum + count, 0),
    files: files.count,
    megabytes: toMegabytes(files.bytes),
  }
}

/** Bytes as whole millions. */
export function toMegabytes(bytes: number): number {
  return Math.round(bytes / MEGABYTE)
}
