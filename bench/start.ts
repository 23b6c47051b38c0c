/**
 * How long `npm start` takes to its first answer: of a checkout that is installed and built, on a data directory that has
 * been used, and of a fresh clone of the last commit with what npm has in its cache.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { freePort } from '../test/support/free-port.ts'
import { median, runBench } from './support/report.ts'
import { firstAnswer, launch, makeFolder, root, serverEnv, stopChild } from './support/server.ts'

const ROUNDS = 5
const CLONE_MS = 300_000

await runBench(async (report) => {
  const dataDir = makeFolder('start')
  await start(root, dataDir)
  const warm: number[] = []
  for (let nth = 0; nth < ROUNDS; nth++) warm.push(await start(root, dataDir))
  report({
    name: 'start: warm',
    value: median(warm) / 1000,
    unit: 's',
    reference: 3,
    limit: 'at most',
    note: `median of ${ROUNDS}: ${warm.map((ms) => (ms / 1000).toFixed(2)).join(', ')}`,
  })
  const clone = join(makeFolder('clone'), 'rafid')
  const began = performance.now()
  const cloned = spawnSync('git', ['clone', '--quiet', root, clone], { encoding: 'utf8' })
  if (cloned.status !== 0) throw new Error(cloned.stderr)
  const cloneMs = performance.now() - began
  const startMs = await start(clone, join(clone, 'data'))
  report({
    name: 'start: fresh clone',
    value: (cloneMs + startMs) / 1000,
    unit: 's',
    reference: 90,
    limit: 'at most',
    note: 'clone, install, build, first cluster',
  })
})

/** Runs `npm start` until the store's front page answers, then stops it. */
async function start(folder: string, dataDir: string): Promise<number> {
  const port = await freePort()
  const log = join(makeFolder('log'), 'log')
  const began = performance.now()
  const child = launch(['npm', 'start'], { cwd: folder, env: npmEnv(port, dataDir), log })
  const answered = await firstAnswer(child, `http://127.0.0.1:${port}/healthz`, log, CLONE_MS)
  await stopChild(child)
  return answered - began
}

/** What npm itself needs beside the program's settings. */
function npmEnv(port: number, dataDir: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) =>
    /^(npm_config_(cache|registry|userconfig)|NPM_CONFIG_|https?_proxy|no_proxy)/i.test(name),
  )
  return { ...Object.fromEntries(own), ...serverEnv(port, dataDir) }
}
