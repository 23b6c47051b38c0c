import { serve as serveHttp, type ServerType } from '@hono/node-server'
import { createApp, registry } from './app.ts'
import { ensureSetupLink } from './modules/workspaces/index.ts'
import { systemClock } from './platform/clock.ts'
import { ConfigError, type Config } from './platform/config.ts'
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
import { isUnreachable, reachProblem } from './platform/database/unreachable.ts'
import { createFileStore } from './platform/files/index.ts'
import { checkClockJump } from './platform/health/machine-checks.ts'
import { count } from './platform/health/metrics.ts'
import { watchHealth } from './platform/health/tell-operator.ts'
import { startJobs } from './platform/jobs/work.ts'
import type { Logger } from './platform/log.ts'
import { resumeWaitingMail } from './platform/mail/jobs.ts'
import { createSmtpTransport } from './platform/mail/transport.ts'
import { assertDurable } from './platform/postgres/durable.ts'
import { reachHint } from './platform/process/reach.ts'
import { settleDown } from './platform/process/settle-down.ts'
import type { Shutdown } from './platform/process/shutdown.ts'
import { createRandomBytes } from './platform/random.ts'
import type { Secrets } from './platform/secrets.ts'
import { createIds } from './shared/ids.ts'

/** What a process does: answer HTTP, work jobs, or both. */
export type Role = 'all' | 'web' | 'jobs'

/** How the database is reached: as its owner, as the role that serves, and the copy for reports. */
export type Connections = { owner: Connection; app: Connection; replica?: Connection }

type Standing = {
  role: Role
  log: Logger
  shutdown: Shutdown
  secrets: Secrets
  /** The private PostgreSQL, which takes connections; undefined where another is named. */
  embedded: Connections | undefined
  onReturn: { recover: () => Promise<void> }
}

/** Serves on a database that runs: brings it to this version, answers, and works. Gives the services once it answers. */
export async function serve(config: Config, standing: Standing): Promise<Services> {
  const { role, log, shutdown } = standing
  prepareByName(config.preparedStatements)
  onSlowStatements(({ texts, ms }) => {
    count('rafid_slow_statements_total')
    log.warn({ ms, statements: texts.map((text) => text.slice(0, 500)) }, 'slow statement')
  })
  const { services, jobs } = await openServices(config, standing)
  // What the clock says now is what later looks compare with.
  await checkClockJump(services)
  // Before anyone can ask: whoever sees the server answer finds the link in its place.
  const link = await ensureSetupLink(services)
  if (role !== 'jobs') await listen(services, shutdown)
  if (role !== 'web') await jobs.work(services)
  if (services.mail !== undefined && role !== 'web') await resumeWaitingMail(services)
  if (role !== 'web') {
    const watching = watchHealth(services)
    shutdown.onClose('watching', () => watching.stop())
  }
  settleDown()
  if (role !== 'jobs') greet(config, link)
  return services
}

async function openServices(
  config: Config,
  { log, shutdown, secrets, embedded, onReturn }: Standing,
): Promise<{ services: Services; jobs: Awaited<ReturnType<typeof startJobs>> }> {
  const connections = embedded ?? connectionsOf(config)
  if (connections === undefined) throw new Error('assertion failed: there is no database')
  const applied = await migrateAt(connections.owner, config)
  if (applied.length > 0) log.info({ applied }, 'migrated')
  const database = openDatabase(connections.app, 16)
  shutdown.onClose('database', () => database.close())
  await checkDurability(database, log)
  const replica = connections.replica && openDatabase(connections.replica, 4)
  shutdown.onClose('replica', () => replica?.close())
  const jobs = await startJobs(database, registry, { alone: embedded !== undefined, log })
  shutdown.onClose('jobs', () => jobs.stop())
  onReturn.recover = () => jobs.recover()
  const mail = config.smtpUrl === undefined ? undefined : createSmtpTransport(config.smtpUrl)
  shutdown.onClose('mail', () => mail?.close())
  const clock = systemClock
  const ids = createIds({ now: () => clock.now(), randomBytes: createRandomBytes() })
  const files = createFileStore(config)
  return { services: { config, secrets, database, replica, clock, ids, jobs, files, mail, log }, jobs }
}

/** @throws ConfigError if the database that was named cannot be reached. */
async function migrateAt(owner: Connections['owner'], config: Config): Promise<string[]> {
  try {
    return await migrate(owner)
  } catch (error) {
    if (config.databaseUrl === undefined || !isUnreachable(error)) throw error
    const name = config.databaseOwnerUrl === undefined ? 'DATABASE_URL' : 'DATABASE_OWNER_URL'
    throw new ConfigError(`${name} names a database that cannot be opened (${reachProblem(error)}).`, {
      cause: error,
    })
  }
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

async function listen(services: Services, shutdown: Shutdown): Promise<void> {
  const { host, port } = services.config
  const server = await new Promise<ServerType>((resolve, reject) => {
    const starting = serveHttp({ fetch: createApp(services).fetch, hostname: host, port }, () =>
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
