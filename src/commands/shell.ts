import { t } from '../platform/i18n/index.ts'
import type { Locale } from '../shared/locale.ts'
import type { MessageValues } from '../shared/messages.ts'

/** Where a command runs: the environment, the language of its reader, and what it says. */
export type Shell = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly locale: Locale
  /** A sentence of the catalogue, `cli.<key>`, on the standard output. */
  say(key: string, values?: MessageValues): void
  /** A line that is not for translating. */
  print(line: string): void
  /** A sentence about what is wrong, on the standard error. */
  complain(key: string, values?: MessageValues): void
}

/** A command's end: 0 when all is well, 1 when something is not, 2 when it was not understood. */
export type ExitCode = 0 | 1 | 2

/** One command of `rafid`. */
export type Command = {
  /** How it is called, as a line of the help. */
  readonly usage: string
  run(shell: Shell, args: readonly string[]): Promise<ExitCode>
}

/** A command that was called in a way that it does not know; the message is the parser's. */
export class WrongUsage extends Error {}

/** The language of LC_ALL, LC_MESSAGES or LANG: Arabic where it says so, else English. */
export function localeOf(env: Shell['env']): Locale {
  const named = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  )
  return named?.toLowerCase().startsWith('ar') === true ? 'ar' : 'en'
}

/** The shell that the process was started from. */
export function processShell(env: Shell['env']): Shell {
  const locale = localeOf(env)
  return {
    env,
    locale,
    say: (key, values) => void process.stdout.write(`${t(locale, `cli.${key}`, values)}\n`),
    print: (line) => void process.stdout.write(`${line}\n`),
    complain: (key, values) => void process.stderr.write(`${t(locale, `cli.${key}`, values)}\n`),
  }
}
