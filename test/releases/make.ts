/**
 * Keeps what this version writes, for all later ones to be tried with: `node test/releases/make.ts` writes `<version>.tar`, a
 * backup, and `<version>.json`, what has to be true of it. To be run once, when the version is released.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepareServer } from '../faults/support/server.ts'
import { comeBack, newPurchase, openStore, orderIt, pay, refund } from '../faults/support/shopper.ts'
import { untilWhole } from '../faults/support/walk.ts'
import { runCli } from '../faults/support/cli.ts'

/** Everybody may know it: nothing in these backups is a secret. */
export const PASSPHRASE = 'a river of many streams'

/** What has to be true of a release's data wherever it is put back. */
export type Release = {
  version: string
  /** Checksums of the migrations that made it, by name. */
  migrations: Record<string, string>
  rows: Record<string, number>
  /** The page of an order, with the key that its buyer was mailed. */
  orderPage: string
  /** The number of the invoice on it. */
  invoice: string
}

const PURCHASES = 4

/** Writes the backup and the description into a folder. */
export async function makeRelease(folder: string): Promise<Release> {
  const server = await prepareServer()
  try {
    await server.start()
    const store = await openStore(server, 100)
    const purchases = Array.from({ length: PURCHASES }, (_, nth) => newPurchase(nth))
    for (const purchase of purchases) {
      await orderIt(server, store, purchase)
      await pay(server, purchase, { delivery: 'once' })
      await comeBack(purchase)
      await untilWhole(server, purchase, 'sold')
    }
    const [first, last] = [purchases[0], purchases.at(-1)]
    if (last !== undefined) {
      await refund(server, store, last)
      await untilWhole(server, last, 'returned')
    }
    // One more is ordered and not paid for.
    await orderIt(server, store, newPurchase(PURCHASES))
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
      version: string
    }
    const made = await runCli(['backup', join(folder, `${version}.tar`)], {
      DATA_DIR: server.dataDir,
      BACKUP_PASSPHRASE: PASSPHRASE,
    })
    if (made.code !== 0) throw new Error(made.errors)
    const release: Release = {
      version,
      migrations: await migrationsOf(server),
      rows: await countRows(server),
      orderPage: `/en/${store.slug}/-/orders/${first?.order?.id ?? ''}?key=${first?.order?.key ?? ''}`,
      invoice: await invoiceOf(server, first?.order?.id ?? ''),
    }
    writeFileSync(join(folder, `${version}.json`), `${JSON.stringify(release, undefined, 2)}\n`)
    return release
  } finally {
    await server.close()
  }
}

type Asked = Pick<Awaited<ReturnType<typeof prepareServer>>, 'query'>

async function migrationsOf(server: Asked): Promise<Record<string, string>> {
  const rows = await server.query<{ name: string; checksum: string }>(
    "SELECT name, checksum FROM rafid_migrations WHERE name <> 'fences.sql' ORDER BY name",
  )
  return Object.fromEntries(rows.map(({ name, checksum }) => [name, checksum]))
}

/** Rows of the tables that every version will have. */
export async function countRows(server: Asked): Promise<Record<string, number>> {
  const counted: Record<string, number> = {}
  for (const table of [
    'orders',
    'order_lines',
    'payments',
    'refunds',
    'documents',
    'entitlements',
    'files',
  ]) {
    const [row] = await server.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`)
    counted[table] = row?.count ?? 0
  }
  return counted
}

async function invoiceOf(server: Asked, orderId: string): Promise<string> {
  const [row] = await server.query<{ number: string }>(
    "SELECT year || '-' || number AS number FROM documents WHERE order_id = $1 AND kind = 'invoice'",
    [orderId],
  )
  return row?.number ?? ''
}

if (import.meta.main) console.log(await makeRelease(import.meta.dirname))
