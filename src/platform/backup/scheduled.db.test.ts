import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { startStorage } from '../../../test/support/storage.ts'
import { makeWorkspace } from '../../../test/support/workspace.ts'
import { readConfig } from '../config.ts'
import { systemCtx, type Services } from '../ctx.ts'
import { checkBackups, readBackupNotes } from '../health/service-checks.ts'
import { checkBackup, openSecrets } from './check-backup.ts'
import { backupJobs, makeScheduledBackup } from './scheduled.ts'
import { backupFolder } from './target.ts'

const folder = mkdtempSync(join(tmpdir(), 'rafid-scheduled-'))
const clock = standingClock('2026-11-21T10:00:00Z')
let services: TestServices
let external: Services

beforeAll(async () => {
  services = await testServices({ clock })
  await makeWorkspace(services)
  const { host, user, password, database } = services.test.owner
  const databaseUrl = `postgres://${user}:${String(password)}@localhost/${database}?host=${encodeURIComponent(String(host))}`
  const backup = {
    to: folder,
    everyHours: 24,
    keep: 2,
    passphrase: 'a river of streams',
    passphraseFile: undefined,
  }
  external = {
    ...services,
    config: { ...services.config, databaseUrl, databaseOwnerUrl: databaseUrl, backup },
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tars = () => readdirSync(folder).toSorted()

async function run(): Promise<void> {
  const [job] = backupJobs('0.1.0')
  await job?.handler(systemCtx(external), [])
}

test('a backup is made when one is due, kept as many as wished, and noted', async () => {
  await run()
  expect(tars()).toEqual(['rafid-20261121T100000Z.tar'])
  await run()
  clock.advance(23 * 3_600_000)
  await run()
  expect(tars()).toHaveLength(1)
  clock.advance(3_600_000)
  await run()
  clock.advance(24 * 3_600_000)
  await run()
  expect(tars()).toEqual(['rafid-20261122T100000Z.tar', 'rafid-20261123T100000Z.tar'])
  expect((await readBackupNotes(services)).good).toMatchObject({
    scheduled: true,
    secrets: true,
    place: join(folder, 'rafid-20261123T100000Z.tar'),
  })
  const checked = await checkBackup(
    await backupFolder(folder, undefined)
      .place(tars()[1] ?? '')
      .read(),
  )
  if (checked.locked === undefined) throw new Error('nothing was locked')
  expect((await openSecrets(checked.locked, 'a river of streams')).secretsFile).toBe(
    readFileSync(join(services.config.dataDir, 'secrets.json'), 'utf8'),
  )
})

test('one that fails leaves no half file, removes none of the others, and is told', async () => {
  const before = tars()
  const files: Services['files'] = {
    ...services.files,
    async *list() {
      yield { key: 'a/files/b', modifiedAt: clock.now() }
      throw await Promise.resolve(new Error('storage is away'))
    },
  }
  const backup = external.config.backup
  if (backup === undefined) throw new Error('no backup is set')
  await expect(makeScheduledBackup({ ...external, files }, backup, '0.1.0')).rejects.toThrow()
  expect(tars()).toEqual(before)
  expect(await checkBackups(external)).toMatchObject([{ check: 'backups', what: 'failed' }])
})

test('nothing is made unless it is switched on', async () => {
  const [job] = backupJobs('0.1.0')
  await job?.handler(systemCtx(services), [])
  expect(await checkBackups(services)).toMatchObject([{ what: 'failed' }])
})

test('backups go to S3 storage as well, where the oldest are removed too', async () => {
  const storage = await startStorage(folder)
  const { s3 } = readConfig(storage.env)
  const backup = external.config.backup
  if (backup === undefined) throw new Error('no backup is set')
  const to = { ...backup, to: 's3://rafid-test/of/ours' }
  try {
    for (let nth = 0; nth < 3; nth++) {
      clock.advance(3_600_000)
      await makeScheduledBackup({ ...external, config: { ...external.config, s3 } }, to, '0.1.0')
    }
    const kept = backupFolder(to.to, s3)
    const names = await kept.list()
    expect(names).toHaveLength(2)
    const { good } = await readBackupNotes(services)
    expect(good?.place).toBe(`${to.to}/${names[1]}`)
    const checked = await checkBackup(await kept.place(names[1] ?? '').read())
    expect(checked.manifest.rows).toMatchObject({ 'public.workspaces': 1 })
  } finally {
    await storage.close()
  }
})
