import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { standingClock, testServices, type TestServices } from '../../../test/support/services.ts'
import { makeMember, makeWorkspace, type TestWorkspace } from '../../../test/support/workspace.ts'
import { createApp } from '../../app.ts'
import { checkBooks } from '../../watching.ts'
import { noteBackup } from '../backup/notes.ts'
import { openDatabase } from '../database/database.ts'
import { readMigrations } from '../database/migrate.ts'
import { createS3Store } from '../files/s3-store.ts'
import { locales } from '../../shared/locale.ts'
import { checkDatabase, checkJobs, checkMigrations, checkRights } from './database-checks.ts'
import { sayFinding, type Finding } from './finding.ts'
import { lookQuickly, lookThoroughly } from './look.ts'
import { checkClockJump, checkDisk, checkPermissions, checkStorage } from './machine-checks.ts'
import { checkBackups } from './service-checks.ts'

const TOKEN = 'a-monitor-with-a-long-name'

let services: TestServices
let app: ReturnType<typeof createApp>
let workspace: TestWorkspace

beforeAll(async () => {
  services = await testServices({ env: { METRICS_TOKEN: TOKEN, PUBLIC_URL: 'https://store.example' } })
  app = createApp(services)
  workspace = await makeWorkspace(services)
})

const how = (found: readonly Finding[]) => found.map(({ check, state, what }) => `${check} ${state} ${what}`)
const monitor = { headers: { authorization: `Bearer ${TOKEN}` } }

describe('readiness', () => {
  test('is told to everyone, its reasons only to whoever may know them', async () => {
    const answer = await app.request('/readyz')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ status: 'ready' })
    const told = (await (await app.request('/readyz', monitor)).json()) as {
      reasons: { says: string; do: string }[]
    }
    expect(told.reasons.map(({ says }) => says)).toEqual([expect.stringContaining('خادم بريد')])
    expect(told.reasons.every((one) => one.do !== '')).toBe(true)
    const wrong = await app.request('/readyz', {
      headers: { authorization: 'Bearer another-monitor-altogether' },
    })
    expect(await wrong.json()).toEqual({ status: 'ready' })
  })

  test('ends when the database is away, and says nothing of what is in it', async () => {
    const gone = openDatabase({ host: '/nowhere', user: 'nobody', database: 'none' })
    const found = await lookQuickly({ ...services, database: gone })
    expect(how(found)).toContain('database bad away')
    expect(how(found).filter((one) => one.endsWith('unknown'))).toEqual([])
    const answer = await createApp({ ...services, database: gone }).request('/readyz', monitor)
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ status: 'not-ready' })
    await gone.close()
  })

  test('is degraded, and not over, when storage is away', async () => {
    const files = createS3Store({
      endpoint: 'http://127.0.0.1:1',
      bucket: 'nothing',
      region: 'us-east-1',
      accessKeyId: 'a',
      secretAccessKey: 'b',
      forcePathStyle: true,
    })
    expect(how(await checkStorage({ ...services, files }))).toEqual(['storage bad away'])
    const answer = await createApp({ ...services, files }).request('/readyz', monitor)
    expect([answer.status, await answer.json()]).toMatchObject([200, { status: 'degraded' }])
  })
})

