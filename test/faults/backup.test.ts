import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli, startCli } from './support/cli.ts'
import { FOLDER, secretFiles, secretsIn } from '../support/secret-files.ts'
import { prepareServer, type FaultyServer } from './support/server.ts'
import { comeBack, newPurchase, openStore, orderIt, pay, type Store } from './support/shopper.ts'
import { untilWhole, wrongBooks } from './support/walk.ts'

const SHOPPERS = 6
const PASSPHRASE = 'a river of many streams'
const folder = mkdtempSync(join(tmpdir(), 'rafid-b'))
const file = join(folder, 'all.tar')

type Server = FaultyServer & { close(): Promise<void> }
let source: Server
let restored: Server
let store: Store

beforeAll(async () => {
  source = await prepareServer()
  restored = await prepareServer()
  await source.start()
  store = await openStore(source, 100_000)
}, 120_000)

afterAll(async () => {
  await source.close()
  await restored.close()
  rmSync(folder, { recursive: true, force: true })
})

test(
  'a backup that is made while people buy is one moment, and all of it',
  { timeout: 300_000 },
  async () => {
    let nth = 0
    let buying = true
    const paid: string[] = []
    const shop = async () => {
      while (buying) {
        const purchase = newPurchase(nth++)
        await orderIt(source, store, purchase)
        await pay(source, purchase, { delivery: 'once' })
        await comeBack(purchase)
        paid.push(purchase.email)
      }
    }
    const shoppers = Array.from({ length: SHOPPERS }, shop)
    while (paid.length < 40) await new Promise((resolve) => setTimeout(resolve, 50))
    const before = [...paid]
    const made = await runCli(['backup', file], { DATA_DIR: source.dataDir, BACKUP_PASSPHRASE: PASSPHRASE })
    const during = paid.length - before.length
    buying = false
    await Promise.all(shoppers)
    expect(made).toMatchObject({ code: 0 })
    expect(during, 'people bought on meanwhile').toBeGreaterThan(0)

    const back = await runCli(['restore', file], {
      DATA_DIR: restored.dataDir,
      BACKUP_PASSPHRASE: PASSPHRASE,
    })
    expect(back).toMatchObject({ code: 0, errors: '' })
    const verified = await runCli(['verify', '--files'], { DATA_DIR: restored.dataDir })
    expect(verified).toMatchObject({ code: 0, errors: '' })

    // What was on its way at that moment goes on here.
    await restored.start()
    const orders = await restored.query<{ email: string; status: string }>('SELECT email, status FROM orders')
    const known = new Set(orders.map(({ email }) => email))
    expect(
      before.filter((email) => !known.has(email)),
      'what was paid before the backup is in it',
    ).toEqual([])
    for (const { email } of orders) await untilWhole(restored, { email })
    // Who had ordered and not paid at that moment holds a copy still.
    const pending = orders.filter(({ status }) => status === 'pending').length
    const wrong = (await wrongBooks(restored)).filter(({ name }) => name !== 'reserved copies')
    expect(wrong).toEqual([])
    const [stock] = await restored.query<{ reserved: number }>('SELECT reserved::int FROM product_stock')
    expect(stock?.reserved).toBeLessThanOrEqual(pending)
    const torn = await restored.query(
      `SELECT o.email FROM orders o WHERE (o.status = 'paid') <> EXISTS (
       SELECT FROM entitlements e WHERE e.order_id = o.id)`,
    )
    expect(torn).toEqual([])

    // The books are a part of those that went on: nothing in them that the source has not, nothing else in its place.
    const entries = (server: Server) =>
      server.query<{ id: string; what: string }>(
        `SELECT e.id, e.kind || e.source_id || string_agg(p.account || ' ' || p.amount, ',' ORDER BY p.line) AS what
       FROM ledger_entries e JOIN ledger_postings p ON p.entry_id = e.id GROUP BY e.id, e.kind, e.source_id`,
      )
    const theirs = new Map((await entries(source)).map(({ id, what }) => [id, what]))
    const began = new Date(statSync(file).mtimeMs)
    const ours = await entries(restored)
    const from = await restored.query<{ id: string }>(
      'SELECT id FROM ledger_entries WHERE recorded_at < $1',
      [began],
    )
    expect(from.length).toBeGreaterThanOrEqual(before.length)
    const carried = new Set(from.map(({ id }) => id))
    expect(ours.filter(({ id, what }) => carried.has(id) && theirs.get(id) !== what)).toEqual([])
  },
)

test(
  'a restore that is killed is not taken for an installation, and is done again',
  { timeout: 120_000 },
  async () => {
    const dataDir = join(folder, 'again')
    const env = { DATA_DIR: dataDir, BACKUP_PASSPHRASE: PASSPHRASE }
    const half = startCli(['restore', file], env)
    while (!existsSync(join(dataDir, 'restoring'))) await new Promise((resolve) => setTimeout(resolve, 10))
    half.kill()
    expect((await half.end).code).toBeNull()
    const started = await runCli(['start'], env)
    expect([started.code, started.errors]).toEqual([1, expect.stringContaining('was cut off')])
    expect(await runCli(['restore', file], env)).toMatchObject({ code: 0 })
    expect(await runCli(['verify'], env)).toMatchObject({ code: 0 })
    expect(secretFiles(dataDir, secretsIn(dataDir))).toEqual({ 'secrets.json': `600 in ${FOLDER}` })
    expect(secretsIn(dataDir)).toEqual(secretsIn(source.dataDir))
  },
)

test('a backup that cannot be finished leaves nothing, and one into a full installation is refused', async () => {
  const nowhere = await runCli(['backup', join(folder, 'none/all.tar'), '--without-secrets'], {
    DATA_DIR: source.dataDir,
  })
  expect([nowhere.code, nowhere.errors]).toEqual([1, expect.stringContaining('The disk refused')])
  const full = await runCli(['restore', file], { DATA_DIR: source.dataDir, BACKUP_PASSPHRASE: PASSPHRASE })
  expect([full.code, full.errors]).toEqual([1, expect.stringContaining('already holds an installation')])
  expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([])
})
