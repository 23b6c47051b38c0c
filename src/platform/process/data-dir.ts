import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { ConfigError } from '../config.ts'

/**
 * Makes the data directory, and those above it, if they are missing. One by one: where the kernel makes the folders, as in
 * /proc, Node's own recursion never ends.
 * @throws ConfigError with a sentence that names the setting
 */
export function openDataDir(dataDir: string): void {
  try {
    make(dataDir, privateMode())
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new ConfigError(
      `DATA_DIR is ${JSON.stringify(dataDir)}, but a folder cannot be made or written to there (${code}).`,
      { cause: error },
    )
  }
}

function make(folder: string, mode?: number): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found?.isDirectory() === true) return
  if (found === undefined && folder !== dirname(folder)) make(dirname(folder))
  mkdirSync(folder, mode)
}

/** Its owner's alone. Under root, PostgreSQL is another user and must pass through; to look around it needs not. */
function privateMode(): number {
  return process.getuid?.() === 0 ? 0o711 : 0o700
}
