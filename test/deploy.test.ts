import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, test, type TestContext } from 'vitest'
import { readConfig } from '../src/platform/config.ts'
import { prepareServer, type FaultyServer } from './faults/support/server.ts'
import { comeBack, newPurchase, openStore, orderIt, pay } from './faults/support/shopper.ts'
import { untilWhole } from './faults/support/walk.ts'
import { freePort } from './support/free-port.ts'

const deploy = join(import.meta.dirname, '../deploy')
const folder = mkdtempSync(join(tmpdir(), 'rafid-d'))
const running = new Set<ChildProcess>()

afterEach(async () => {
  for (const child of running) {
    child.kill('SIGTERM')
    if (child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once('exit', resolve))
  }
  running.clear()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A program of the system, or the one that a variable names; the test is skipped where there is none. */
function programOr(context: TestContext, name: string, ...paths: string[]): string {
  const given = [process.env[name.toUpperCase().replace('-', '_')], ...paths]
  const found = given.find((path) => path !== undefined && existsSync(path))
  return found ?? context.skip(`${name} is not installed`)
}

test('systemd takes the unit', (context) => {
  const program = programOr(context, 'systemd-analyze', '/usr/bin/systemd-analyze')
  const unit = join(folder, 'rafid.service')
  // The program that it starts is not installed here.
  const text = readFileSync(join(deploy, 'rafid.service'), 'utf8')
  writeFileSync(unit, text.replace(/^ExecStart=\S+/m, 'ExecStart=/bin/true'))
  const { status, stderr } = spawnSync(program, ['verify', unit], { encoding: 'utf8' })
  expect({ status, said: stderr.split('\n').filter((line) => line.includes('rafid.service')) }).toEqual({
    status: 0,
    said: [],
  })
})

describe('the container file', () => {
  const text = readFileSync(join(deploy, 'Containerfile'), 'utf8')
  const [, build = '', image = ''] = text.split(/^FROM .*$/m)
  /** What a stage takes from the checkout. */
  const taken = (stage: string) =>
    [...stage.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '))
  const listed = readFileSync(join(deploy, '../.dockerignore'), 'utf8').split('\n')

  test('takes what is there and what the builder is shown, and nothing else is shown', () => {
    const all = [...new Set([...taken(build), ...taken(image)])]
    expect(all.filter((name) => !existsSync(join(deploy, '..', name)))).toEqual([])
    const shown = listed.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
    expect(listed[1]).toBe('*')
    expect([...new Set(all.map((name) => name.split('/')[0] ?? ''))].toSorted()).toEqual(shown.toSorted())
  })

  test('has all that the program reads beside its own code', () => {
    const src = join(deploy, '../src')
    const read = readdirSync(src, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
      .flatMap((name) => [...readFileSync(join(src, name), 'utf8').matchAll(/join\(projectRoot, '([^']+)'/g)])
      .map(([, path = '']) => path)
    expect(read.length).toBeGreaterThan(3)
    const there = [
      ...taken(image),
      ...[...image.matchAll(/^COPY --from=build \/opt\/rafid\/(\S+)/gm)].map(([, name]) => name),
    ]
    expect(
      read.filter((path) => !there.some((name) => path === name || path.startsWith(`${name}/`))),
    ).toEqual([])
    expect(there).toEqual(expect.arrayContaining(['package.json', 'node_modules', 'messages']))
  })

  test('runs as nobody in particular what the build makes, and keeps no secret', () => {
    expect(image).toMatch(/^USER 10001$/m)
    expect(image).toMatch(/^VOLUME \/data$/m)
    expect(image).toMatch(/^STOPSIGNAL SIGTERM$/m)
    const made = readFileSync(join(deploy, '../scripts/build.mjs'), 'utf8')
    const [, command = ''] = /^CMD (.+)$/m.exec(image) ?? []
    expect(JSON.parse(command)).toEqual([
      '/opt/rafid/node_modules/.bin/node',
      '--enable-source-maps',
      'dist/server/main.js',
    ])
    for (const entry of ["main: 'src/main.ts'", "cli: 'src/cli.ts'", "outdir: 'dist/server'"])
      expect(made).toContain(entry)
    expect(text).not.toMatch(/^(?:ARG|ENV) .*(?:SECRET|PASSWORD|PASSPHRASE|TOKEN|_URL)/m)
    expect(readConfig({ DATA_DIR: '/data', HOST: '0.0.0.0', PORT: '4010' })).toMatchObject({
      host: '0.0.0.0',
      port: 4010,
    })
  })

  test('asks the program itself for its health', async () => {
    const [, command = ''] = /^HEALTHCHECK .*CMD (.+)$/m.exec(image) ?? []
    const [, ...args] = JSON.parse(command) as string[]
    const asked: (string | undefined)[] = []
    let ready = true
    const server = createServer((request, answer) => {
      asked.push(request.url)
      answer.writeHead(ready ? 200 : 503).end()
    })
    const port = await freePort()
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const health = async () => {
      const child = spawn(process.execPath, args, { env: { PORT: String(port) }, stdio: 'ignore' })
      return new Promise((resolve) => child.once('exit', resolve))
    }
    expect(await health()).toBe(0)
    ready = false
    expect(await health()).toBe(1)
    await new Promise((resolve) => server.close(resolve))
    expect(await health()).toBe(1)
    expect(asked).toEqual(['/readyz', '/readyz'])
  })

  test('is built and set by the compose file as it wants to be', () => {
    const compose = readFileSync(join(deploy, 'compose.yaml'), 'utf8')
    expect(compose).toContain('dockerfile: deploy/Containerfile')
    const [, settings = ''] = /environment:\n((?: {6}\S.*\n)+)/.exec(compose) ?? []
    const env = Object.fromEntries(
      [...settings.matchAll(/^ {6}(\w+): '?([^'\n]+)'?$/gm)].map(([, name = '', value = '']) => [
        name,
        value.replace('${PUBLIC_URL:?}', 'https://store.example').replace('${POSTGRES_PASSWORD:?}', 'x'),
      ]),
    )
    expect(readConfig({ DATA_DIR: '/data', ...env })).toMatchObject({
      databaseUrl: 'postgres://rafid:x@database/rafid',
      publicUrl: 'https://store.example',
      trustProxy: true,
    })
  })
})

test('people buy through nginx', { timeout: 120_000 }, async (context) => {
  const nginx = programOr(context, 'nginx', '/usr/sbin/nginx')
  const [port, plain] = [await freePort(), await freePort()]
  const server = await startBehind(port)
  try {
    certificate()
    const site = readFileSync(join(deploy, 'nginx.conf'), 'utf8')
      .replace('listen 443', `listen 127.0.0.1:${port}`)
      .replace('listen 80', `listen 127.0.0.1:${plain}`)
      .replace(/ssl_certificate .*/, `ssl_certificate ${folder}/cert.pem;`)
      .replace(/ssl_certificate_key .*/, `ssl_certificate_key ${folder}/key.pem;`)
      .replace('127.0.0.1:4010', new URL(server.inner).host)
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${folder}/${name};`)
      .join('')
    const conf = join(folder, 'nginx.conf')
    writeFileSync(
      conf,
      `daemon off;pid ${folder}/pid;error_log ${folder}/error.log;events {}http {access_log off;${temporary}${site}}`,
    )
    const checked = spawnSync(nginx, ['-t', '-c', conf, '-e', join(folder, 'error.log')], {
      encoding: 'utf8',
    })
    expect(checked.stderr).toContain('syntax is ok')
    begin(nginx, ['-c', conf, '-e', join(folder, 'error.log')])
    await buyThrough(server)
    const redirected = await fetch(`http://127.0.0.1:${plain}/ar`, { redirect: 'manual' })
    expect([redirected.status, redirected.headers.get('location')]).toEqual([301, 'https://127.0.0.1/ar'])
  } finally {
    await server.close()
  }
})

test('people buy through Caddy', { timeout: 120_000 }, async (context) => {
  const caddy = programOr(context, 'caddy', '/usr/bin/caddy')
  const port = await freePort()
  const server = await startBehind(port)
  try {
    certificate()
    const site = readFileSync(join(deploy, 'Caddyfile'), 'utf8')
    const conf = join(folder, 'Caddyfile')
    writeFileSync(conf, site)
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder }
    const checked = spawnSync(caddy, ['validate', '--config', conf, '--adapter', 'caddyfile'], {
      env,
      encoding: 'utf8',
    })
    expect(checked.stdout + checked.stderr).toContain('Valid configuration')
    const here = site
      .replace('store.example {', `https://127.0.0.1:${port} {\n\ttls ${folder}/cert.pem ${folder}/key.pem`)
      .replace('127.0.0.1:4010', new URL(server.inner).host)
    writeFileSync(conf, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${here}`)
    begin(caddy, ['run', '--config', conf, '--adapter', 'caddyfile'], env)
    await buyThrough(server)
  } finally {
    await server.close()
  }
})

type Behind = FaultyServer & { close(): Promise<void>; inner: string }

/** A real server that is known to the public under another address. */
async function startBehind(port: number): Promise<Behind> {
  // The certificate here is nobody's.
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
  const url = `https://127.0.0.1:${port}`
  const server = await prepareServer({
    PUBLIC_URL: url,
    TRUST_PROXY: 'true',
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
  })
  return { ...server, inner: server.url, url }
}

function certificate(): void {
  const args = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost'
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
  spawnSync('openssl', [...args.split(' '), ...files], { stdio: 'ignore' })
}

function begin(program: string, args: readonly string[], env?: NodeJS.ProcessEnv): void {
  running.add(spawn(program, args, { stdio: 'ignore', ...(env === undefined ? {} : { env }) }))
}

async function buyThrough(server: Behind): Promise<void> {
  await server.start()
  const deadline = performance.now() + 20_000
  while (
    !(await fetch(`${server.url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (performance.now() > deadline) throw new Error('nothing comes through')
    await sleep(50)
  }
  const store = await openStore(server, 10)
  const purchase = newPurchase(1)
  await orderIt(server, store, purchase)
  expect(purchase.order?.paymentUrl).toContain(server.url)
  await pay(server, purchase, { delivery: 'once' })
  await comeBack(purchase)
  await untilWhole(server, purchase, 'sold')
  const page = await fetch(`${server.url}/ar/${store.slug}`)
  expect(page.status).toBe(200)
  expect(page.headers.get('strict-transport-security')).not.toBeNull()
}
