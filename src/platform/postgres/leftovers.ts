import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long each way of asking a server to stop is given, gentlest first. */
const STOPPING: readonly { signal: NodeJS.Signals; waitMs: number }[] = [
  { signal: 'SIGINT', waitMs: 15_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 5_000 },
]

/**
 * Ends what a Node that died without a word left behind: a server that still runs in the cluster, and the files that say
 * one does. The caller holds the lock on the data folder, so nobody else is using them.
 * @throws Error when a process does not go away.
 */
export async function clearLeftovers(cluster: string): Promise<void> {
  for (const { signal, waitMs } of STOPPING) {
    const pids = serversIn(cluster)
    if (pids.length === 0) break
    for (const pid of addressees(pids, cluster)) kill(pid, signal)
    await until(() => serversIn(cluster).length === 0, waitMs)
  }
  const left = serversIn(cluster)
  if (left.length > 0)
    throw new Error(`PostgreSQL still runs in ${cluster} (process ${left.join(', ')}) and cannot be stopped.`)
  // No process is in the cluster, so the number in here is nobody's, or another program's by now; PostgreSQL itself would
  // take that program for a server.
  for (const file of ['postmaster.pid', '.s.PGSQL.5432', '.s.PGSQL.5432.lock'])
    rmSync(join(cluster, file), { force: true })
}

/** The server processes that work in the cluster: each has made it its working folder. */
export function serversIn(cluster: string): number[] {
  if (!existsSync(cluster)) return []
  const { dev, ino } = statSync(cluster)
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        const folder = statSync(`/proc/${pid}/cwd`)
        if (folder.dev !== dev || folder.ino !== ino) return false
        // A person’s shell may stand in the folder too. The name is there to the very end of a process, when its program
        // is gone already and its hold on the shared memory is not.
        return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
      } catch {
        // Another user's process, or one that has just ended.
        return false
      }
    })
}

/** The server tells its own processes to stop; only where it is gone do they have to be told one by one. */
function addressees(pids: readonly number[], cluster: string): readonly number[] {
  const main = postmasterPid(cluster)
  return main !== undefined && pids.includes(main) ? [main] : pids
}

/** The process number in postmaster.pid. */
export function postmasterPid(cluster: string): number | undefined {
  const pid = Number(postmasterLines(cluster)[0])
  return Number.isInteger(pid) && pid > 1 ? pid : undefined
}

/** Whether the server that is `pid` says that it takes connections. */
export function isReady(cluster: string, pid: number): boolean {
  const lines = postmasterLines(cluster)
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready'
}

function postmasterLines(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

async function until(done: () => boolean, limitMs: number): Promise<void> {
  for (let waitedMs = 0; waitedMs < limitMs && !done(); waitedMs += 20) await sleep(20)
}
