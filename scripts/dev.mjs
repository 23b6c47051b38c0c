// Runs Rafid with the demo store on a data directory of its own, and again whenever the code changes.
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { fileURLToPath } from 'node:url'

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
process.env['DATA_DIR'] ??= '.cache/dev'
process.env['RATE_LIMITS'] ??= 'off'

let server
let building = false
let again = false
let stopping = false

const run = (args) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit' })
    child.once('exit', (code) => resolve(code))
  })

async function stopServer() {
  const running = server
  server = undefined
  if (running === undefined || running.exitCode !== null) return
  await new Promise((resolve) => {
    running.once('exit', resolve)
    running.kill('SIGTERM')
  })
}

async function rebuild() {
  if (building) {
    again = true
    return
  }
  building = true
  do {
    again = false
    const code = await run(['scripts/build.mjs'])
    if (code === 0 && !stopping) {
      await stopServer()
      server = spawn(process.execPath, ['--enable-source-maps', 'dist/server/main.js', '--demo'], {
        stdio: 'inherit',
      })
    }
  } while (again && !stopping)
  building = false
}

let timer
for (const folder of ['src', 'messages', 'migrations']) {
  watch(folder, { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void rebuild(), 150)
  })
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, async () => {
    stopping = true
    await stopServer()
    process.exit(0)
  })
}

console.log('Demo: sign in at /dashboard as salma@example.com with the password a-river-of-many-streams')
await rebuild()
