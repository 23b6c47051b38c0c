import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { sql } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptyDatabase } from '../../../test/support/database.ts'
import { testServices, type TestServices } from '../../../test/support/services.ts'
import { makeShop, type Shop } from '../../../test/support/shop.ts'
import { confirmPayment } from '../../modules/checkout/index.ts'
import { createFileStore } from '../files/index.ts'
import { whole } from './archive.ts'
import { checkBackup, openSecrets } from './check-backup.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

let services: TestServices
let shop: Shop
let folder: string

beforeAll(async () => {
  services = await testServices()
  shop = await makeShop(services)
  folder = mkdtempSync(join(tmpdir(), 'rafid-backup-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function make(passphrase?: string): Promise<Buffer> {
  const out = new PassThrough()
  const bytes = whole({ body: out as AsyncIterable<Buffer> })
  await writeBackup(
    {
      connection: services.test.owner,
      files: services.files,
      dataDir: services.config.dataDir,
      settings: {
        open: { PUBLIC_URL: 'https://store.example' },
        secret: { SMTP_URL: 'smtp://u:p@mail.example' },
      },
      version: '0.1.0',
      clock: services.clock,
      passphrase,
    },
    out,
  )
  out.end()
  return bytes
}

async function* pieces(bytes: Buffer): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < bytes.length; at += 10_007)
    yield await Promise.resolve(bytes.subarray(at, at + 10_007))
}

/** Every row of every table as text, by table; as a superuser, past all fences. */
async function dump(database: string): Promise<Record<string, string[]>> {
  const client = new pg.Client({ ...services.test.admin, database })
  await client.connect()
  const { rows: tables } = await client.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'rafid_migrations' ORDER BY 1",
  )
  const found: Record<string, string[]> = {}
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t ORDER BY 1`)
    found[name] = rows.map(({ row }) => row)
  }
  await client.end()
  return found
}

describe('a backup by an owner who is fenced like everybody', () => {
  test('holds every row and file of every workspace, and brings them back as they were', async () => {
    const other = await makeShop(services)
    for (const one of [shop, other]) {
      const { order } = await one.order([{ productId: await one.product(), quantity: 2 }])
      await one.act(order, { action: 'pay' })
      await confirmPayment(one.buyer, { orderId: order.id })
    }
    await services.drain()
    const before = await dump(services.test.name)
    expect(before['workspaces']?.length).toBeGreaterThanOrEqual(2)
    expect(before['ledger_postings']?.length).toBeGreaterThan(0)
    const bytes = await make()

    const target = await emptyDatabase()
    const files = createFileStore({ dataDir: join(folder, 'restored'), s3: undefined })
    const restored = await restoreBackup({ connection: target.owner, files }, pieces(bytes))
    expect(await dump(target.name)).toEqual(before)
    for await (const { key } of services.files.list('')) {
      const [ours, theirs] = await Promise.all(
        [services.files, files].map(async (store) =>
          whole({ body: (await store.read(key)) as AsyncIterable<Buffer> }),
        ),
      )
      expect(theirs).toEqual(ours)
    }
    expect(restored.files).toBeGreaterThan(0)
  })

  test('puts the fences, the rights and the foreign keys back', async () => {
    const target = await emptyDatabase()
    const files = createFileStore({ dataDir: join(folder, 'fenced'), s3: undefined })
    await restoreBackup({ connection: target.owner, files }, pieces(await make()))
    const facts = async (database: string) => {
      const client = new pg.Client({ ...services.test.admin, database })
      await client.connect()
      const { rows } = await client.query<Record<string, unknown>>(
        `SELECT 'fence' AS what, tablename || policyname || coalesce(qual, '') AS name FROM pg_policies
         UNION ALL SELECT 'constraint', conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint
           WHERE connamespace = 'public'::regnamespace
         UNION ALL SELECT 'index', indexdef FROM pg_indexes WHERE schemaname = 'public'
         UNION ALL SELECT 'right', table_name || grantee || privilege_type FROM information_schema.role_table_grants
           WHERE table_schema = 'public' ORDER BY 1, 2`,
      )
      await client.end()
      return rows
    }
    expect(await facts(target.name)).toEqual(await facts(services.test.name))
  })

  test('keeps jobs that are still to be done', async () => {
    const { order } = await shop.order([{ productId: await shop.product() }])
    await shop.act(order, { action: 'pay' })
    await confirmPayment(shop.buyer, { orderId: order.id })
    const target = await emptyDatabase()
    const files = createFileStore({ dataDir: join(folder, 'jobs'), s3: undefined })
    await restoreBackup({ connection: target.owner, files }, pieces(await make()))
    const waiting = async (database: string) => {
      const client = new pg.Client({ ...services.test.admin, database })
      await client.connect()
      const { rows } = await client.query<Record<string, unknown>>(
        `SELECT id, name, data FROM pgboss.job WHERE state < 'completed'
         UNION ALL SELECT id, 'event ' || name, to_jsonb(payload) FROM pgboss.event ORDER BY id`,
      )
      await client.end()
      return rows
    }
    const expected = await waiting(services.test.name)
    expect(expected.map(({ name }) => name)).toContain('event order.paid')
    expect(await waiting(target.name)).toEqual(expected)
    await services.drain()
  })

  test('is refused by a database that is not empty, and by a schema that it does not know', async () => {
    const bytes = await make()
    const files = createFileStore({ dataDir: join(folder, 'refused'), s3: undefined })
    const full = restoreBackup({ connection: services.test.owner, files }, pieces(bytes))
    await expect(full).rejects.toThrow('database-not-empty')
  })
})

describe('reading a backup through', () => {
  test('finds any byte that was changed, and an end that is missing', async () => {
    const bytes = await make()
    expect((await checkBackup(pieces(bytes))).header.version).toBe('0.1.0')
    // In the rows, in a file, in what the end says, and in the name of a member.
    const places = [
      bytes.indexOf('rows/public.orders/') + 512 + 20,
      bytes.indexOf('%PDF-1.7') + 3,
      bytes.lastIndexOf('"finishedAt"') + 5,
      bytes.indexOf('rows/public.orders/') + 8,
    ]
    for (const at of places) {
      const damaged = Buffer.from(bytes)
      damaged.writeUInt8(damaged.readUInt8(at) ^ 4, at)
      await expect(checkBackup(pieces(damaged)), `byte ${at}`).rejects.toThrow('damaged')
    }
    await expect(checkBackup(pieces(bytes.subarray(0, bytes.length - 5_000)))).rejects.toThrow('damaged')
    await expect(checkBackup(pieces(randomBytes(10_000)))).rejects.toThrow('damaged')
  })

  test('gives the keys to whoever knows the passphrase, and to nobody else', async () => {
    const bytes = await make('نهر بروافد كثيرة')
    const secrets = await readFile(join(services.config.dataDir, 'secrets.json'), 'utf8')
    for (const hidden of [JSON.parse(secrets).root as string, 'smtp://u:p@mail.example'])
      expect(bytes.includes(hidden)).toBe(false)
    const { locked } = await checkBackup(pieces(bytes))
    if (locked === undefined) throw new Error('nothing was locked')
    expect(await openSecrets(locked, 'نهر بروافد كثيرة')).toEqual({
      secretsFile: secrets,
      settings: { SMTP_URL: 'smtp://u:p@mail.example' },
    })
    await expect(openSecrets(locked, 'another')).rejects.toThrow('wrong-passphrase')
    expect((await checkBackup(pieces(await make()))).locked).toBeUndefined()
  })

  test('is a tar that other programs read', async () => {
    const path = join(folder, 'plain.tar')
    await writeFile(path, await make())
    const { stdout, status } = spawnSync('tar', ['-tf', path], { encoding: 'utf8' })
    expect(status).toBe(0)
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(['rafid.json', 'manifest.json']))
  })
})

test('a file that the rows name and storage has lost is told', async () => {
  await shop.product()
  const [file] = await shop.query<{ key: string }>(
    sql`SELECT storage_key AS key FROM files WHERE workspace_id = ${shop.workspaceId} LIMIT 1`,
  )
  const key = file?.key ?? ''
  const kept = await whole({ body: (await services.files.read(key)) as AsyncIterable<Buffer> })
  await services.files.remove(key)
  expect((await checkBackup(pieces(await make()))).manifest.missing).toEqual([key])
  await services.files.write(key, Readable.from([kept]), 'application/pdf')
  expect((await checkBackup(pieces(await make()))).manifest.missing).toEqual([])
})
