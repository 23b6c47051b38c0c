import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'

/** The folder to give to a client as host. */
export type SocketFolder = { readonly host: string; close(): void }

/** What the kernel takes as the name of a socket, without the closing zero byte. */
const LIMIT_BYTES = 107

/** The name that PostgreSQL gives to its socket. */
export const SOCKET_NAME = '.s.PGSQL.5432'

/**
 * A name of the folder that is short enough for the socket in it. A folder too deep is reached through this process's own
 * handle on it: nothing is made elsewhere, so nothing can be left behind or be taken by another user.
 */
export function openSocketFolder(folder: string): SocketFolder {
  if (Buffer.byteLength(join(folder, SOCKET_NAME)) <= LIMIT_BYTES)
    return { host: folder, close: () => undefined }
  const handle = openSync(folder, 'r')
  return { host: `/proc/${process.pid}/fd/${handle}`, close: () => closeSync(handle) }
}
