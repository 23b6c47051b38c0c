import { flushCompileCache } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

const PAUSE_MS = 1_000

/**
 * Settles down a second after the start. What was compiled is written for the next one, which a killed process would not do
 * at its end. The memory that loading the program took, and nothing needs any more, is given back: V8 would keep it, three
 * times what the program lives in. Takes some fifty milliseconds, once.
 */
export function settleDown(): void {
  setTimeout(() => {
    flushCompileCache()
    setFlagsFromString('--expose-gc')
    // A context made after the flag has the function; this one, made before, has not.
    const collect = runInNewContext('gc') as Collect
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  }, PAUSE_MS).unref()
}
