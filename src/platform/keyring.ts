import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const KEY_BYTES = 32

const wrappingKeySchema = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/), key: z.string().length(43) })

/** What is in the file; files of before have no key-encryption keys. */
export const secretsFileSchema = z.object({
  root: z.string().length(43),
  keyEncryptionKeys: z.array(wrappingKeySchema).min(1).optional(),
})

/** See secretsFileSchema. */
export type SecretsFile = z.infer<typeof secretsFileSchema>

type WrappingKey = z.infer<typeof wrappingKeySchema>

/** The key-encryption keys of an installation: they wrap the keys that secrets in the database are encrypted with. */
export type Keyring = {
  readonly path: string
  /** The key of that id; where it is not known, the file is read again, for another process may have put it there. */
  find(id: string): Buffer | undefined
  /** The ids of all keys that are in the file now, the oldest first. */
  ids(): readonly string[]
  /** Makes another key and gives its id, once it is safe on the disk. Of two processes that do so, one key would be lost. */
  add(): string
  /** Takes all other keys away. */
  keep(ids: ReadonlySet<string>): void
}

/** The keys of a secrets file. One without any has the key that is derived from its root, the same for all who share it. */
export function openKeyring(path: string, derive: () => Buffer): Keyring {
  let known = new Map<string, Buffer>()
  const read = (): SecretsFile => {
    const file = secretsFileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    known = new Map(keysOf(file).map(({ id, key }) => [id, Buffer.from(key, 'base64url')]))
    return file
  }
  const keysOf = ({ keyEncryptionKeys: keys }: SecretsFile): readonly WrappingKey[] =>
    keys ?? [{ id: DERIVED, key: derive().toString('base64url') }]
  const replace = (file: SecretsFile, keyEncryptionKeys: WrappingKey[]) => {
    writeWhole(path, `${JSON.stringify({ ...file, keyEncryptionKeys })}\n`)
    read()
  }
  read()
  return {
    path,
    find: (id) => {
      try {
        if (!known.has(id)) read()
      } catch {
        // A file that cannot be read now has no other keys; what is known goes on.
      }
      return known.get(id)
    },
    ids: () => keysOf(read()).map(({ id }) => id),
    add: () => {
      const file = read()
      const fresh = newWrappingKey()
      replace(file, [...keysOf(file), fresh])
      return fresh.id
    },
    keep: (wanted) => {
      const file = read()
      const kept = keysOf(file).filter(({ id }) => wanted.has(id))
      if (kept.length === 0) throw new Error(`assertion failed: no key would be left in ${path}`)
      replace(file, kept)
    },
  }
}

/** The id of the key that files without keys have. */
const DERIVED = '0'.repeat(16)

/** A new key-encryption key. */
export function newWrappingKey(): WrappingKey {
  return { id: randomBytes(8).toString('hex'), key: randomBytes(KEY_BYTES).toString('base64url') }
}

/**
 * The keys of a file as it was before something and as it is after, so that what was written in between can be opened
 * although keys were changed meanwhile.
 */
export function joinSecretsFiles(before: string, after: string): string {
  const [older, newer] = [before, after].map((text) => secretsFileSchema.parse(JSON.parse(text)))
  if (older?.keyEncryptionKeys === undefined || newer?.keyEncryptionKeys === undefined) return after
  const keys = newer.keyEncryptionKeys
  const gone = older.keyEncryptionKeys.filter(({ id }) => keys.every((key) => key.id !== id))
  return gone.length === 0
    ? after
    : `${JSON.stringify({ ...newer, keyEncryptionKeys: [...gone, ...keys] })}\n`
}

/** Replaces a file at once: whoever reads it, and whatever is left after a crash, has the old one or the new one. */
function writeWhole(path: string, text: string): void {
  const fresh = `${path}.new`
  writeFileSync(fresh, text, { mode: 0o600, flush: true })
  renameSync(fresh, path)
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** Where the file of a data directory is that holds the root of all keys, and the key-encryption keys. */
export function secretsPath(dataDir: string): string {
  return join(dataDir, 'secrets.json')
}
