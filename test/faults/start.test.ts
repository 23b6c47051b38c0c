import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { postmasterPid, serversIn } from '../../src/platform/postgres/leftovers.ts'
import { freePort } from '../support/free-port.ts'
import { FOLDER, secretFiles, secretsIn } from '../support/secret-files.ts'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'rafid-start-'))
const dataDir = join(folder, 'data')
const cluster = join(dataDir, 'postgres/data')
const started = new Set<ChildProcess>()

/** A start of the program: what it prints, and the end that it finds. */
type Start = { child: ChildProcess; output: () => string; url: string; pid: () => number }

beforeAll(() => {
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' })
  if (built.status !== 0) throw new Error(`the build failed: ${built.stderr}`)
}, 120_000)

afterEach(async () => {
  for (const child of started) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  started.clear()
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('npm start prints the address and the set-up link, and answers', { timeout: 120_000 }, async () => {
  const first = await start('npm')
  const link = readFileSync(join(dataDir, 'setup-link'), 'utf8').trim()
  await until(() => first.output().includes(link))
  expect(first.output()).toContain(first.url)
  // Made by the start itself, folder and all: nobody else on the machine can read a key.
  const secret = [...secretsIn(dataDir), link.split('#')[1] ?? link]
  expect(secretFiles(dataDir, secret)).toEqual({
    'secrets.json': `600 in ${FOLDER}`,
    'setup-link': `600 in ${FOLDER}`,
  })
  first.child.kill('SIGTERM')
  await gone(first)
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s ends it in order, with nothing left',
  async (signal) => {
    const running = await start()
    running.child.kill(signal)
    const [code] = (await once(running.child, 'exit')) as [number | null]
    expect(code).toBe(0)
    expect(serversIn(cluster)).toEqual([])
    expect(existsSync(join(cluster, 'postmaster.pid'))).toBe(false)
    expect(existsSync(join(dataDir, 'running'))).toBe(false)
  },
)

test('a signal during the start leaves nothing either', async () => {
  const fresh = join(folder, 'early')
  for (const afterMs of [150, 400, 700]) {
    const child = run([process.execPath, 'dist/server/main.js'], {
      DATA_DIR: fresh,
      PORT: String(await freePort()),
    })
    await sleep(afterMs)
    child.kill('SIGTERM')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    await until(() => serversIn(join(fresh, 'postgres/data')).length === 0)
  }
})

test('when Node is killed, the guard stops PostgreSQL', async () => {
  const running = await start()
  expect(serversIn(cluster)).not.toEqual([])
  process.kill(running.pid(), 'SIGKILL')
  await gone(running)
})

test('when Node is killed together with its guard, the next start stops what they left', async () => {
  const running = await start()
  const orphan = postmasterPid(cluster)
  for (const pid of [...childrenNamed(running.pid(), 'rafid-guard'), running.pid()])
    process.kill(pid, 'SIGKILL')
  await sleep(500)
  expect(serversIn(cluster)).toContain(orphan)
  const next = await start()
  expect(serversIn(cluster)).not.toContain(orphan)
  next.child.kill('SIGTERM')
  await gone(next)
})

test('a guard that is killed is replaced', async () => {
  const running = await start()
  const [guard] = childrenNamed(running.pid(), 'rafid-guard')
  process.kill(guard ?? 0, 'SIGKILL')
  await until(() => childrenNamed(running.pid(), 'rafid-guard').some((pid) => pid !== guard))
  process.kill(running.pid(), 'SIGKILL')
  await gone(running)
})

test('when PostgreSQL is killed, the program goes on', async () => {
  const running = await start()
  const before = postmasterPid(cluster)
  process.kill(before ?? 0, 'SIGKILL')
  await until(() => ![undefined, before].includes(postmasterPid(cluster)))
  await until(async () => (await status(`${running.url}/api/v1/stores/none/products`)) === 404)
  expect(running.child.exitCode).toBeNull()
})

test('when npm is killed, nothing of it stays', async () => {
  const running = await start('npm')
  const node = running.pid()
  expect(node).not.toBe(running.child.pid)
  running.child.kill('SIGKILL')
  await until(() => !existsSync(`/proc/${node}`))
  await gone(running)
})

test('a second start on the same data directory is refused', async () => {
  const running = await start()
  const second = run([process.execPath, 'dist/server/main.js'], { PORT: String(await freePort()) })
  const output = collect(second)
  const [code] = (await once(second, 'exit')) as [number | null]
  expect(code).toBe(1)
  expect(output().trim()).toBe(
    `Rafid is already running on the data directory ${dataDir} (process ${running.pid()}); stop that one first, or set DATA_DIR to another directory.`,
  )
  expect(await status(`${running.url}/healthz`)).toBe(200)
})

test.each([
  [{ PORT: '99999' }, 'PORT is "99999", but must be a whole number from 0 to 65535.'],
  [{ DATABASE_URL: 'mysql://db' }, 'DATABASE_URL is not usable, but must be'],
  [{ PUBLIC_URL: 'example' }, 'PUBLIC_URL is "example", but must be'],
  [{ PUBLIC_URL: 'https://host.example/shop' }, 'PUBLIC_URL is "https://host.example/shop", but must be'],
  [{ DATABASE_URL: 'postgres://127.0.0.1:1/x' }, 'DATABASE_URL names a database that cannot be opened'],
  [{ DATA_DIR: '/etc/passwd' }, 'DATA_DIR is "/etc/passwd", but a folder cannot be made'],
  [{ DATA_DIR: '/proc/rafid/data' }, 'DATA_DIR is "/proc/rafid/data", but a folder cannot be made'],
  [{ HOST: '999.1.1.1' }, 'HOST is "999.1.1.1", but this machine has no such address.'],
])('a wrong setting stops the start with one sentence: %o', async (env, sentence) => {
  const child = run([process.execPath, 'dist/server/main.js'], env)
  const output = collect(child)
  const [code] = (await once(child, 'exit')) as [number | null]
  expect(code).toBe(1)
  expect(output()).toContain(sentence)
  expect(output().trim().split('\n')).toHaveLength(1)
})

test('a taken port stops the start with one sentence, and PostgreSQL with it', async () => {
  const server = createServer()
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '0.0.0.0', resolve))
  const child = run([process.execPath, 'dist/server/main.js'], { PORT: String(port) })
  const output = collect(child)
  const [code] = (await once(child, 'exit')) as [number | null]
  server.close()
  expect(code).toBe(1)
  expect(output()).toContain(`PORT ${port} is taken by another program; set PORT to a free one.`)
  expect(serversIn(cluster)).toEqual([])
})

async function start(by: 'node' | 'npm' = 'node'): Promise<Start> {
  const port = await freePort()
  const command = by === 'npm' ? ['npm', 'start'] : [process.execPath, 'dist/server/main.js']
  const child = run(command, { PORT: String(port) })
  const output = collect(child)
  const url = `http://localhost:${port}`
  await until(async () => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended: ${output()}`)
    // The address is printed when everything is up; requests are answered a little before.
    return output().includes(url) && (await status(`${url}/healthz`)) === 200
  }, 60_000)
  const program = by === 'node' ? child.pid : childrenNamed(child.pid ?? 0, 'dist/server/main.js')[0]
  return { child, output, url, pid: () => program ?? 0 }
}

function run(command: readonly string[], env: Record<string, string>): ChildProcess {
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    cwd: root,
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      HOST: '0.0.0.0',
      LOG_LEVEL: 'warn',
      RATE_LIMITS: 'off',
      NODE_ENV: '',
      // As under npm: it ends when its parent does, so a run of tests that is killed leaves no server.
      npm_lifecycle_event: 'start',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.add(child)
  return child
}

function collect(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => (text += bytes.toString()))
  return () => text
}

/** Waits until neither the program nor anything of its cluster is there. */
async function gone({ child }: Start): Promise<void> {
  await until(() => child.exitCode !== null || child.signalCode !== null)
  await until(() => serversIn(cluster).length === 0)
}

function childrenNamed(parent: number, name: string): number[] {
  const { stdout } = spawnSync('ps', ['-o', 'pid=,args=', '--ppid', String(parent)], { encoding: 'utf8' })
  return stdout
    .split('\n')
    .filter((line) => line.includes(name))
    .map((line) => Number.parseInt(line, 10))
}

async function status(url: string): Promise<number | undefined> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).status
  } catch {
    return undefined
  }
}

async function until(done: () => boolean | Promise<boolean>, limitMs = 20_000): Promise<void> {
  const end = performance.now() + limitMs
  while (!(await done())) {
    if (performance.now() > end) throw new Error(`waited for ${limitMs / 1000} s in vain`)
    await sleep(25)
  }
}
