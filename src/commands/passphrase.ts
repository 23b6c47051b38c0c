import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { t } from '../platform/i18n/index.ts'
import type { Shell } from './shell.ts'

/** Where a passphrase may come from: a file, the environment, or the person at the terminal. */
export async function readPassphrase(
  shell: Shell,
  { file, twice }: { file: string | undefined; twice: boolean },
): Promise<string | undefined> {
  const path = file ?? shell.env['BACKUP_PASSPHRASE_FILE']
  if (path !== undefined && path !== '') return firstLine(await readFile(path, 'utf8'))
  const given = shell.env['BACKUP_PASSPHRASE']
  if (given !== undefined && given !== '') return given
  if (!process.stdin.isTTY) return undefined
  for (;;) {
    const first = await ask(t(shell.locale, 'cli.passphrase.ask'))
    if (first === '') return undefined
    if (!twice || first === (await ask(t(shell.locale, 'cli.passphrase.again')))) return first
    shell.complain('passphrase.differ')
  }
}

function firstLine(text: string): string | undefined {
  const line = text.split('\n')[0]?.trim()
  return line === '' ? undefined : line
}

/** Asks without showing what is typed. */
async function ask(question: string): Promise<string> {
  process.stderr.write(`${question} `)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.question('', resolve)
      lines.on('SIGINT', () => reject(new Error('interrupted')))
    })
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
