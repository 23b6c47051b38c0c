import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest'
import { checkBackup, openSecrets } from '../../src/platform/backup/check-backup.ts'
import { restoreBackup } from '../../src/platform/backup/restore-backup.ts'
import { readMigrations } from '../../src/platform/database/migrate.ts'
import { createFileStore } from '../../src/platform/files/index.ts'
import { MAJOR, PACKAGE, type Binaries } from '../../src/platform/postgres/binaries.ts'
import { startCluster } from '../../src/platform/postgres/cluster.ts'
import { fetchBinaries, PACKAGES } from '../../src/platform/postgres/older-binaries.ts'
import { readSecrets } from '../../src/platform/secrets.ts'
import { countRows, makeRelease, PASSPHRASE, type Release } from '../releases/make.ts'
import { runCli, startCli } from './support/cli.ts'
import { secretFiles, secretsIn } from '../support/secret-files.ts'
import { prepareServer, type FaultyServer } from './support/server.ts'
import { wrongBooks } from './support/walk.ts'

const root = join(import.meta.dirname, '../..')
const kept = join(root, 'test/releases')
const folder = mkdtempSync(join(tmpdir(), 'rafid-u'))
const { version: present, optionalDependencies } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
) as { version: string; optionalDependencies: Record<string, string> }
/** An older PostgreSQL, and a folder that keeps it between runs. */
const OLD = '17'
const old = join(root, '.cache', `postgres-${OLD}`)

const releases: { release: Release; file: string }[] = []

beforeAll(async () => {
  for (const name of readdirSync(kept).filter((file) => file.endsWith('.json'))) {
    const release = JSON.parse(readFileSync(join(kept, name), 'utf8')) as Release
    releases.push({ release, file: join(kept, `${release.version}.tar`) })
  }
  // What is not released yet may change still: then what it writes now is tried in place of what it wrote before.
  const now = releases.findIndex(({ release }) => release.version === present)
  if (now >= 0 && (await isHistory(releases[now]?.release))) return
  if (now >= 0) releases.splice(now, 1)
  const made = join(folder, 'made')
  mkdirSync(made)
  releases.push({ release: await makeRelease(made), file: join(made, `${present}.tar`) })
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Whether the migrations that are here began as the release's did. */
async function isHistory(release: Release | undefined): Promise<boolean> {
  const checksums = new Map((await readMigrations()).map(({ name, checksum }) => [name, checksum]))
  return Object.entries(release?.migrations ?? {}).every(([name, sum]) => checksums.get(name) === sum)
}

test('the data of every release is put back and upgraded, and is whole', { timeout: 300_000 }, async () => {
  expect(releases.length).toBeGreaterThan(0)
  for (const { release, file } of releases) {
    const server = await prepareServer()
    try {
      const env = { DATA_DIR: server.dataDir, BACKUP_PASSPHRASE: PASSPHRASE }
      expect(await runCli(['restore', file], env), release.version).toMatchObject({ code: 0, errors: '' })
      await expectWhole(server, release)
    } finally {
      await server.close()
    }
  }
})

async function expectWhole(server: FaultyServer, release: Release): Promise<void> {
  const verified = await runCli(['verify', '--files'], { DATA_DIR: server.dataDir })
  expect(verified, release.version).toMatchObject({ code: 0, errors: '' })
  await server.start()
  expect(await countRows(server)).toEqual(release.rows)
  expect((await wrongBooks(server)).filter(({ name }) => name !== 'reserved copies')).toEqual([])
  // The keys are those of then: the link that the buyer was mailed opens the order.
  const page = await fetch(server.url + release.orderPage)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain(release.invoice)
}

test('the version that is installed is one that later versions can fetch', () => {
  expect(PACKAGES[MAJOR]).toBe(optionalDependencies[PACKAGE])
})

test(
  'data of an older PostgreSQL are told of in a sentence, moved, and kept until told',
  { timeout: 300_000 },
  async (context) => {
    const binaries = olderBinaries(context)
    const [{ release, file } = missing()] = releases
    const server = await prepareServer()
    try {
      const { dataDir } = server
      const env = { DATA_DIR: dataDir }
      await fillOld(dataDir, { binaries, file })
      await expect(server.start()).rejects.toThrow(
        /was made by PostgreSQL 17, and this is 18: run 'npx rafid upgrade'/,
      )
      const upgrade = ['upgrade', '--from', binaries.folder]
      // Killed on the way, it begins anew; the old cluster is where it was.
      const cut = startCli(upgrade, env)
      await until(() => existsSync(join(dataDir, 'upgrade/postgres/data')))
      cut.kill()
      await cut.end
      expect(readFileSync(join(dataDir, 'postgres/data/PG_VERSION'), 'utf8').trim()).toBe(OLD)
      const done = await runCli(upgrade, env)
      expect(done).toMatchObject({ code: 0, errors: '' })
      expect(done.output).toContain(`in PostgreSQL ${MAJOR} now`)
      expect(readdirSync(dataDir)).not.toContain('upgrade')
      await expectWhole(server, release)
      await server.stop()
      expect(secretFiles(dataDir, secretsIn(dataDir))).toEqual({ 'secrets.json': '600 in 700' })
      const keptOld = join(dataDir, `postgres-${OLD}`)
      expect(readFileSync(join(keptOld, 'data/PG_VERSION'), 'utf8').trim()).toBe(OLD)
      expect((await runCli(['upgrade'], env)).output).toContain(keptOld)
      expect(await runCli(['upgrade', '--forget-old'], env)).toMatchObject({ code: 0, errors: '' })
      expect(existsSync(keptOld)).toBe(false)
    } finally {
      await server.close()
    }
  },
)

test('a move that was cut off between its two steps is finished by the next start', async () => {
  const server = await prepareServer()
  try {
    const { dataDir } = server
    const secrets = readSecrets(dataDir)
    const fresh = join(dataDir, 'upgrade')
    await (await startCluster({ dataDir: fresh, secrets })).stop()
    mkdirSync(join(dataDir, `postgres-${OLD}`))
    writeFileSync(join(fresh, 'moving'), OLD)
    await server.start()
    expect(readdirSync(dataDir)).not.toContain('upgrade')
    expect(readdirSync(dataDir)).toContain(`postgres-${OLD}`)
  } finally {
    await server.close()
  }
})

function olderBinaries(context: TestContext): Binaries {
  try {
    return fetchBinaries(old, OLD)
  } catch (error) {
    return context.skip(`npm has no network here: ${String(error)}`)
  }
}

/** A data directory as a version of Rafid with the older PostgreSQL would have left it. */
async function fillOld(
  dataDir: string,
  { binaries, file }: { binaries: Binaries; file: string },
): Promise<void> {
  const { locked } = await checkBackup(createReadStream(file))
  if (locked === undefined) throw new Error('the release has no secrets')
  const { secretsFile } = await openSecrets(locked, PASSPHRASE)
  writeFileSync(join(dataDir, 'secrets.json'), secretsFile, { mode: 0o600 })
  const cluster = await startCluster({ dataDir, secrets: readSecrets(dataDir), binaries })
  const files = createFileStore({ dataDir, s3: undefined })
  await restoreBackup({ connection: cluster.owner, files }, createReadStream(file))
  await cluster.stop()
}

async function until(done: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000
  while (!done()) {
    if (performance.now() > deadline) throw new Error('waited for a minute in vain')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

function missing(): never {
  throw new Error('there is no release')
}
