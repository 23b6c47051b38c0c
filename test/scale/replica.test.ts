import { chmodSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { prepareServer } from '../faults/support/server.ts'
import { ask, comeBack, newPurchase, openStore, orderIt, pay, type Store } from '../faults/support/shopper.ts'
import { freePort } from '../support/free-port.ts'
import { debianPostgres, query, startPostgres, startReplica, stopAll } from './several.ts'

const folder = mkdtempSync(join(tmpdir(), 'rafid-r'))
afterAll(() => stopAll(folder))

const PATIENCE_MS = 60_000

test.skipIf(debianPostgres() === undefined)(
  'reports are read from a copy, money is not, and without the copy nothing ends',
  { timeout: 240_000 },
  async () => {
    chmodSync(folder, 0o755)
    const [primary, copy] = [await freePort(), await freePort()]
    await startPostgres(folder, primary)
    const kill = await startReplica(folder, { of: primary, port: copy })
    const at = (port: number, user: string) => `postgres://${user}@127.0.0.1:${port}/rafid`
    const server = await prepareServer({
      DATABASE_URL: at(primary, 'rafid_app'),
      DATABASE_OWNER_URL: at(primary, 'rafid'),
      DATABASE_REPLICA_URL: at(copy, 'rafid_app'),
    })
    const asked = {
      ...server,
      query: <Row extends object>(text: string) => query<Row>(at(primary, 'admin'), text),
    }
    let bought = 0
    const buyOne = async (store: Store) => {
      const purchase = newPurchase(bought++)
      await orderIt(server, store, purchase)
      await pay(server, purchase, { delivery: 'once' })
      await comeBack(purchase)
    }
    try {
      await server.start()
      const store = await openStore(asked, 100)
      const income = async () => {
        const { days } = await ask<{ days: { sales: number }[] }>(
          server,
          '/api/v1/income?days=7&currency=KWD',
          store,
        )
        return days.reduce((sum, { sales }) => sum + sales, 0)
      }
      const untilIncome = async (wanted: number) => {
        const deadline = performance.now() + PATIENCE_MS
        while ((await income()) !== wanted) {
          if (performance.now() > deadline) throw new Error(`${await income()} sales, not ${wanted}`)
          await sleep(100)
        }
      }
      await buyOne(store)
      await untilIncome(1)
      // A copy that stands still shows what was: so it is the copy that was read.
      await query(at(copy, 'admin'), 'SELECT pg_wal_replay_pause()')
      await buyOne(store)
      expect(await income()).toBe(1)
      const { items } = await ask<{ items: { status: string }[] }>(server, '/api/v1/orders', store)
      expect(items.map(({ status }) => status)).toEqual(['paid', 'paid'])
      await query(at(copy, 'admin'), 'SELECT pg_wal_replay_resume()')
      await untilIncome(2)

      await kill()
      await buyOne(store)
      await untilIncome(3)
      const ready = await ask<{ reasons: { check: string }[] }>(server, '/readyz')
      expect(ready.reasons.map(({ check }) => check)).toContain('replica')
    } finally {
      await server.close()
    }
  },
)
