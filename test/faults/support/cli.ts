import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { bundledServer } from './server.ts'

/** What a command of the operator's said, and how it ended. */
export type CliEnd = { code: number | null; output: string; errors: string }

/** Runs the operator's command as it is shipped. */
export function runCli(args: readonly string[], env: Record<string, string>): Promise<CliEnd> {
  return startCli(args, env).end
}

/** Starts it, and gives the means to kill it. */
export function startCli(
  args: readonly string[],
  env: Record<string, string>,
): { kill: () => void; end: Promise<CliEnd> } {
  const cli = join(dirname(bundledServer()), 'cli.js')
  const child = spawn(process.execPath, [cli, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', LANG: 'en_US.UTF-8', ...env },
  })
  const end: CliEnd = { code: null, output: '', errors: '' }
  child.stdout.on('data', (bytes: Buffer) => (end.output += bytes.toString()))
  child.stderr.on('data', (bytes: Buffer) => (end.errors += bytes.toString()))
  const ended = new Promise<CliEnd>((resolve) => child.once('close', (code) => resolve({ ...end, code })))
  return { kill: () => void child.kill('SIGKILL'), end: ended }
}
