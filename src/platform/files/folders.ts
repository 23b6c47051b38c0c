import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The mode of folders that only the server's own user may enter. */
export const privateFolder = 0o700

/** Makes a folder and those above it below `root`, each of them safe from a loss of power. */
export async function makeFolder(root: string, folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: privateFolder })
  if (first === undefined) return
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
  await syncFolder(root)
}

/** Writes a folder's entries to the disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
