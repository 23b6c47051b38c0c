import { registry } from '../app.ts'
import { systemClock } from '../platform/clock.ts'
import type { Config } from '../platform/config.ts'
import type { Services } from '../platform/ctx.ts'
import { openDatabase, prepareByName } from '../platform/database/database.ts'
import { createFileStore } from '../platform/files/index.ts'
import { startJobs } from '../platform/jobs/work.ts'
import { createLog } from '../platform/log.ts'
import { openInstallation, type Installation } from '../platform/postgres/installation.ts'
import { createRandomBytes } from '../platform/random.ts'
import { readSecrets } from '../platform/secrets.ts'
import { createIds } from '../shared/ids.ts'

/** Opens what operations need, without serving and without taking jobs, for as long as `work` takes. */
export async function withServices<T>(
  config: Config,
  work: (services: Services, installation: Installation) => Promise<T>,
): Promise<T> {
  const secrets = readSecrets(config.dataDir)
  const installation = await openInstallation(config, secrets)
  // The standard output is the command's own.
  const log = createLog('silent')
  prepareByName(config.preparedStatements)
  const database = openDatabase(installation.app, 4)
  try {
    const jobs = await startJobs(database, registry, { alone: false, log })
    const clock = systemClock
    const ids = createIds({ now: () => clock.now(), randomBytes: createRandomBytes() })
    const files = createFileStore(config)
    try {
      return await work(
        { config, secrets, database, clock, ids, jobs, files, mail: undefined, log },
        installation,
      )
    } finally {
      await jobs.stop()
    }
  } finally {
    await database.close()
    await installation.close()
  }
}
