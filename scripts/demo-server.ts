import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DEMO_OWNER } from '../src/demo/owner.ts'
import { freePort } from '../test/support/free-port.ts'

/** A server of the built program on a data directory of its own. */
export type OwnServer = { url: string; dataDir: string; stop(): Promise<void> }

/** Such a server with the demo store; `slug` is that of a product that is for sale. */
export type DemoServer = OwnServer & { slug: string }

const root = join(import.meta.dirname, '..')

/** Starts it with the demo store, and waits until that is open and the sizes of its pictures are made. */
export async function startDemo(): Promise<DemoServer> {
  const server = await start(['--demo'])
  try {
    const slug = await waitForDemo(server.url)
    // Covers are resized in the background; nobody wants to look at placeholders.
    await sleep(15_000)
    return { ...server, slug }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/** Starts it with a store in which nothing has happened yet; its owner is the demo's. */
export async function startEmpty(): Promise<OwnServer> {
  const server = await start([])
  try {
    await waitForAnswer(`${server.url}/readyz`)
    const link = await readFile(join(server.dataDir, 'setup-link'), 'utf8')
    const answer = await fetch(`${server.url}/api/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: server.url },
      body: JSON.stringify({
        ...DEMO_OWNER,
        token: link.trim().split('#')[1],
        storeNameAr: 'متجر سلمى',
        storeNameEn: 'Salma’s Store',
        storeSlug: 'salma',
        currency: 'SAR',
        locale: 'ar',
      }),
    })
    if (!answer.ok) throw new Error(`the set-up was refused: ${await answer.text()}`)
    return server
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function start(args: readonly string[]): Promise<OwnServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rafid-demo-'))
  const port = await freePort()
  const url = `http://localhost:${port}`
  const server = spawn(process.execPath, [join(root, 'dist/server/main.js'), ...args], {
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
  return { url, dataDir, stop }
}

async function waitForAnswer(url: string): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if ((await fetch(url).catch(() => undefined))?.ok === true) return
    await sleep(250)
  }
  throw new Error(`${url} did not answer within a minute`)
}

async function waitForDemo(url: string): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    await sleep(250)
    const answer = await fetch(`${url}/api/v1/stores/salma/products?limit=100`).catch(() => undefined)
    if (answer?.ok !== true) continue
    const { items } = (await answer.json()) as {
      items: { slug: string; cover: { renditions?: unknown[] } | null }[]
    }
    // At first no product has its cover yet.
    const covers = items.flatMap(({ cover }) => cover ?? [])
    const ready = covers.length > 0 && covers.every(({ renditions }) => (renditions?.length ?? 0) > 0)
    if (items.length >= 12 && ready) return items[0]?.slug ?? ''
  }
  throw new Error('the demo store did not open within two and a half minutes')
}
