import type { ChildProcess } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { launch, yielding } from './account.ts'
import type { Site } from './initialise.ts'
import { isReady } from './leftovers.ts'

/** A server process that takes connections. */
export type Server = {
  readonly pid: number
  /** Resolves when the process has ended, with a word on how. */
  readonly ended: Promise<string>
  /** Stops it: open transactions are rolled back, committed ones are kept. */
  stop(): Promise<void>
}

const LOG_LIMIT_BYTES = 4 * 1024 * 1024

/** How long each way of asking the server to stop is given, gentlest first. */
const STOPPING = [
  ['SIGINT', 20_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
] as const

/**
 * Starts the server and waits until it takes connections, for as long as it recovers. `onPid` is called at once, before it
 * is known whether it comes up.
 * @throws Error with PostgreSQL's last words when it ends instead.
 */
export async function startServer(
  site: Site,
  settings: readonly string[],
  onPid: (pid: number) => void,
): Promise<Server> {
  const argv = [site.binaries.postgres, '-D', site.data, ...settings.flatMap((line) => ['-c', line])] as const
  const child = spawnLogged(site, argv)
  const state: { end: string | undefined } = { end: undefined }
  const ended = endOf(child).then((how) => (state.end = how))
  const { pid } = child
  if (pid !== undefined) onPid(pid)
  while (pid === undefined || !isReady(site.data, pid)) {
    if (state.end !== undefined) {
      throw new Error(
        `PostgreSQL did not start (${state.end}); the end of ${logOf(site)} says: ${lastWords(site)}`,
      )
    }
    await sleep(5)
  }
  return { pid, ended, stop: () => stop(child, ended) }
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  for (const [signal, waitMs] of STOPPING) {
    child.kill(signal)
    const patience = new AbortController()
    const late = sleep(waitMs, 'late', { signal: patience.signal }).catch(() => 'late')
    const first = await Promise.race([ended, late])
    patience.abort()
    if (first !== 'late') return
  }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`))
  })
}

/** To a file and not to a pipe: the server's last words must not be lost with us. */
function spawnLogged(site: Site, argv: readonly [string, ...string[]]): ChildProcess {
  const path = logOf(site)
  if (existsSync(path) && statSync(path).size > LOG_LIMIT_BYTES) renameSync(path, `${path}.1`)
  const log = openSync(path, 'a', 0o600)
  try {
    return launch(site.account, yielding(site.account, argv), ['ignore', log, log])
  } finally {
    closeSync(log)
  }
}

function lastWords(site: Site): string {
  return readFileSync(logOf(site), 'utf8').trimEnd().split('\n').slice(-3).join(' / ')
}

function logOf({ home }: Site): string {
  return join(home, 'log')
}
