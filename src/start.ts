import { setImmediate as breath } from 'node:timers/promises'
import { ConfigError, readConfig, type Config } from './platform/config.ts'
import type { Services } from './platform/ctx.ts'
import { createLog, type Logger } from './platform/log.ts'
import { startCluster } from './platform/postgres/cluster.ts'
import { openDataDir } from './platform/process/data-dir.ts'
import { prepareShutdown, type Shutdown } from './platform/process/shutdown.ts'
import { holdDataDir } from './platform/process/single-instance.ts'
import { refuseUnfinishedRestore } from './platform/process/unfinished-restore.ts'
import { readSecrets, type Secrets } from './platform/secrets.ts'
import type { Connections, Role } from './serving.ts'

type Opening = {
  secrets: Secrets
  shutdown: Shutdown
  log: Logger
  /** What to do when the embedded database has been started again; known only once there is a queue. */
  onReturn: { recover: () => Promise<void> }
}

/** Starts the program from its environment; gives its services once it serves. @throws what main.ts explains to the operator. */
export async function startRafid(env: NodeJS.ProcessEnv, role: Role): Promise<Services> {
  const config = readConfig(env)
  if (config.databaseUrl === undefined && role !== 'all') {
    throw new ConfigError(`--role ${role} needs DATABASE_URL: the embedded database belongs to one process.`)
  }
  const log = createLog(config.logLevel)
  const shutdown = prepareShutdown(log)
  try {
    return await open(config, { role, log, shutdown })
  } catch (error) {
    // A signal came during the start and took away what it was standing on; the shutdown ends the process.
    if (shutdown.isRunning()) return new Promise(() => undefined)
    await shutdown.close()
    throw error
  }
}

async function open(
  config: Config,
  { role, log, shutdown }: { role: Role; log: Logger; shutdown: Shutdown },
): Promise<Services> {
  refuseUnfinishedRestore(config.dataDir)
  if (config.databaseUrl === undefined) await holdDataDir(config.dataDir)
  else openDataDir(config.dataDir)
  const secrets = readSecrets(config.dataDir)
  const onReturn = { recover: () => Promise.resolve() }
  // PostgreSQL recovers while the rest of the program, most of it, is loaded: each takes about as long as the other.
  const [embedded, { serve }] = await Promise.all([
    startEmbedded(config, { secrets, shutdown, log, onReturn }),
    breath().then(loadTheRest),
  ])
  return serve(config, { role, log, shutdown, secrets, embedded, onReturn })
}

async function loadTheRest() {
  await import('./platform/http/schemas-first.ts')
  return import('./serving.ts')
}

/** The private PostgreSQL, unless another is named. */
async function startEmbedded(
  config: Config,
  { secrets, shutdown, log, onReturn }: Opening,
): Promise<Connections | undefined> {
  if (config.databaseUrl !== undefined) return undefined
  const onExit = (reason: string) => {
    log.fatal(reason)
    void shutdown.run(1)
  }
  const onRestart = (reason: string) => {
    log.error(reason)
    onReturn.recover().catch((error: unknown) => log.error({ err: error }, 'taking up lost jobs failed'))
  }
  const cluster = await startCluster({ dataDir: config.dataDir, secrets, onRestart, onExit })
  shutdown.onClose('postgresql', () => cluster.stop())
  return { owner: cluster.owner, app: cluster.app }
}
