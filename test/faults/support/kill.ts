import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serversIn } from '../../../src/platform/postgres/leftovers.ts'
import type { FaultyServer } from './server.ts'

/** Ends Node and every process of its PostgreSQL at the same moment, the guard between them too. */
export async function killAll(server: FaultyServer): Promise<void> {
  const node = pidOf(server)
  const victims = [...childrenOf(node), node, ...serversIn(join(server.dataDir, 'postgres/data'))]
  for (const pid of victims) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself when the first of them did.
    }
  }
  await server.ended()
}

/** The server's own process: the one that works on its data directory. */
function pidOf({ dataDir }: FaultyServer): number {
  const found = readdirSync('/proc').find((entry) => {
    if (!/^\d+$/.test(entry)) return false
    try {
      return readFileSync(`/proc/${entry}/environ`, 'utf8').split('\0').includes(`DATA_DIR=${dataDir}`)
    } catch {
      return false
    }
  })
  if (found === undefined) throw new Error('the server does not run')
  return Number(found)
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((entry) => {
      try {
        return Number(readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ')[1]?.split(' ')[1]) === parent
      } catch {
        return false
      }
    })
    .map(Number)
}
