import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../config.ts'
import { connectionsOf, type Connection } from '../database/database.ts'
import { AlreadyRunning, holdDataDir } from '../process/single-instance.ts'
import type { Secrets } from '../secrets.ts'
import { startCluster } from './cluster.ts'
import type { Purpose } from './settings.ts'
import { openSocketFolder } from './socket.ts'

/** How an operator's command reaches the database, whether the server runs or not. */
export type Installation = {
  /** The role that may read all rows: a superuser of the embedded cluster, else the owner. */
  readonly reader: Connection
  readonly owner: Connection
  /** The role that serves. */
  readonly app: Connection
  /** Whether the command is a guest beside the running server. */
  readonly serverRuns: boolean
  close(): Promise<void>
}

/**
 * Reaches the database of this installation: the one of DATABASE_URL, the embedded one of the server that runs, or the
 * embedded one started for as long as the command takes. With the purpose `loading`, what the embedded one holds is safe
 * only once it is closed.
 */
export async function openInstallation(
  config: Config,
  secrets: Secrets,
  purpose: Purpose = 'serving',
): Promise<Installation> {
  const external = connectionsOf(config)
  if (external !== undefined)
    return { ...external, reader: external.owner, serverRuns: false, close: () => Promise.resolve() }
  try {
    await holdDataDir(config.dataDir)
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error
    return besideServer(config.dataDir, secrets)
  }
  const cluster = await startCluster({ dataDir: config.dataDir, secrets, purpose })
  return {
    reader: { ...cluster.admin, database: 'rafid' },
    owner: cluster.owner,
    app: cluster.app,
    serverRuns: false,
    close: () => cluster.stop(),
  }
}

/** The embedded cluster's superuser, for what this very process runs the cluster of, or a guest beside it. */
export function embeddedReader(
  dataDir: string,
  secrets: Secrets,
): { connection: Connection; close: () => void } {
  const socket = openSocketFolder(join(dataDir, 'postgres/data'))
  const password = secrets.databasePassword('postgres')
  return {
    connection: { host: socket.host, port: 5432, user: 'postgres', password, database: 'rafid' },
    close: () => socket.close(),
  }
}

async function besideServer(dataDir: string, secrets: Secrets): Promise<Installation> {
  if (!existsSync(join(dataDir, 'postgres/data')))
    throw new AlreadyRunning(`Another process has just begun to set up ${dataDir}; try again in a moment.`)
  const { connection, close } = embeddedReader(dataDir, secrets)
  const as = (user: 'rafid' | 'rafid_app'): Connection => ({
    ...connection,
    user,
    password: secrets.databasePassword(user),
  })
  const probe = new pg.Client(connection)
  await probe.connect()
  await probe.end()
  return {
    reader: connection,
    owner: as('rafid'),
    app: as('rafid_app'),
    serverRuns: true,
    close: () => Promise.resolve(close()),
  }
}
