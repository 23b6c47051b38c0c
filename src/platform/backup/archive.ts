import { createHash, type Hash } from 'node:crypto'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { z } from 'zod'
import { DamagedArchive, padding, readTar, TAR_END, tarHeader, type Member } from './tar.ts'

/** So many members share one list of checksums, so that neither side has to remember all. */
const LIST_LENGTH = 1_000

type Sum = { name: string; size: number; sha256: string }

/** An archive that grows: members, and now and then the list of the checksums of those before it. */
export type ArchiveWriter = {
  add(name: string, bytes: Uint8Array): Promise<void>
  /** Adds a member of exactly `size` bytes. @throws Error when the source gives another number of bytes. */
  addStream(name: string, size: number, source: AsyncIterable<Uint8Array>): Promise<void>
  /** Ends the archive with its manifest; without one it counts as cut off. */
  finish(manifest: Record<string, unknown>): Promise<void>
}

/** Begins an archive. Nothing but the member that is being written is held in memory. */
export function createArchive(out: Writable): ArchiveWriter {
  let sums: Sum[] = []
  let lists = 0
  const chain = createHash('sha256')
  const write = async (bytes: Uint8Array) => {
    if (bytes.byteLength > 0 && !out.write(bytes)) await once(out, 'drain')
  }
  const member = async (
    name: string,
    size: number,
    source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ) => {
    await write(tarHeader({ name, size }))
    const hash = createHash('sha256')
    let written = 0
    for await (const bytes of source) {
      hash.update(bytes)
      written += bytes.byteLength
      if (written > size) break
      await write(bytes)
    }
    if (written !== size) throw new Error(`${name} has changed while it was being copied`)
    await write(padding(size))
    return { name, size, sha256: hash.digest('hex') }
  }
  const list = async () => {
    lists += 1
    const bytes = Buffer.from(JSON.stringify(sums))
    sums = []
    chain.update(bytes)
    await member(`checksums/${String(lists).padStart(6, '0')}.json`, bytes.byteLength, [bytes])
  }
  const addStream: ArchiveWriter['addStream'] = async (name, size, source) => {
    sums.push(await member(name, size, source))
    if (sums.length >= LIST_LENGTH) await list()
  }
  return {
    add: (name, bytes) => addStream(name, bytes.byteLength, streamOf(bytes)),
    addStream,
    async finish(manifest) {
      if (sums.length > 0) await list()
      const whole = { ...manifest, checksums: { lists, sha256: chain.digest('hex') } }
      const bytes = Buffer.from(`${JSON.stringify(whole, undefined, 2)}\n`)
      const { sha256 } = await member(MANIFEST, bytes.byteLength, [bytes])
      const seal = Buffer.from(`${sha256}\n`)
      await member(MANIFEST_SUM, seal.byteLength, [seal])
      await write(TAR_END)
    },
  }
}

/** The last members: what the archive holds and what proves that it is all there, and the checksum of that. */
const MANIFEST = 'manifest.json'
const MANIFEST_SUM = 'manifest.sha256'

async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield await Promise.resolve(bytes)
}

const sumsSchema = z.array(z.object({ name: z.string(), size: z.number(), sha256: z.string() }))
const manifestSchema = z.looseObject({ checksums: z.object({ lists: z.number(), sha256: z.string() }) })

/** What ended an archive: the writer's manifest. */
export type Ending = Record<string, unknown>

/**
 * The members of an archive, each of which the caller may read or pass over; their bytes are checked on the way, and
 * whether the archive is whole at its end, whose manifest it returns.
 * @throws DamagedArchive at the first list that does not agree, or at an end that comes too early.
 */
export async function* readArchive(source: AsyncIterable<Uint8Array>): AsyncGenerator<Member, Ending> {
  let sums: Sum[] = []
  let lists = 0
  const chain = createHash('sha256')
  let manifest: Buffer | undefined
  for await (const member of readTar(source)) {
    if (manifest !== undefined) {
      const told = (await whole(member)).toString().trim()
      if (member.name !== MANIFEST_SUM || told !== createHash('sha256').update(manifest).digest('hex')) break
      return endOf(manifest, { lists, chain, left: sums.length })
    }
    if (member.name === MANIFEST) {
      manifest = await whole(member)
      continue
    }
    if (member.name.startsWith('checksums/')) {
      const bytes = await whole(member)
      lists += 1
      chain.update(bytes)
      if (JSON.stringify(parse(sumsSchema, bytes)) !== JSON.stringify(sums)) throw new DamagedArchive()
      sums = []
      continue
    }
    if (sums.length >= LIST_LENGTH) throw new DamagedArchive()
    const hash = createHash('sha256')
    const body = hashed(member.body, hash)
    yield { ...member, body }
    for await (const _rest of body);
    sums.push({ name: member.name, size: member.size, sha256: hash.digest('hex') })
  }
  throw new DamagedArchive()
}

type Counted = { lists: number; chain: Hash; left: number }

function endOf(bytes: Buffer, { lists, chain, left }: Counted): Ending {
  const { checksums, ...manifest } = parse(manifestSchema, bytes)
  if (left > 0 || checksums.lists !== lists || checksums.sha256 !== chain.digest('hex'))
    throw new DamagedArchive()
  return manifest
}

function parse<Schema extends z.ZodType>(schema: Schema, bytes: Buffer): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(bytes.toString()))
  } catch (error) {
    throw new DamagedArchive('', { cause: error })
  }
}

async function* hashed(body: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer, void> {
  for await (const bytes of body) {
    hash.update(bytes)
    yield bytes
  }
}

/** All bytes of a small member. */
export async function whole({ body }: Pick<Member, 'body'>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of body) parts.push(part)
  return Buffer.concat(parts)
}
