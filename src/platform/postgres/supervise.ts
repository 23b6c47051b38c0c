import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from './server.ts'

/** A server that is started again when it ends by itself. */
export type Watch = { pid(): number | undefined; stop(): Promise<void> }

/** A server that ends more often than this within the time is not started again. */
const RESTARTS_MAX = 6
const RESTARTS_WITHIN_MS = 60_000
const FIRST_PAUSE_MS = 50

/** Watches a server, and starts it again with a pause that doubles each time within a minute. */
export function supervise(
  first: Server,
  does: {
    restart: () => Promise<Server>
    onRestart: (reason: string) => void
    onLost: (reason: string) => void
  },
): Watch {
  let server: Server | undefined = first
  const stopping = new AbortController()
  const watching = watch().catch((error: unknown) => {
    if (!stopping.signal.aborted) does.onLost(error instanceof Error ? error.message : String(error))
  })

  async function watch(): Promise<void> {
    const ends: number[] = []
    while (server !== undefined) {
      const how = await server.ended
      server = undefined
      if (stopping.signal.aborted) return
      ends.push(performance.now())
      const recent = ends.filter((at) => performance.now() - at < RESTARTS_WITHIN_MS).length
      if (recent > RESTARTS_MAX)
        throw new Error(`PostgreSQL ended by itself ${recent} times within a minute (${how}).`)
      await sleep(FIRST_PAUSE_MS * 2 ** (recent - 1), undefined, { signal: stopping.signal })
      server = await does.restart()
      if (stopping.signal.aborted) return server.stop()
      does.onRestart(`PostgreSQL ended by itself (${how}) and was started again.`)
    }
  }

  return {
    pid: () => server?.pid,
    stop: async () => {
      stopping.abort()
      await server?.stop()
      await watching
    },
  }
}
