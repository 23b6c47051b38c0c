const BLOCK = 512
const MOST_OCTAL = 8 ** 11
const NAME_BYTES = 100

/** What a member of the archive is called, and how many bytes follow. */
export type Header = { name: string; size: number }

/**
 * The header of a member. Long names and sizes of 8 GiB and more go into a record before it.
 * Source: POSIX.1-2017, pax, "ustar interchange format" and "pax extended header".
 */
export function tarHeader({ name, size }: Header): Buffer {
  const records: string[] = []
  if (Buffer.byteLength(name) > NAME_BYTES) records.push(paxRecord('path', name))
  if (size >= MOST_OCTAL) records.push(paxRecord('size', String(size)))
  const own = block(Buffer.from(name).subarray(0, NAME_BYTES), size >= MOST_OCTAL ? 0 : size, '0')
  if (records.length === 0) return own
  const body = Buffer.from(records.join(''))
  return Buffer.concat([block(Buffer.from('pax'), body.byteLength, 'x'), body, padding(body.byteLength), own])
}

/** The zero bytes after a member of `size` bytes. */
export function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)
}

/** What ends an archive. */
export const TAR_END = Buffer.alloc(2 * BLOCK)

function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const bytes = Buffer.byteLength(rest)
  let length = bytes + String(bytes).length
  if (String(length).length > String(bytes).length) length = bytes + String(length).length
  return `${length}${rest}`
}

function block(name: Uint8Array, size: number, type: '0' | 'x'): Buffer {
  const bytes = Buffer.alloc(BLOCK)
  bytes.set(name, 0)
  const octal = (value: number, at: number, width: number) =>
    bytes.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1')
  octal(0o600, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(0, 136, 12)
  bytes.write('        ', 148, 'latin1')
  bytes.write(type, 156, 'latin1')
  bytes.write('ustar\x0000', 257, 'latin1')
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return bytes
}

/** A member on its way; its body must be read to the end before the next one comes. */
export type Member = Header & { body: AsyncIterable<Buffer> }

/** Something in the bytes that cannot be: the archive is damaged or no archive. */
export class DamagedArchive extends Error {}

/** The members of an archive, one after the other. @throws DamagedArchive */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<Member, void> {
  const reader = readerOf(source)
  let extended: Partial<Header> = {}
  for (;;) {
    const bytes = await reader.exactly(BLOCK)
    if (bytes.every((byte) => byte === 0)) return
    const { type, ...plain } = parseHeader(bytes)
    if (type === 'x') {
      extended = parsePax(await reader.exactly(plain.size))
      await reader.exactly(padding(plain.size).byteLength)
      continue
    }
    const header = { ...plain, ...extended }
    extended = {}
    let left = header.size
    const body = async function* (): AsyncGenerator<Buffer, void> {
      while (left > 0) {
        const part = await reader.upTo(left)
        left -= part.byteLength
        yield part
      }
    }
    yield { ...header, body: body() }
    // Whoever did not want the body has not moved past it.
    while (left > 0) left -= (await reader.upTo(left)).byteLength
    await reader.exactly(padding(header.size).byteLength)
  }
}

function parseHeader(bytes: Buffer): Header & { type: string } {
  const text = (from: number, to: number) => bytes.toString('utf8', from, to).split('\0')[0] ?? ''
  const told = Number.parseInt(text(148, 156), 8)
  const counted = bytes.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0)
  if (told !== counted) throw new DamagedArchive()
  return { name: text(0, 100), size: Number.parseInt(text(124, 136), 8), type: text(156, 157) }
}

function parsePax(bytes: Buffer): Partial<Header> {
  const found: Partial<Header> = {}
  for (const [, key, value] of bytes.toString().matchAll(/\d+ (path|size)=([^\n]*)\n/g)) {
    if (key === 'path' && value !== undefined) found.name = value
    if (key === 'size') found.size = Number(value)
  }
  return found
}

function readerOf(source: AsyncIterable<Uint8Array>) {
  const chunks = source[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  /** At least one byte and at most `most`. */
  const upTo = async (most: number): Promise<Buffer> => {
    while (rest.byteLength === 0) {
      const next: IteratorResult<Uint8Array, unknown> = await chunks.next()
      if (next.done === true) throw new DamagedArchive()
      const { value } = next
      rest = Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    }
    const part = rest.subarray(0, most)
    rest = rest.subarray(part.byteLength)
    return part
  }
  const exactly = async (size: number): Promise<Buffer> => {
    const parts: Buffer[] = []
    for (let left = size; left > 0;) {
      const part = await upTo(left)
      left -= part.byteLength
      parts.push(part)
    }
    return parts.length === 1 ? (parts[0] ?? rest) : Buffer.concat(parts)
  }
  return { upTo, exactly }
}
