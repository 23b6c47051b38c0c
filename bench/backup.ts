/**
 * A backup of a full installation while it is in use, and the restore of it: first of rows alone, then with a gigabyte of
 * files. The command's own memory is watched: it must not grow with what it copies.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runBench, type Report } from './support/report.ts'
import { quiet } from './support/books.ts'
import { buy } from './support/buyers.ts'
import { fill } from './support/fill.ts'
import { makeFolder, root, startServer } from './support/server.ts'
import { openShop } from './support/shop.ts'

const ORDERS = Number(process.env['BENCH_ORDERS'] ?? 40_000)
const FILES = Number(process.env['BENCH_FILES'] ?? 64)
const FILE_BYTES = 16 * 1024 * 1024
const MEGABYTE = 1_000_000
const MEMORY_MB = 300

type Run = { seconds: number; peakMb: number; output: string }

/** Runs the command, and notes the largest resident memory that it had. */
async function runCommand(args: readonly string[], env: Record<string, string>): Promise<Run> {
  const began = performance.now()
  const child = spawn(process.execPath, [join(root, 'dist/server/cli.js'), ...args], {
    env: { PATH: process.env['PATH'], LANG: 'C', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  let peakMb = 0
  child.stdout.on('data', (bytes: Buffer) => (output += bytes.toString()))
  const watching = setInterval(() => {
    try {
      const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]
      peakMb = Math.max(peakMb, Number(kilobytes ?? 0) / 1024)
    } catch {
      // It has just ended.
    }
  }, 50)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  clearInterval(watching)
  if (code !== 0) throw new Error(`rafid ${args[0]} ended with ${code}: ${output}`)
  return { seconds: (performance.now() - began) / 1_000, peakMb, output }
}

/** What starting the command costs, which belongs to neither rows nor files. */
async function overhead(): Promise<number> {
  return (await runCommand(['backup', '--help'], {})).seconds
}

await runBench(async (report: Report) => {
  const server = await startServer('backup')
  const shop = await openShop(server)
  await buy(server.url, shop, { clients: 1, count: 1 })
  const db = await server.connect('postgres')
  await quiet(db)
  await fill(db, shop, { orders: ORDERS, products: 100 })
  await db.end()
  const folder = makeFolder('archive')
  const env = { DATA_DIR: server.dataDir, BACKUP_PASSPHRASE: 'a river of many streams' }
  const rowsFile = join(folder, 'rows.tar')
  const startSeconds = await overhead()
  const rowsOnly = await runCommand(['backup', rowsFile], env)
  const rows = Number(/holds ([\d,]+) rows/.exec(rowsOnly.output)?.[1]?.replaceAll(',', '') ?? 0)
  report({
    name: 'backup: rows',
    value: rows / (rowsOnly.seconds - startSeconds),
    unit: '/s',
    reference: 100_000,
    note: `${rows} rows`,
  })

  const kept = join(server.dataDir, 'files/kept', shop.workspaceId, 'files')
  mkdirSync(kept, { recursive: true })
  for (let nth = 0; nth < FILES; nth++) writeFileSync(join(kept, `bench-${nth}`), randomBytes(FILE_BYTES))
  const allFile = join(folder, 'all.tar')
  const all = await runCommand(['backup', allFile], env)
  const megabytes = (FILES * FILE_BYTES) / MEGABYTE
  report({
    name: 'backup: files',
    value: megabytes / (all.seconds - rowsOnly.seconds),
    unit: 'MB/s',
    reference: 80,
    note: `${Math.round(statSync(allFile).size / MEGABYTE)} MB in all`,
  })
  report({
    name: 'backup: memory',
    value: Math.max(all.peakMb, rowsOnly.peakMb),
    unit: 'MB',
    reference: MEMORY_MB,
    limit: 'at most',
    note: 'of the command, at its highest',
  })
  await server.stop()

  const target = makeFolder('restored')
  rmSync(target, { recursive: true, force: true })
  const check = await runCommand(['restore', rowsFile, '--verify'], { ...env, DATA_DIR: target })
  const back = await runCommand(['restore', rowsFile], { ...env, DATA_DIR: target })
  report({
    name: 'restore: rows',
    value: rows / (back.seconds - startSeconds),
    unit: '/s',
    reference: 50_000,
    note: `all of ${back.seconds.toFixed(1)} s: ${check.seconds.toFixed(1)} s of checking and a new cluster too`,
  })
  report({ name: 'restore: memory', value: back.peakMb, unit: 'MB', reference: MEMORY_MB, limit: 'at most' })
})
