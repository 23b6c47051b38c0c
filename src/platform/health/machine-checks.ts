import { access, constants, mkdir, open, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Services } from '../ctx.ts'
import { secretsPath } from '../keyring.ts'
import { finding, reasonOf, vital, type Finding } from './finding.ts'

const MEGABYTE = 1024 * 1024
const NO_SPACE_BYTES = 100 * MEGABYTE
const LITTLE_SPACE_BYTES = 2048 * MEGABYTE
const LITTLE_SHARE = 0.03
const JUMP_MS = 5_000

/** What is free where the server keeps things, in bytes. */
export async function freeSpace(path: string): Promise<{ free: number; total: number }> {
  const { bavail, blocks, bsize } = await statfs(path)
  return { free: bavail * bsize, total: blocks * bsize }
}

/** Whether there is space, and whether it may be written to. */
export async function checkDisk({ config }: Services): Promise<Finding[]> {
  const { free, total } = await freeSpace(config.dataDir)
  const values = { path: config.dataDir, megabytes: Math.round(free / MEGABYTE) }
  const little = free < LITTLE_SPACE_BYTES && free < Math.max(NO_SPACE_BYTES * 3, total * LITTLE_SHARE)
  const written = await tryToWrite(config.dataDir)
  if (written === 'ENOSPC' || written === 'EDQUOT' || free < NO_SPACE_BYTES)
    return [vital('disk', ['bad', 'full'], values)]
  if (written !== undefined) return [vital('disk', ['bad', 'read-only'], { ...values, reason: written })]
  return [vital('disk', little ? ['poor', 'little'] : ['good', 'fine'], values)]
}

/** The code of what stood in the way of writing some bytes, or undefined. */
async function tryToWrite(folder: string): Promise<string | undefined> {
  const path = join(folder, `.probe-${process.pid}`)
  try {
    const file = await open(path, 'w', 0o600)
    try {
      await file.write(Buffer.alloc(4096))
      await file.sync()
    } finally {
      await file.close()
    }
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : reasonOf(error)
  } finally {
    await rm(path, { force: true }).catch(() => undefined)
  }
}

/** Whether the keys are this user's alone. */
export async function checkPermissions({ config }: Services): Promise<Finding[]> {
  const path = secretsPath(config.dataDir)
  const { mode } = await stat(path)
  const open = (mode & 0o077) !== 0
  return [
    finding('permissions', open ? ['bad', 'open'] : ['good', 'fine'], { path, command: `chmod 600 ${path}` }),
  ]
}

/** Whether storage answers. */
export async function checkStorage({ files, config }: Services): Promise<Finding[]> {
  const where = config.s3 === undefined ? join(config.dataDir, 'files') : `s3://${config.s3.bucket}`
  try {
    if (config.s3 === undefined) {
      await mkdir(where, { recursive: true, mode: 0o700 })
      await access(where, constants.R_OK | constants.W_OK | constants.X_OK)
    }
    await files.size('health/probe')
    return [finding('storage', ['good', 'fine'], { where })]
  } catch (error) {
    return [finding('storage', ['bad', 'away'], { where, reason: reasonOf(error) })]
  }
}

// The wall clock against one that nobody sets, since the process began.
let expectedOffset: number | undefined

/** Whether the machine's clock was set to another time while the server ran. */
export function checkClockJump({ clock }: Services): Promise<Finding[]> {
  const offset = clock.now().getTime() - performance.now()
  const jumped = expectedOffset === undefined ? 0 : offset - expectedOffset
  // Small corrections are what keeps a clock right; they are followed.
  if (expectedOffset === undefined || Math.abs(jumped) < JUMP_MS) expectedOffset = offset
  const minutes = Math.round(Math.abs(jumped) / 60_000)
  const direction = jumped < 0 ? 'back' : 'ahead'
  if (Math.abs(jumped) < JUMP_MS) return Promise.resolve([])
  return Promise.resolve([
    finding('clock-jump', ['poor', direction], { minutes, seconds: Math.round(Math.abs(jumped) / 1_000) }),
  ])
}

/** Whether people can reach the server under the address that its mails name. */
export function checkAddress({ config }: Services): Promise<Finding[]> {
  const { hostname, protocol } = new URL(config.publicUrl)
  const values = { url: config.publicUrl, variable: 'PUBLIC_URL' }
  const local = hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]'
  if (local) return Promise.resolve([finding('address', ['poor', 'local'], values)])
  return Promise.resolve([
    finding('address', protocol === 'http:' ? ['poor', 'plain'] : ['good', 'fine'], values),
  ])
}
