import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchServer } from './server.ts'

/** Linux counts a process's time in hundredths of a second. */
const TICKS_PER_SECOND = 100

/** Processor time used so far, in seconds: by Node, by PostgreSQL with all its processes, and by this process, the buyers. */
export type CpuSeconds = { node: number; postgres: number; clients: number }

/** What each side has used of the processors. */
export function cpuSeconds(server: BenchServer): CpuSeconds {
  const { user, system } = process.cpuUsage()
  return {
    node: secondsOf(server.pid),
    postgres: postgresSeconds(server),
    clients: (user + system) / 1_000_000,
  }
}

/** Resident memory of a process in MB. */
export function residentMb(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) / 1024
}

function postgresSeconds({ dataDir }: BenchServer): number {
  const [line = ''] = readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n', 1)
  const postmaster = Number(line)
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === postmaster)
  return children.reduce((sum, child) => sum + secondsOf(Number(child)), secondsOf(postmaster))
}

/** User and system time of a process and of its children that have ended. */
function secondsOf(pid: number): number {
  const fields = fieldsOf(pid)
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND
}

function parentOf(pid: string): number {
  return Number(fieldsOf(Number(pid))[1])
}

/** The fields after the name, which may hold blanks: state, parent, … Source: proc_pid_stat(5). */
function fieldsOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    // It has just ended; what it used is then its parent's.
    return []
  }
}
