import { randomBytes } from 'node:crypto'
import { systemClock } from '../../../platform/clock.ts'
import { readConfig } from '../../../platform/config.ts'
import { systemCtx, type Ctx, type Services } from '../../../platform/ctx.ts'
import { openDatabase, type Connection } from '../../../platform/database/database.ts'
import { createFileStore } from '../../../platform/files/index.ts'
import { createLog } from '../../../platform/log.ts'
import { readSecrets } from '../../../platform/secrets.ts'
import { createIds } from '../../../shared/ids.ts'

/** A context with nothing but a database: for programs that only post and read. */
export function bareCtx(connection: Connection, dataDir: string, workspaceId?: string): Ctx {
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' })
  const services: Services = {
    config,
    secrets: readSecrets(dataDir),
    database: openDatabase(connection, 18),
    clock: systemClock,
    ids: createIds({ now: () => systemClock.now(), randomBytes }),
    // The ledger's calls make no jobs.
    jobs: { boss: undefined as never, wake: () => undefined },
    files: createFileStore(config),
    mail: undefined,
    log: createLog('silent'),
  }
  return systemCtx(services, workspaceId ?? services.ids.next())
}
