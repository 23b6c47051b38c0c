import { readArchive, whole } from './archive.ts'
import {
  headerSchema,
  keyOfMember,
  manifestSchema,
  openedSchema,
  secretsMemberSchema,
  type Header,
  type Manifest,
  type Progress,
} from './format.ts'
import { unlock, WrongPassphrase, type Locked } from './locked.ts'
import { CannotRestore } from './restorable.ts'
import { DamagedArchive } from './tar.ts'

/** What a backup says of itself once every byte of it has been compared with its checksum. */
export type CheckedBackup = { header: Header; manifest: Manifest; locked: Locked | undefined }

/** Reads a backup through. @throws CannotRestore where it is damaged, cut off, or none at all */
export async function checkBackup(
  source: AsyncIterable<Uint8Array>,
  onProgress?: (progress: Progress) => void,
): Promise<CheckedBackup> {
  const progress: Progress = { phase: 'checking', rows: 0, files: 0, bytes: 0 }
  let header: Header | undefined
  let locked: Locked | undefined
  try {
    const members = readArchive(source)
    for (;;) {
      const { done, value } = await members.next()
      if (done === true) {
        if (header === undefined) throw new CannotRestore('damaged')
        return { header, manifest: manifestSchema.parse(value), locked }
      }
      if (value.name === 'rafid.json')
        header = headerSchema.parse(JSON.parse((await whole(value)).toString()))
      if (value.name === 'secrets.json')
        locked = secretsMemberSchema.parse(JSON.parse((await whole(value)).toString()))
      if (keyOfMember(value.name) !== undefined) progress.files += 1
      progress.bytes += value.size
      onProgress?.(progress)
    }
  } catch (error) {
    // Bytes that are not what they should be show as whatever they are taken for first.
    if (error instanceof CannotRestore || isOfTheSystem(error)) throw error
    throw new CannotRestore('damaged')
  }
}

function isOfTheSystem(error: unknown): boolean {
  return !(error instanceof DamagedArchive) && error instanceof Error && 'code' in error && 'syscall' in error
}

/** The keys and passwords of a backup. @throws CannotRestore where the passphrase is another one */
export async function openSecrets(locked: Locked, passphrase: string) {
  try {
    return openedSchema.parse(JSON.parse((await unlock(locked, passphrase)).toString()))
  } catch (error) {
    if (error instanceof WrongPassphrase) throw new CannotRestore('wrong-passphrase')
    throw error
  }
}
