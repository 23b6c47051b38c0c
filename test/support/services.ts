import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registry } from '../../src/app.ts'
import { systemClock, type Clock } from '../../src/platform/clock.ts'
import { readConfig } from '../../src/platform/config.ts'
import type { Services } from '../../src/platform/ctx.ts'
import { openDatabase } from '../../src/platform/database/database.ts'
import { createFileStore } from '../../src/platform/files/index.ts'
import { drainJobs, startJobs } from '../../src/platform/jobs/work.ts'
import { createLog } from '../../src/platform/log.ts'
import type { MailTransport } from '../../src/platform/mail/transport.ts'
import { readSecrets } from '../../src/platform/secrets.ts'
import { createIds } from '../../src/shared/ids.ts'
import { atEnd } from './at-end.ts'
import { testDatabase, type TestDatabase } from './database.ts'

/** The program's services on a database of the test file's own, without workers: jobs run when `drain` is called. */
export type TestServices = Services & {
  readonly test: TestDatabase
  /** Runs all jobs that are due, and those that they make; returns how many ran. */
  drain(): Promise<number>
}

/** A clock that stands still until it is moved. */
export function standingClock(start = '2026-03-01T09:00:00Z'): Clock & { advance(ms: number): void } {
  let now = Date.parse(start)
  return {
    now: () => new Date(now),
    advance: (ms) => {
      now += ms
    },
  }
}

/** Makes services for a test file; call once, in `beforeAll`. Everything is gone when the file ends. */
export async function testServices(
  options: { clock?: Clock; mail?: MailTransport; env?: Record<string, string> } = {},
): Promise<TestServices> {
  const test = await testDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'rafid-test-'))
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', RATE_LIMITS: 'off', ...options.env })
  const clock = options.clock ?? systemClock
  const log = createLog(config.logLevel)
  const database = openDatabase(test.app)
  const jobs = await startJobs(database, registry, { alone: false, log })
  const services: Services = {
    config,
    secrets: readSecrets(dataDir),
    database,
    clock,
    ids: createIds({ now: () => clock.now(), randomBytes }),
    jobs,
    files: createFileStore(config),
    mail: options.mail,
    log,
  }
  atEnd(async () => {
    await jobs.stop()
    await database.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return { ...services, test, drain: () => drainJobs(services, registry) }
}
