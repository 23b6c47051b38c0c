import { parseArgs } from 'node:util'
import { ConfigError } from './platform/config.ts'
import { OperatorError } from './platform/operator-error.ts'
import type { Role } from './serving.ts'
import { startRafid } from './start.ts'

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
  // Anything but what the operator can mend is a fault and keeps its stack.
  process.stderr.write(
    `${error instanceof OperatorError ? error.message : String((error as Error).stack ?? error)}\n`,
  )
  process.exit(1)
}
