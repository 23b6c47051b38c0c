import { createHash } from 'node:crypto'
import { mkdirSync, statSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'

/** Another process already runs on this data directory. */
export class AlreadyRunning extends Error {}

/**
 * Makes this the only process on a data directory until it ends, however it ends. The lock is a socket in Linux's
 * abstract namespace: taken atomically, released by the kernel with the process, so no stale file can block a start and
 * no reused process id can be mistaken for us.
 * @throws AlreadyRunning with a sentence that names the directory and the other process.
 */
export async function holdDataDir(dataDir: string): Promise<Server> {
  mkdirSync(dataDir, { recursive: true })
  const { dev, ino } = statSync(dataDir)
  const name = `\0rafid-${createHash('sha256').update(`${dev}/${ino}`).digest('hex').slice(0, 32)}`
  const server = createServer((socket) => socket.end(String(process.pid)))
  server.unref()
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(name, resolve)
    })
    return server
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    const pid = await askPid(name)
    throw new AlreadyRunning(
      `Rafid is already running on the data directory ${dataDir} (process ${pid}); stop that one first, or set DATA_DIR to another directory.`,
    )
  }
}

function askPid(name: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(name)
    let text = ''
    socket.setTimeout(1000, () => socket.destroy())
    socket.on('data', (bytes) => (text += bytes.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(text === '' ? 'unknown' : text))
  })
}
