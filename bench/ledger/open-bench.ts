import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { systemClock } from '../../src/platform/clock.ts'
import { readConfig } from '../../src/platform/config.ts'
import { systemCtx, type Ctx, type Services } from '../../src/platform/ctx.ts'
import { openDatabase } from '../../src/platform/database/database.ts'
import { migrate } from '../../src/platform/database/migrate.ts'
import { createFileStore } from '../../src/platform/files/index.ts'
import { createLog } from '../../src/platform/log.ts'
import { startCluster } from '../../src/platform/postgres/cluster.ts'
import { createRandomBytes } from '../../src/platform/random.ts'
import { readSecrets } from '../../src/platform/secrets.ts'
import { createIds } from '../../src/shared/ids.ts'

/** A cluster of the run's own, and the program's services on it. */
export type Bench = {
  /** The books that most cases use; the growth case begins new ones, so that they are the newest workspace's. */
  ctx: Ctx
  /** Books that stay small, of an older workspace. */
  readonly small: Ctx
  /** As the cluster's superuser: sees all, for sizes and proofs. */
  readonly admin: pg.Client
  /** Another workspace's books, empty. */
  newBooks(): Ctx
  /** Throws unless every balance is what its postings say and all sum to zero. */
  proveBooks(): Promise<void>
  close(): Promise<void>
}

const CLIENTS = 16

/** Starts a durable PostgreSQL in a temporary folder, migrates it and connects as the serving role. */
export async function openBench(): Promise<Bench> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rafid-bench-'))
  const secrets = readSecrets(dataDir)
  const cluster = await startCluster({ dataDir, secrets })
  await migrate(cluster.owner)
  const admin = new pg.Client({ ...cluster.admin, database: String(cluster.owner.database) })
  await admin.connect()
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' })
  const database = openDatabase(cluster.app, CLIENTS)
  const services: Services = {
    config,
    secrets,
    database,
    clock: systemClock,
    ids: createIds({ now: () => systemClock.now(), randomBytes: createRandomBytes() }),
    // Posting makes no jobs.
    jobs: { boss: undefined as never, wake: () => undefined },
    files: createFileStore(config),
    mail: undefined,
    log: createLog('silent'),
  }
  const newBooks = () => systemCtx(services, services.ids.next())
  const small = newBooks()
  return {
    small,
    ctx: newBooks(),
    admin,
    newBooks,
    proveBooks: () => proveBooks(admin),
    close: async () => {
      await database.close()
      await admin.end()
      await cluster.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function proveBooks(admin: pg.Client): Promise<void> {
  const wrong = await admin.query(`
    SELECT a.workspace_id, a.code, a.balance, p.total, a.version, p.postings
    FROM ledger_accounts a LEFT JOIN (
      SELECT workspace_id, account, sum(amount) AS total, count(*) AS postings, max(chapter * 64::int8 + place) AS last
      FROM ledger_postings GROUP BY 1, 2) p ON p.workspace_id = a.workspace_id AND p.account = a.number
    WHERE a.balance <> coalesce(p.total, 0) OR a.version <> coalesce(p.postings, 0) OR a.version <> coalesce(p.last, 0)`)
  const sums = await admin.query(
    'SELECT workspace_id, currency, sum(balance) FROM ledger_accounts GROUP BY 1, 2 HAVING sum(balance) <> 0',
  )
  if (wrong.rowCount !== 0 || sums.rowCount !== 0) {
    throw new Error(
      `the books are not whole: ${JSON.stringify((wrong.rows as unknown[]).concat(sums.rows).slice(0, 5))}`,
    )
  }
}
