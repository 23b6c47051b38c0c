import { parseArgs } from 'node:util'
import { ConfigError } from './platform/config.ts'
import { AlreadyRunning } from './platform/process/single-instance.ts'
import { MigrationFailed } from './platform/database/migrate.ts'
import { NotDurable } from './platform/postgres/durable.ts'
import { startRafid, type Role } from './start.ts'

const ROLES: readonly Role[] = ['all', 'web', 'jobs']

type Arguments = { role: Role; demo: boolean }

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: { role: { type: 'string', default: 'all' }, demo: { type: 'boolean', default: false } },
  })
  const role = ROLES.find((one) => one === values.role)
  if (role === undefined)
    throw new ConfigError(`--role is ${JSON.stringify(values.role)}, but must be all, web or jobs.`)
  return { role, demo: values.demo }
}

try {
  const { role, demo } = readArguments()
  const services = await startRafid(process.env, role)
  // Loaded only when asked for: a real server never carries the demo.
  if (demo) await (await import('./demo/open-demo.ts')).openDemo(services)
} catch (error) {
  const expected = [ConfigError, AlreadyRunning, MigrationFailed, NotDurable].some(
    (kind) => error instanceof kind,
  )
  // What the operator can mend is one sentence; anything else is a fault and keeps its stack.
  process.stderr.write(
    `${expected && error instanceof Error ? error.message : String((error as Error).stack ?? error)}\n`,
  )
  process.exit(1)
}
