import { createHmac, timingSafeEqual } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import { assert } from '../../../platform/errors.ts'
import type { Head } from './read-chain.ts'

const FOLDER = 'audit-heads'
const fileSchema = z.object({ number: z.string().regex(/^\d+$/), hash: z.string() })

/**
 * The signature of a head with a key that is not in the database: whoever can only write there can make another chain,
 * but none that is signed.
 */
export function signHead(ctx: Ctx, { number, hash }: Omit<Head, 'signature'>): string {
  return createHmac('sha256', ctx.secrets.key('audit'))
    .update(`${ctx.workspaceId ?? ''}/${number}/${hash}`)
    .digest('base64url')
}

/** Whether a head is one that this installation signed. */
export function isSigned(ctx: Ctx, head: Head): boolean {
  const [given, expected] = [Buffer.from(head.signature), Buffer.from(signHead(ctx, head))]
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** Writes down, beside the database, how far a chain reached: an older head that is put back is then known as one. */
export async function keepHead(ctx: Ctx, { number, hash }: Head): Promise<void> {
  const path = pathOf(ctx)
  // Another process may have come further, and written it down first.
  const kept = await readKeptHead(ctx)
  if (kept !== undefined && kept.number >= number) return
  await mkdir(join(ctx.config.dataDir, FOLDER), { recursive: true })
  const draft = `${path}.${ctx.ids.next()}`
  await writeFile(draft, `${JSON.stringify({ number: `${number}`, hash })}\n`, { mode: 0o600 })
  await rename(draft, path)
}

/** What was written down last; undefined in a data directory that has seen no chain of this workspace. */
export async function readKeptHead(ctx: Ctx): Promise<{ number: bigint; hash: string } | undefined> {
  try {
    const { number, hash } = fileSchema.parse(JSON.parse(await readFile(pathOf(ctx), 'utf8')))
    return { number: BigInt(number), hash }
  } catch {
    return undefined
  }
}

function pathOf({ config, workspaceId }: Ctx): string {
  assert(workspaceId !== undefined, 'a chain is of a workspace')
  return join(config.dataDir, FOLDER, `${workspaceId}.json`)
}
