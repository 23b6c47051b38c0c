import { serve, type ServerType } from '@hono/node-server'
import { createApp, registry } from './app.ts'
import { ensureSetupLink } from './modules/workspaces/index.ts'
import { systemClock } from './platform/clock.ts'
import { ConfigError, readConfig, type Config } from './platform/config.ts'
import type { Services } from './platform/ctx.ts'
import {
  connectionsOf,
  openDatabase,
  prepareByName,
  type Connection,
  type Database,
} from './platform/database/database.ts'
import { migrate } from './platform/database/migrate.ts'
import { onSlowStatements } from './platform/database/pipeline.ts'
import { createFileStore } from './platform/files/index.ts'
import { count } from './platform/health/metrics.ts'
import { watchHealth } from './platform/health/tell-operator.ts'
import { startJobs } from './platform/jobs/work.ts'
import { createLog, type Logger } from './platform/log.ts'
import { resumeWaitingMail } from './platform/mail/jobs.ts'
import { createSmtpTransport } from './platform/mail/transport.ts'
import { startCluster } from './platform/postgres/cluster.ts'
import { assertDurable } from './platform/postgres/durable.ts'
import { reachHint } from './platform/process/reach.ts'
import { releaseStartMemory } from './platform/process/release-memory.ts'
import { prepareShutdown, type Shutdown } from './platform/process/shutdown.ts'
import { openDataDir } from './platform/process/data-dir.ts'
import { holdDataDir } from './platform/process/single-instance.ts'
import { createRandomBytes } from './platform/random.ts'
import { refuseUnfinishedRestore } from './platform/process/unfinished-restore.ts'
import { readSecrets, type Secrets } from './platform/secrets.ts'
import { createIds } from './shared/ids.ts'

/** What a process does: answer HTTP, work jobs, or both. */
export type Role = 'all' | 'web' | 'jobs'

type Connections = { owner: Connection; app: Connection; replica?: Connection }

type Opening = {
  secrets: Secrets
  shutdown: Shutdown
  log: Logger
  /** What to do when the embedded database has been started again; known only once there is a queue. */
  onReturn: { recover: () => Promise<void> }
}

// No such host, nobody there, no answer, a wrong login, no such database.
const UNREACHABLE =
  /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|28P01|28000|3D000)$/

/** Starts the program from its environment; gives its services once it serves. @throws what main.ts explains to the operator. */
export async function startRafid(env: NodeJS.ProcessEnv, role: Role): Promise<Services> {
  const config = readConfig(env)
  if (config.databaseUrl === undefined && role !== 'all') {
    throw new ConfigError(`--role ${role} needs DATABASE_URL: the embedded database belongs to one process.`)
  }
  const log = createLog(config.logLevel)
  prepareByName(config.preparedStatements)
  onSlowStatements(({ texts, ms }) => {
    count('rafid_slow_statements_total')
    log.warn({ ms, statements: texts.map((text) => text.slice(0, 500)) }, 'slow statement')
  })
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
  const alone = config.databaseUrl === undefined
  refuseUnfinishedRestore(config.dataDir)
  if (alone) await holdDataDir(config.dataDir)
  else openDataDir(config.dataDir)
  const secrets = readSecrets(config.dataDir)
  const onReturn = { recover: () => Promise.resolve() }
  const connections = await connect(config, { secrets, shutdown, log, onReturn })
  const applied = await migrateAt(connections.owner, config)
  if (applied.length > 0) log.info({ applied }, 'migrated')
  const database = openDatabase(connections.app, 16)
  shutdown.onClose('database', () => database.close())
  await checkDurability(database, log)
  const replica = connections.replica && openDatabase(connections.replica, 4)
  shutdown.onClose('replica', () => replica?.close())
  const jobs = await startJobs(database, registry, { alone, log })
  shutdown.onClose('jobs', () => jobs.stop())
  onReturn.recover = () => jobs.recover()
  const mail = config.smtpUrl === undefined ? undefined : createSmtpTransport(config.smtpUrl)
  shutdown.onClose('mail', () => mail?.close())
  const ids = createIds({ now: () => systemClock.now(), randomBytes: createRandomBytes() })
  const services: Services = {
    config,
    secrets,
    database,
    replica,
    clock: systemClock,
    ids,
    jobs,
    files: createFileStore(config),
    mail,
    log,
  }
  // Before anyone can ask: whoever sees the server answer finds the link in its place.
  const link = await ensureSetupLink(services)
  if (role !== 'jobs') await listen(services, shutdown)
  if (role !== 'web') await jobs.work(services)
  if (mail !== undefined && role !== 'web') await resumeWaitingMail(services)
  if (role !== 'web') {
    const watching = watchHealth(services)
    shutdown.onClose('watching', () => watching.stop())
  }
  releaseStartMemory()
  if (role !== 'jobs') greet(config, link)
  return services
}

/** @throws ConfigError if the database that was named cannot be reached. */
async function migrateAt(owner: Connections['owner'], config: Config): Promise<string[]> {
  try {
    return await migrate(owner)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (config.databaseUrl === undefined || !UNREACHABLE.test(code)) throw error
    const name = config.databaseOwnerUrl === undefined ? 'DATABASE_URL' : 'DATABASE_OWNER_URL'
    throw new ConfigError(`${name} names a database that cannot be opened (${reasonOf(error)}).`, {
      cause: error,
    })
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message === '' && error instanceof AggregateError ? String(error.errors[0]) : message
}

async function checkDurability(database: Database, log: Logger): Promise<void> {
  const client = await database.pool.connect()
  try {
    const warning = await assertDurable(client)
    if (warning !== undefined) log.warn(warning)
  } finally {
    client.release()
  }
}

async function connect(config: Config, { secrets, shutdown, log, onReturn }: Opening): Promise<Connections> {
  const external = connectionsOf(config)
  if (external !== undefined) return external
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

async function listen(services: Services, shutdown: Shutdown): Promise<void> {
  const { host, port } = services.config
  const server = await new Promise<ServerType>((resolve, reject) => {
    const starting = serve({ fetch: createApp(services).fetch, hostname: host, port }, () =>
      resolve(starting),
    )
    starting.once('error', (error: Error) => reject(listenProblem(error, host, port)))
  })
  shutdown.onClose('http', () => stopListening(server))
}

function listenProblem(error: Error, host: string, port: number): Error {
  const code = 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE')
    return new ConfigError(`PORT ${port} is taken by another program; set PORT to a free one.`)
  if (code === 'EACCES')
    return new ConfigError(`PORT ${port} may not be used by this user; set PORT to one above 1023.`)
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL' || code === 'EINVAL' || code === 'EAI_AGAIN')
    return new ConfigError(`HOST is ${JSON.stringify(host)}, but this machine has no such address.`)
  return error
}

/** Takes no new requests, lets those in flight finish, and closes connections that only wait for a next one. */
async function stopListening(server: ServerType): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
}

function greet(config: Config, link: string | undefined): void {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  say(`\n  رافد · Rafid\n\n  ${config.publicUrl}`)
  if (link !== undefined) say(`\n  Set-up link (works once) · رابط الإعداد (يعمل مرة واحدة):\n  ${link}`)
  const hint = reachHint(config)
  if (hint !== undefined)
    say(`\n  Only this machine reaches it. For others · لا يصل إليه إلا هذا الجهاز، وليصل غيره:\n  ${hint}`)
  say('')
}
