import type { Progress } from '../platform/backup/format.ts'
import { t } from '../platform/i18n/index.ts'
import type { Shell } from './shell.ts'

const TERMINAL_EVERY_MS = 200
const LOG_EVERY_MS = 10_000
const MEGABYTE = 1_000_000

/** Shows how far it has come: on a terminal in one line that changes, elsewhere in a line now and then. */
export function showProgress(shell: Shell): { tell: (progress: Progress) => void; end: () => void } {
  const terminal = process.stderr.isTTY
  let last = performance.now()
  let shown = false
  return {
    tell(progress) {
      const now = performance.now()
      if (now - last < (terminal ? TERMINAL_EVERY_MS : LOG_EVERY_MS)) return
      last = now
      shown = true
      const values = {
        rows: progress.rows,
        files: progress.files,
        megabytes: Math.round(progress.bytes / MEGABYTE),
      }
      const line = t(shell.locale, `cli.progress.${progress.phase}`, values)
      process.stderr.write(terminal ? `\r\u001B[2K${line}` : `${line}\n`)
    },
    end() {
      if (terminal && shown) process.stderr.write('\r\u001B[2K')
    },
  }
}
