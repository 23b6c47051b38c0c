import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

const PAUSE_MS = 1_000

/**
 * Gives back the memory that loading the program took and nothing needs any more, a second after it: V8 would keep it,
 * three times what the program lives in. Takes some fifty milliseconds, once.
 */
export function releaseStartMemory(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc')
    // A context made after the flag has the function; this one, made before, has not.
    const collect = runInNewContext('gc') as Collect
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  }, PAUSE_MS).unref()
}
