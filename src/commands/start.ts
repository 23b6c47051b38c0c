import type { Command } from './shell.ts'

/** `rafid start`: becomes the server. */
export const start: Command = {
  usage: 'rafid start [--role all|web|jobs]',
  async run(_shell, args) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal)
    process.argv.splice(2, process.argv.length, ...args)
    await import('../main.ts')
    return new Promise(() => undefined)
  },
}
