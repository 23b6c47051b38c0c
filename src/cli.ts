import './platform/http/schemas-first.ts'
import { isUnreachable, reachProblem } from './platform/database/unreachable.ts'
import { OperatorError } from './platform/operator-error.ts'
import { processShell, WrongUsage, type Command, type ExitCode, type Shell } from './commands/shell.ts'

/** Every command by its name; each is loaded when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).start,
  migrate: async () => (await import('./commands/migrate.ts')).migrate,
  verify: async () => (await import('./commands/verify.ts')).verify,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  backup: async () => (await import('./commands/backup.ts')).backup,
  restore: async () => (await import('./commands/restore.ts')).restore,
  upgrade: async () => (await import('./commands/upgrade.ts')).upgrade,
  'rotate-keys': async () => (await import('./commands/rotate-keys.ts')).rotateKeysCommand,
  token: async () => (await import('./commands/token.ts')).token,
  'reset-link': async () => (await import('./commands/reset-link.ts')).resetLink,
}

const HELP = new Set([undefined, 'help', '--help', '-h'])

async function main(shell: Shell, [name, ...args]: readonly string[]): Promise<ExitCode> {
  if (HELP.has(name)) {
    await help(shell)
    return 0
  }
  const load = COMMANDS[name ?? '']
  if (load === undefined) {
    shell.complain('unknown', { name: name ?? '', help: 'rafid help' })
    return 2
  }
  const command = await load()
  if (args.includes('--help') || args.includes('-h')) {
    describe(shell, name ?? '', command)
    return 0
  }
  return command.run(shell, args)
}

async function help(shell: Shell): Promise<void> {
  shell.print('رافد · Rafid\n')
  for (const [name, load] of Object.entries(COMMANDS)) describe(shell, name, await load())
  shell.say('help.settings', { file: 'docs/operating.md' })
}

function describe(shell: Shell, name: string, command: Command): void {
  shell.print(command.usage)
  shell.say(`help.${name}`)
  shell.print('')
}

/** What the operator can mend is one sentence; anything else is a fault and keeps its stack. */
function explain(shell: Shell, error: unknown): ExitCode {
  if (error instanceof WrongUsage) {
    shell.complain('usage', { usage: error.message })
    return 2
  }
  // The parser's own sentences name the option that it does not know.
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (error instanceof Error && code.startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(`${error.message}\n`)
    return 2
  }
  if (error instanceof OperatorError) {
    process.stderr.write(`${error.message}\n`)
    return 1
  }
  if (isUnreachable(error) || OF_ANOTHER_DATABASE.has(code))
    shell.complain('database', { reason: reachProblem(error) })
  else if (FROM_THE_DISK.has(code)) shell.complain('disk', { reason: reachProblem(error) })
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 1
}

const FROM_THE_DISK = new Set([
  'ENOSPC',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'EISDIR',
  'ENOTDIR',
  'EDQUOT',
  'EIO',
])
// No right to what the command needs, no such table: a database that is not Rafid's, or a login that is not its owner's.
const OF_ANOTHER_DATABASE = new Set(['42501', '42P01'])

// What a serving process would survive must not leave a command hanging.
process.on('SIGINT', () => process.exit(130))
process.on('SIGTERM', () => process.exit(143))

const shell = processShell(process.env)
const code = await main(shell, process.argv.slice(2)).catch((error: unknown) => explain(shell, error))
// A command has let go of everything; `start` never comes here.
process.exit(code)
