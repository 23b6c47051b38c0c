import { spawnSync } from 'node:child_process'
import { chmodSync, openSync, rmSync, writeSync, closeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { postmasterPid } from '../../src/platform/postgres/leftovers.ts'
import { killAll } from './support/kill.ts'
import { prepareServer, type FaultyServer } from './support/server.ts'
import { comeBack, newPurchase, openStore, orderIt, pay, type Store } from './support/shopper.ts'
import { untilWhole, wrongBooks } from './support/walk.ts'

/** `FAULTS=all` kills two hundred times. */
const KILLS = process.env['FAULTS'] === 'all' ? 200 : 5
const SHOPPERS = 6
const BACK_WITHIN_MS = 5_000

type Server = FaultyServer & { close(): Promise<void> }
type Ready = { status: string; reasons: { check: string; says: string }[] }

let server: Server
const afterwards: (() => void)[] = []
afterEach(async () => {
  await server.close().catch(() => undefined)
  for (const undo of afterwards.splice(0)) undo()
})

async function readiness(): Promise<Ready> {
  return (await (
    await fetch(`${server.url}/readyz`, { headers: { 'accept-language': 'en' } })
  ).json()) as Ready
}

async function until(done: () => Promise<boolean>, limitMs: number): Promise<number> {
  const began = performance.now()
  while (!(await done().catch(() => false))) {
    if (performance.now() - began > limitMs)
      throw new Error(`not within ${limitMs} ms\n${server.log().slice(-2_000)}`)
    await sleep(50)
  }
  return performance.now() - began
}

async function buyOne(store: Store, nth: number): Promise<string> {
  const purchase = newPurchase(nth)
  await orderIt(server, store, purchase)
  await pay(server, purchase, { delivery: 'once' })
  await comeBack(purchase)
  return purchase.email
}

test(
  'a database that ends under it is back within seconds, and what was told is kept',
  { timeout: 120_000 },
  async () => {
    server = await prepareServer()
    await server.start()
    const store = await openStore(server, 1_000)
    const told = [await buyOne(store, 1)]
    process.kill(postmasterPid(join(server.dataDir, 'postgres/data')) ?? 0, 'SIGKILL')
    await until(
      async () => (await buyOne(store, 2 + Math.floor(Math.random() * 1e6))) !== '',
      BACK_WITHIN_MS * 2,
    )
    await until(async () => (await readiness()).status !== 'not-ready', BACK_WITHIN_MS)
    for (const email of told) await untilWhole(server, { email }, 'sold')
  },
)

test(
  `killed ${KILLS} times under load, it loses nothing that was told and does nothing twice`,
  { timeout: 3_600_000 },
  async () => {
    server = await prepareServer()
    await server.start()
    const store = await openStore(server, 10_000_000)
    let nth = 0
    const told: string[] = []
    for (let round = 0; round < KILLS; round++) {
      let buying = true
      const shoppers = Array.from({ length: SHOPPERS }, async () => {
        while (buying)
          await buyOne(store, nth++).then(
            (email) => told.push(email),
            () => (buying = false),
          )
      })
      await sleep(200 + (round % 7) * 100)
      await killAll(server)
      buying = false
      await Promise.all(shoppers)
      await server.start()
    }
    for (const email of told) await untilWhole(server, { email }, 'sold')
    const wrong = (await wrongBooks(server)).filter(({ name }) => name !== 'reserved copies')
    expect(wrong).toEqual([])
    console.info(`${KILLS} kills, ${told.length} purchases that buyers were told of, none lost.`)
  },
)

const mayMount = process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0

describe.skipIf(!mayMount)('on a disk of its own', () => {
  test(
    'that is full, it says so, keeps what it has, and goes on when there is room',
    { timeout: 180_000 },
    async (context) => {
      server = await prepareServer()
      const { dataDir } = server
      const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=700m,mode=755', 'tmpfs', dataDir])
      if (mounted.status !== 0) return context.skip('this machine does not let a disk be mounted')
      afterwards.push(() => {
        spawnSync('umount', ['-l', dataDir])
        rmSync(dataDir, { recursive: true, force: true })
      })
      chmodSync(dataDir, 0o755)
      await server.start()
      const store = await openStore(server, 1_000)
      const told = [await buyOne(store, 1)]
      fillUp(join(dataDir, 'ballast'))
      await until(async () => (await readiness()).status === 'not-ready', 10_000)
      expect((await readiness()).reasons.map(({ check }) => check)).toContain('disk')
      // What cannot be kept is refused; the process lives.
      for (let nth = 10; nth < 30; nth++)
        await buyOne(store, nth).then(
          (email) => told.push(email),
          () => undefined,
        )
      expect(server.isRunning()).toBe(true)
      rmSync(join(dataDir, 'ballast'))
      await until(async () => (await readiness()).status !== 'not-ready', 20_000)
      await until(async () => {
        told.push(await buyOne(store, 1_000 + Math.floor(Math.random() * 1e6)))
        return true
      }, 20_000)
      for (const email of told) await untilWhole(server, { email }, 'sold')
      expect((await wrongBooks(server)).filter(({ name }) => name !== 'reserved copies')).toEqual([])
    },
  )

  test(
    'that turns read-only, it says so, keeps what it has, and goes on when it can be written to',
    { timeout: 180_000 },
    async (context) => {
      server = await prepareServer()
      const { dataDir } = server
      await server.start()
      const store = await openStore(server, 1_000)
      const told = [await buyOne(store, 1)]
      const over = spawnSync('mount', ['--bind', dataDir, dataDir])
      const turned = spawnSync('mount', ['-o', 'remount,bind,ro', dataDir])
      const undo = () => spawnSync('umount', ['-l', dataDir])
      if (over.status !== 0 || turned.status !== 0) {
        undo()
        return context.skip('this machine does not let a folder be mounted read-only')
      }
      afterwards.push(() => {
        undo()
        rmSync(dataDir, { recursive: true, force: true })
      })
      await until(async () => (await readiness()).status === 'not-ready', 10_000)
      const { reasons } = await readiness()
      expect(reasons.find(({ check }) => check === 'disk')?.says).toContain('EROFS')
      expect(server.isRunning()).toBe(true)
      undo()
      await until(async () => (await readiness()).status !== 'not-ready', 20_000)
      told.push(await buyOne(store, 2))
      for (const email of told) await untilWhole(server, { email }, 'sold')
    },
  )
})

function fillUp(path: string): void {
  const file = openSync(path, 'w')
  const block = Buffer.alloc(64 * 1024)
  try {
    for (;;) writeSync(file, block)
  } catch {
    // Until there is no room.
  } finally {
    closeSync(file)
  }
}
