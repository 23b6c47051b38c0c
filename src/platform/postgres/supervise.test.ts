import { expect, test } from 'vitest'
import type { Server } from './server.ts'
import { supervise } from './supervise.ts'

const dead: Server = { pid: 1, ended: Promise.resolve('code 1'), stop: () => Promise.resolve() }
const alive: Server = { pid: 2, ended: new Promise(() => undefined), stop: () => Promise.resolve() }

/** Fails to start so many times after it has ended, on a disk that is full or not. */
async function watchFailing(times: number, full: boolean): Promise<string> {
  let tries = 0
  return new Promise((resolve) => {
    const watch = supervise(dead, {
      restart: () => (tries++ < times ? Promise.reject(new Error('no room')) : Promise.resolve(alive)),
      mayPass: () => Promise.resolve(full),
      onRestart: () => resolve(`started after ${tries} tries`),
      onLost: (reason) => {
        void watch.stop()
        resolve(`lost: ${reason}`)
      },
    })
  })
}

test(
  'a server that cannot start because the disk is full is tried until there is room',
  { timeout: 30_000 },
  async () => {
    const [full, broken] = await Promise.all([watchFailing(8, true), watchFailing(8, false)])
    expect(full).toBe('started after 9 tries')
    expect(broken).toBe('lost: no room')
  },
)
