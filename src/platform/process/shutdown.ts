import type { Logger } from '../log.ts'

type Closer = { name: string; close: () => Promise<void> | void }

/** The order in which a process lets go: what was opened last is closed first. */
export type Shutdown = {
  /** Registers what to close when the process ends. */
  onClose(name: string, close: Closer['close']): void
  /** Closes everything, last opened first; each part once. */
  close(): Promise<void>
  /** Whether the process is ending: what fails from now on fails because of that. */
  isRunning(): boolean
  /** Closes everything and ends the process. A second call ends it at once. */
  run(exitCode: number): Promise<void>
}

const PARENT_CHECK_MS = 1000

/**
 * Ends the process in order on SIGINT, SIGTERM, SIGHUP, on a fault that nobody caught, and, under npm, when npm itself is
 * gone. `timeoutMs` bounds the wait for what is in flight.
 */
export function prepareShutdown(log: Logger, timeoutMs = 25_000): Shutdown {
  const closers: Closer[] = []
  let running = false
  const closeAll = async (): Promise<void> => {
    for (let last = closers.pop(); last !== undefined; last = closers.pop()) {
      try {
        await last.close()
      } catch (error) {
        log.error({ err: error }, `closing ${last.name} failed`)
      }
    }
  }
  const run = async (exitCode: number): Promise<void> => {
    if (running) return process.exit(exitCode === 0 ? 1 : exitCode)
    running = true
    setTimeout(() => process.exit(exitCode === 0 ? 1 : exitCode), timeoutMs).unref()
    await closeAll()
    process.exit(exitCode)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      log.info({ signal }, 'stopping')
      void run(0)
    })
  }
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, event)
      void run(1)
    })
  }
  watchParent(() => void run(0))
  return {
    onClose: (name, close) => void closers.push({ name, close }),
    close: closeAll,
    isRunning: () => running,
    run,
  }
}

/** npm may be killed without passing the signal on; then the parent changes and nobody would ever stop us. */
function watchParent(onGone: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) onGone()
  }, PARENT_CHECK_MS).unref()
}