describe('what is looked at', () => {
  test('is good on a server that is set up well, and every finding has words in both languages', async () => {
    const found = await lookThoroughly(services, { books: checkBooks })
    expect(how(found).toSorted()).toEqual(
      [
        'address good fine',
        'backups poor none',
        'books good fine',
        'clock good fine',
        'database good fine',
        'disk good fine',
        // The tests' own cluster gives durability up for speed.
        'durability bad off',
        'jobs good fine',
        'keys good fine',
        'mail poor none',
        'migrations good fine',
        'permissions good fine',
        'rights good fine',
        'storage good fine',
      ].toSorted(),
    )
    for (const one of found)
      for (const locale of locales) expect(sayFinding(locale, one).says).not.toMatch(/^health\./)
  })

  test('a login that could change the books, or pass the fences, is found', async () => {
    const asOwner = openDatabase(services.test.owner)
    const asAdmin = openDatabase(services.test.admin)
    expect(how(await checkRights({ ...services, database: asOwner }))).toEqual(['rights bad books'])
    expect(how(await checkRights({ ...services, database: asAdmin }))).toEqual(['rights bad no-fence'])
    await asOwner.close()
    await asAdmin.close()
  })

  test('tables of another version are found', async () => {
    const client = new pg.Client(services.test.owner)
    await client.connect()
    await client.query("UPDATE rafid_migrations SET checksum = 'older' WHERE name = '0002_search.sql'")
    expect(how(await checkMigrations(services))).toEqual(['migrations bad behind'])
    await client.query("UPDATE rafid_migrations SET checksum = $1 WHERE name = '0002_search.sql'", [
      (await readMigrations()).find(({ name }) => name === '0002_search.sql')?.checksum,
    ])
    expect(how(await checkMigrations(services))).toEqual(['migrations good fine'])
    await client.end()
  })

  test('work that nobody does is found', async () => {
    await services.jobs.boss.send(
      'keep-all-books',
      { workspaceId: null, inputs: [{}] },
      { startAfter: new Date(Date.now() - 1_000) },
    )
    const age = (minutes: number) =>
      services.database.pool.query(
        "UPDATE pgboss.job SET start_after = now() - make_interval(mins => $1) WHERE name = 'keep-all-books'",
        [minutes],
      )
    await age(1)
    expect(how(await checkJobs(services))).toEqual(['jobs good fine'])
    await age(5)
    expect(how(await checkJobs(services))).toEqual(['jobs poor late'])
    await age(60)
    expect(how(await checkJobs(services))).toEqual(['jobs bad late'])
    await services.drain()
    expect(how(await checkJobs(services))).toEqual(['jobs good fine'])
  })

  test('keys that others may read, and a folder that is gone, are found', async () => {
    const path = join(services.config.dataDir, 'secrets.json')
    chmodSync(path, 0o644)
    expect(how(await checkPermissions(services))).toEqual(['permissions bad open'])
    chmodSync(path, 0o600)
    const gone = { ...services, config: { ...services.config, dataDir: '/proc' } }
    expect((await checkDisk(gone))[0]?.state).toBe('bad')
  })

  test('clocks that differ or jump are found', async () => {
    const clock = standingClock(new Date(Date.now() + 3_600_000).toISOString())
    expect(how(await checkDatabase({ ...services, clock }))).toEqual(['database good fine', 'clock poor off'])
    let now = Date.now()
    const moving = { ...services, clock: { now: () => new Date(now) } }
    await checkClockJump(moving)
    expect(how(await checkClockJump(moving))).toEqual([])
    now += 3_600_000
    expect(how(await checkClockJump(moving))).toEqual(['clock-jump poor ahead'])
    now -= 7_200_000
    expect(how(await checkClockJump(moving))).toEqual(['clock-jump poor back'])
  })

  test('backups that are missing, old, without keys or failed are found', async () => {
    const state = async (hours: number) => {
      const clock = { now: () => new Date(Date.now() + hours * 3_600_000) }
      return how(await checkBackups({ ...services, clock }))
    }
    const made = { rows: { 'public.orders': 3 }, files: { count: 1, bytes: 10 }, secrets: true }
    const note = () => noteBackup(services.test.owner, { clock: services.clock, scheduled: false })
    await note()('/backups/a.tar', () => Promise.resolve(made))
    expect(await state(1)).toEqual(['backups good fine'])
    expect(await state(24 * 30)).toEqual(['backups poor old'])
    await note()('/backups/b.tar', () => Promise.resolve({ ...made, secrets: false }))
    expect(await state(1)).toEqual(['backups poor no-secrets'])
    await expect(note()('/backups/c.tar', () => Promise.reject(new Error('no space')))).rejects.toThrow(
      'no space',
    )
    expect(await state(1)).toEqual(['backups bad failed'])
    await note()('/backups/d.tar', () => Promise.resolve(made))
    expect(await state(1)).toEqual(['backups good fine'])
  })
})

describe('figures', () => {
  test('are for the monitor alone', async () => {
    expect((await app.request('/metrics')).status).toBe(404)
    expect((await app.request('/metrics', { headers: { authorization: `Bearer ${TOKEN}x` } })).status).toBe(
      404,
    )
  })

  test('are in the form of Prometheus: requests by pattern, jobs, mails, connections, disk, proof', async () => {
    await app.request(`/ar/${workspace.slug}?key=a-secret-in-an-address`)
    await app.request('/api/v1/products', { headers: workspace.headers })
    const answer = await app.request('/metrics', monitor)
    expect(answer.headers.get('content-type')).toContain('version=0.0.4')
    const text = await answer.text()
    for (const line of text.trimEnd().split('\n')) {
      expect(line).toMatch(
        /^(# (HELP|TYPE) \S+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[\d.e+-]+)$/,
      )
    }
    for (const name of [
      'rafid_http_request_seconds_bucket',
      'rafid_jobs',
      'rafid_jobs_oldest_seconds',
      'rafid_mails',
      'rafid_database_connections',
      'rafid_disk_free_bytes',
      'rafid_ledger_proof_lag_seconds',
    ])
      expect(text).toMatch(new RegExp(`^${name}[ {]`, 'm'))
    expect(text).toContain('rafid_unread_sources 0')
    expect(text).toMatch(/route="\/api\/v1\/products"/)
    expect(text).not.toContain(workspace.slug)
    expect(text).not.toContain('a-secret-in-an-address')
  })
})

describe('the status page', () => {
  test('is for whoever runs the server', async () => {
    const stranger = await makeWorkspace(services)
    expect((await app.request('/api/v1/status', { headers: stranger.headers })).status).toBe(404)
    const editor = await makeMember(services, workspace.workspaceId, { role: 'editor' })
    expect((await app.request('/api/v1/status', { headers: editor.headers })).status).toBe(403)
    expect((await app.request('/api/v1/status')).status).toBe(401)
  })

  test('says in the reader’s language what is wrong and what to do', async () => {
    for (const [language, word] of [
      ['ar', 'لم يُضبط خادم بريد'],
      ['en', 'No mail server is set'],
    ] as const) {
      const answer = await app.request('/api/v1/status', {
        headers: { ...workspace.headers, 'accept-language': language },
      })
      expect(answer.status).toBe(200)
      const { findings } = (await answer.json()) as {
        findings: { check: string; says: string; do: string }[]
      }
      const mail = findings.find(({ check }) => check === 'mail')
      expect(mail?.says).toContain(word)
      expect(mail?.do).toContain('SMTP_URL')
    }
  })
})
