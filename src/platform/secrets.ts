import { hkdfSync, randomBytes } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { newWrappingKey, openKeyring, secretsFileSchema, secretsPath, type Keyring } from './keyring.ts'
import { openDataDir } from './process/data-dir.ts'

/** Keys that this installation made for itself; never shown, never logged. */
export type Secrets = {
  /** The 32-byte key of a purpose: each purpose has its own, so that one leaking proof opens nothing else. */
  key(purpose: 'sessions' | 'proofs' | 'audit' | 'links' | 'downloads' | 'test-provider' | 'webhooks'): Buffer
  /** What the keys of secrets in the database are wrapped with. */
  readonly keyring: Keyring
  /** Passwords of the embedded database's logins. */
  databasePassword(login: 'postgres' | 'rafid' | 'rafid_app'): string
}

/** Reads DATA_DIR/secrets.json, or makes it with mode 0600 at the first start. */
export function readSecrets(dataDir: string): Secrets {
  const path = secretsPath(dataDir)
  openDataDir(dataDir)
  const root = Buffer.from(readRoot(path) ?? makeRoot(path), 'base64url')
  const derive = (info: string) => Buffer.from(hkdfSync('sha256', root, '', `rafid/${info}`, 32))
  const keys = new Map<string, Buffer>()
  return {
    key: (purpose) => {
      const known = keys.get(purpose) ?? derive(`key/${purpose}`)
      keys.set(purpose, known)
      return known
    },
    keyring: openKeyring(path, () => derive('key-encryption')),
    databasePassword: (login) => derive(`database/${login}`).toString('base64url'),
  }
}

function readRoot(path: string): string | undefined {
  try {
    return secretsFileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).root
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new Error(`${path} cannot be read; restore it from a backup.`, { cause: error })
  }
}

function makeRoot(path: string): string {
  const root = randomBytes(32).toString('base64url')
  const fresh = `${path}.${process.pid}`
  try {
    // Whole or not at all, and by one of several processes that start together on one folder.
    writeFileSync(fresh, `${JSON.stringify({ root, keyEncryptionKeys: [newWrappingKey()] })}\n`, {
      mode: 0o600,
      flag: 'w',
      flush: true,
    })
    linkSync(fresh, path)
    return root
  } catch (error) {
    const other =
      error instanceof Error && 'code' in error && error.code === 'EEXIST' ? readRoot(path) : undefined
    if (other === undefined) throw error
    return other
  } finally {
    rmSync(fresh, { force: true })
  }
}
