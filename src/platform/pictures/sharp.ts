import type sharp from 'sharp'

let loaded: Promise<typeof sharp> | undefined
let running: Promise<unknown> = Promise.resolve()

/**
 * Runs work on pictures, one at a time in a process and on one thread each, so that a gallery being uploaded never takes
 * all cores from the shop. The library is loaded on first use.
 */
export async function withSharp<T>(work: (library: typeof sharp) => Promise<T>): Promise<T> {
  loaded ??= load()
  const library = await loaded
  const turn = running.then(() => work(library))
  running = turn.catch(() => undefined)
  return turn
}

async function load(): Promise<typeof sharp> {
  const { default: library } = await import('sharp')
  library.concurrency(1)
  // Every picture comes once: remembering operations would only hold memory.
  library.cache(false)
  return library
}
