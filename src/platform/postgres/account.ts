import { spawn, spawnSync, type ChildProcess, type StdioOptions } from 'node:child_process'
import { chownSync } from 'node:fs'

/** The account that PostgreSQL runs as, and how it is reached. */
export type Account = {
  /** The command line that runs `command` as the account; the process that is started becomes the command. */
  wrap(command: string, args: readonly string[]): Launch
}

type Launch = { command: string; args: string[]; uid?: number; gid?: number }

/** `nobody` on every Linux. */
const NOBODY = 65534

const CAPABILITIES = ['dac_read_search', 'dac_override'] as const

const ENVIRONMENT = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' }

/**
 * Chooses the account that PostgreSQL, which refuses to be root, runs as: an ordinary user is itself; root becomes
 * `nobody`. Where `nobody` may not pass through the folders above `paths` (a checkout below a folder of mode 0700), it is
 * given the one capability to pass through folders; containers that do not have that one have the next.
 * @throws Error with one sentence when no way reaches the paths.
 */
export function chooseAccount(paths: readonly string[]): Account {
  if (process.getuid?.() !== 0) return { wrap: (command, args) => ({ command, args: [...args] }) }
  const ways = [asNobody, ...CAPABILITIES.map((capability) => asNobodyWith(capability))]
  const wrap = ways.find((way) => reaches(way, paths))
  if (wrap === undefined) {
    throw new Error(
      `PostgreSQL does not run as root, and the user nobody cannot reach ${paths.join(' and ')}: run Rafid as an ordinary user, or put it where every user may pass.`,
    )
  }
  return { wrap }
}

/** Gives a folder or file to the user that PostgreSQL runs as. */
export function give(path: string): void {
  if (process.getuid?.() === 0) chownSync(path, NOBODY, NOBODY)
}

/** Starts a command as the account, in a session of its own: the terminal's Ctrl-C is for Node, which stops it in order. */
export function launch(
  account: Account,
  argv: readonly [string, ...string[]],
  stdio: StdioOptions,
): ChildProcess {
  const [program, ...rest] = argv
  const { command, args, ...ids } = account.wrap(program, rest)
  return spawn(command, args, { ...ids, cwd: '/', env: ENVIRONMENT, stdio, detached: true })
}

/**
 * A command line that runs the same without pushing others from their processor each time that it is woken (Linux's
 * SCHED_BATCH). A backend is woken for every statement, by Node, and would run in its place while another processor is
 * free. Where there is no `chrt`, or it is refused, the command line is as it was.
 */
export function yielding(
  account: Account,
  argv: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  const prefix = ['chrt', '--batch', '0'] as const
  const [program, ...rest] = prefix
  // As the account: what root may, others may not, such as leaving SCHED_IDLE.
  const { command, args, ...ids } = account.wrap(program, [...rest, 'true'])
  const works = spawnSync(command, args, { ...ids, cwd: '/', env: ENVIRONMENT, stdio: 'ignore' }).status === 0
  return works ? [...prefix, ...argv] : argv
}

/** Runs a command as the account to its end. @throws Error with what it said. */
export function run(account: Account, argv: readonly [string, ...string[]], input = ''): string {
  const [program, ...rest] = argv
  const { command, args, ...ids } = account.wrap(program, rest)
  const done = spawnSync(command, args, { ...ids, cwd: '/', env: ENVIRONMENT, input, encoding: 'utf8' })
  if (done.error !== undefined) throw done.error
  if (done.status !== 0) {
    throw new Error(`${program} ended with ${done.status ?? done.signal}: ${done.stderr.trim().slice(-2000)}`)
  }
  return done.stdout
}

type Wrap = Account['wrap']

const asNobody: Wrap = (command, args) => ({ command, args: [...args], uid: NOBODY, gid: NOBODY })

/**
 * `no_setuid_fixup` because PostgreSQL asks access(2) about its own files, which otherwise ignores the capabilities of
 * everyone but root.
 */
function asNobodyWith(capability: (typeof CAPABILITIES)[number]): Wrap {
  return (command, args) => ({
    command: 'setpriv',
    args: [
      '--securebits=+no_setuid_fixup',
      `--reuid=${NOBODY}`,
      `--regid=${NOBODY}`,
      '--clear-groups',
      `--inh-caps=-all,+${capability}`,
      `--ambient-caps=-all,+${capability}`,
      `--bounding-set=-all,+${capability}`,
      '--',
      command,
      ...args,
    ],
  })
}

function reaches(wrap: Wrap, paths: readonly string[]): boolean {
  const { command, args, ...ids } = wrap('/bin/sh', [
    '-c',
    'for path; do test -r "$path" -a -x "$path" || exit 1; done',
    'sh',
    ...paths,
  ])
  return spawnSync(command, args, { ...ids, cwd: '/', env: ENVIRONMENT, stdio: 'ignore' }).status === 0
}
