import { afterAll } from 'vitest'

const closers: (() => Promise<unknown>)[] = []

/** Does something when the test file has ended, the last first; can be asked for in hooks and tests, where `afterAll` cannot. */
export function atEnd(close: () => Promise<unknown>): void {
  closers.push(close)
}

// This file is loaded before each test file (see vitest.config.ts), so that the hook is the file's own.
afterAll(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
})
