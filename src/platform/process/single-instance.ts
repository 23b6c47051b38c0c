import { createHash } from 'node:crypto'
import { openSync, rmSync, statSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { OperatorError } from '../operator-error.ts'
import { openDataDir } from './data-dir.ts'

/** Another process already runs on this data directory. */
export class AlreadyRunning extends OperatorError {}

/**
 * Makes this the only process on a data directory until it ends, however it ends: no stale file can block a start, and no
 * reused process id can be mistaken for us. The lock is a socket in Linux's abstract namespace, taken atomically and
 * released by the kernel with the process. Containers have namespaces of their own but may share the directory, so a
 * second socket in the directory itself answers those.
 * @throws ConfigError if there can be no such directory, AlreadyRunning with a sentence that names the directory and the other process.
 */
export async function holdDataDir(dataDir: string): Promise<void> {
  openDataDir(dataDir)
  const { dev, ino } = statSync(dataDir)
  const name = `\0rafid-${createHash('sha256').update(`${dev}/${ino}`).digest('hex').slice(0, 32)}`
  // By way of the open folder, because the name of a socket may not be longer than 107 bytes.
  const inside = `/proc/self/fd/${openSync(dataDir, 'r')}/running`
  const pid = (await listen(name)) ? await askPid(inside) : ((await askPid(name)) ?? 'unknown')
  if (pid !== undefined) {
    throw new AlreadyRunning(
      `Rafid is already running on the data directory ${dataDir} (process ${pid}); stop that one first, or set DATA_DIR to another directory.`,
    )
  }
  rmSync(inside, { force: true })
  // A file system that has no sockets is not one that containers share.
  await listen(inside).catch(() => false)
  process.once('exit', () => rmSync(inside, { force: true }))
}

/** Listens until the process ends; false when another process does. */
async function listen(name: string): Promise<boolean> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.end(String(process.pid))
  })
  server.unref()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(name, resolve)
    })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false
    throw error
  }
}

/** The process id that whoever listens there gives; undefined when nobody does. */
function askPid(name: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(name)
    let connected = false
    let text = ''
    socket.setTimeout(1000, () => socket.destroy())
    socket.on('connect', () => (connected = true))
    socket.on('data', (bytes) => (text += bytes.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(connected ? text || 'unknown' : undefined))
  })
}
