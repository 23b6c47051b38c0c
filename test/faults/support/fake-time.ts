import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { debianPostgres } from '../../scale/several.ts'

/** Debian's libfaketime, which gives a process, and all that it starts, a clock that is set by a file. */
function libFaketime(): string | undefined {
  const places = readdirSync('/usr/lib').map((name) => join('/usr/lib', name, 'faketime/libfaketime.so.1'))
  return places.find((path) => existsSync(path))
}

/** Whether clocks are set for the program and its database together: with `FAULTS=all`, where that can be had. */
export function canSetClocks(): boolean {
  return process.env['FAULTS'] === 'all' && debianPostgres() !== undefined && libFaketime() !== undefined
}

/** The environment of processes whose clock the file sets; what they measure by the steady clock goes on as it is. */
export function clockFrom(file: string): Record<string, string> {
  return {
    LD_PRELOAD: libFaketime() ?? '',
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    NO_FAKE_STAT: '1',
  }
}

/** Sets the clock so many seconds ahead, or back, of what it is in truth; it is followed within a second. */
export function setClock(file: string, seconds: number): void {
  writeFileSync(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`)
  renameSync(`${file}.new`, file)
}
