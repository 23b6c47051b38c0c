import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from './server.ts'

/** A server that is started again when it ends by itself. */
export type Watch = { pid(): number | undefined; stop(): Promise<void> }

/** What a watch does when the server has ended by itself. */
type Care = {
  restart: () => Promise<Server>
  onRestart: (reason: string) => void
  onLost: (reason: string) => void
  /** Whether what stands in the way may go away by itself, as a full disk does: it is then tried for as long as that lasts. */
  mayPass: () => Promise<boolean>
}

/** So many ends one after another, each sooner than this after the start, and it is not started any more. */
const SHORT_LIVES_MAX = 6
const SHORT_LIFE_MS = 500
const FIRST_PAUSE_MS = 50

/** Watches a server, and starts it again after a pause that doubles with each short life. */
export function supervise(first: Server, care: Care): Watch {
  let server: Server | undefined = first
  const stopping = new AbortController()
  const watching = watch().catch((error: unknown) => {
    if (!stopping.signal.aborted) care.onLost(error instanceof Error ? error.message : String(error))
  })

  async function watch(): Promise<void> {
    for (let shortLives = 0; server !== undefined;) {
      const since = performance.now()
      const how = await server.ended
      server = undefined
      if (stopping.signal.aborted) return
      shortLives = performance.now() - since < SHORT_LIFE_MS ? shortLives + 1 : 0
      if (shortLives >= SHORT_LIVES_MAX && (await care.mayPass())) shortLives = SHORT_LIVES_MAX - 1
      if (shortLives >= SHORT_LIVES_MAX) {
        throw new Error(`PostgreSQL ended by itself ${shortLives} times right after its start (${how}).`)
      }
      await startAgain(shortLives)
      if (server !== undefined) care.onRestart(`PostgreSQL ended by itself (${how}) and was started again.`)
    }
  }

  /** A start may fail once because what was killed has not let go of everything yet. */
  async function startAgain(shortLives: number): Promise<void> {
    for (let tries = shortLives; ; tries += 1) {
      await sleep(FIRST_PAUSE_MS * 2 ** Math.min(tries, SHORT_LIVES_MAX), undefined, {
        signal: stopping.signal,
      })
      try {
        server = await care.restart()
      } catch (error) {
        if (stopping.signal.aborted) throw error
        if (tries >= SHORT_LIVES_MAX && !(await care.mayPass())) throw error
        continue
      }
      if (!stopping.signal.aborted) return
      return server.stop().then(() => {
        server = undefined
      })
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
