import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../test/support/free-port.ts'

/** A server of the built program with the demo store, on a data directory of its own. */
export type DemoServer = {
  url: string
  /** The slug of a product that is for sale. */
  slug: string
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '..')

/** Starts such a server and waits until its store is open and the sizes of its pictures are made. */
export async function startDemo(): Promise<DemoServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rafid-demo-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const server = spawn(process.execPath, [join(root, 'dist/server/main.js'), '--demo'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      DATA_DIR: dataDir,
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'error',
    },
  })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const stop = async () => {
    server.kill('SIGTERM')
    await ended
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    const slug = await waitForDemo(url)
    // Covers are resized in the background; nobody wants to look at placeholders.
    await sleep(15_000)
    return { url, slug, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function waitForDemo(url: string): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    await sleep(250)
    const answer = await fetch(`${url}/api/v1/stores/salma/products?limit=100`).catch(() => undefined)
    if (answer?.ok !== true) continue
    const { items } = (await answer.json()) as {
      items: { slug: string; cover: { renditions?: unknown[] } | null }[]
    }
    const ready = items.every(({ cover }) => cover === null || (cover.renditions?.length ?? 0) > 0)
    if (items.length >= 12 && ready) return items[0]?.slug ?? ''
  }
  throw new Error('the demo store did not open within two and a half minutes')
}
