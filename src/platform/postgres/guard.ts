import type { ChildProcess } from 'node:child_process'
import { launch, type Account } from './account.ts'

/** A small process that stops PostgreSQL when Node dies without having done so. */
export type Guard = {
  /** From now on it is this server that must not outlive Node. */
  watch(pid: number): void
  /** The server has been stopped in order: the guard ends. */
  release(): void
}

/**
 * Reads the number of the server, then waits for a line or for the end of the pipe, which the kernel brings when Node ends
 * in whatever way. The name is compared because the number may be another process's by then.
 */
const SCRIPT = `
server=
while read -r line; do
  case $line in done) exit 0 ;; *) server=$line ;; esac
done
stop() {
  [ -n "$server" ] || exit 0
  read -r name < "/proc/$server/comm" || exit 0
  case $name in postgres*) kill "-$1" "$server" ;; *) exit 0 ;; esac
} 2>/dev/null
stop INT
tries=0
while [ $tries -lt 100 ]; do sleep 0.2; stop 0; tries=$((tries + 1)); done
stop QUIT
`

/** Starts the guard; one that is killed is replaced. */
export function startGuard(account: Account): Guard {
  let watched: number | undefined
  let released = false
  let guard = start()

  function start(): ChildProcess {
    const child = launch(account, ['/bin/sh', '-c', SCRIPT, 'rafid-guard'], ['pipe', 'ignore', 'ignore'])
    // A guard that ends between two lines breaks the pipe; the next one is told again.
    child.stdin?.on('error', () => undefined)
    child.on('error', () => undefined)
    child.on('exit', () => {
      if (released) return
      setTimeout(() => {
        if (released) return
        guard = start()
        if (watched !== undefined) tell(`${watched}`)
      }, 50).unref()
    })
    child.unref()
    return child
  }

  function tell(line: string): void {
    guard.stdin?.write(`${line}\n`)
  }

  return {
    watch(pid) {
      watched = pid
      tell(`${pid}`)
    },
    release() {
      released = true
      guard.stdin?.end('done\n')
    },
  }
}
