import { prepared } from '../../../platform/database/database.ts'
import { connect, createServer, type Socket } from 'node:net'

/** A proxy that now and then cuts a connection after COMMIT was sent and before its answer comes back. */
export type CuttingProxy = { readonly port: number; readonly cuts: () => number; close(): Promise<void> }

/** How COMMIT looks on the wire: as text, or as the name that the platform prepares it under. */
const COMMITS = [Buffer.from('COMMIT\0'), Buffer.from(`${prepared('COMMIT', []).name}\0`)]

/** Listens on loopback and forwards to PostgreSQL's socket; one in `every` commits is cut. */
export function startProxy(
  socketPath: string,
  { port, every }: { port: number; every: number },
): Promise<CuttingProxy> {
  let commits = 0
  let cuts = 0
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(socketPath)
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (bytes) => {
      const cut = COMMITS.some((form) => bytes.includes(form)) && ++commits % every === 0
      if (!cut) return void upstream.write(bytes)
      cuts++
      upstream.removeAllListeners('data')
      // The server gets the commit; its answer goes nowhere.
      upstream.write(bytes, () => client.destroy())
      return undefined
    })
    upstream.on('data', (bytes) => void client.write(bytes))
  })
  return new Promise((resolve) =>
    server.listen(port, '127.0.0.1', () =>
      resolve({
        port,
        cuts: () => cuts,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed())
            for (const socket of open) socket.destroy()
          }),
      }),
    ),
  )
}
