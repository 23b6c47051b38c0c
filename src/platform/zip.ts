import { crc32, deflateRawSync } from 'node:zlib'

/** One file of an archive. */
export type ZipEntry = {
  name: string
  bytes: Uint8Array
  /** Kept as it is, as EPUB wants of its first file. */
  stored?: boolean
}

/** 1 January 2026, midnight, as archives write it: the same files give the same archive. */
const DOS_DATE = ((2026 - 1980) << 9) | (1 << 5) | 1
/** Names are UTF-8. */
const FLAGS = 0x0800

/** An archive that grows: what `add` gives, in order, and then what `end` gives, is its content. */
export type ZipWriter = { add(entry: ZipEntry): Buffer; end(): Buffer }

/** Begins an archive of at most 65,535 files and 4 GB. Source: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16. */
export function createZip(): ZipWriter {
  const directory: Buffer[] = []
  let offset = 0
  return {
    add(entry) {
      const name = Buffer.from(entry.name, 'utf8')
      const body =
        entry.stored === true ? Buffer.from(entry.bytes) : deflateRawSync(entry.bytes, { level: 9 })
      const common = commonFields(entry, name, body)
      directory.push(
        Buffer.concat([
          uint32(0x02014b50),
          uint16(20),
          common,
          uint16(0),
          uint16(0),
          uint16(0),
          uint32(0),
          uint32(offset),
          name,
        ]),
      )
      const local = Buffer.concat([uint32(0x04034b50), common, name, body])
      offset += local.byteLength
      return local
    },
    end() {
      const index = Buffer.concat(directory)
      const count = uint16(directory.length)
      return Buffer.concat([
        index,
        uint32(0x06054b50),
        uint16(0),
        uint16(0),
        count,
        count,
        uint32(index.byteLength),
        uint32(offset),
        uint16(0),
      ])
    },
  }
}

/** An archive of small files, whole. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const writer = createZip()
  return Buffer.concat([...entries.map((entry) => writer.add(entry)), writer.end()])
}

function commonFields(entry: ZipEntry, name: Buffer, body: Buffer): Buffer {
  return Buffer.concat([
    uint16(20),
    uint16(FLAGS),
    uint16(entry.stored === true ? 0 : 8),
    uint16(0),
    uint16(DOS_DATE),
    uint32(crc32(entry.bytes)),
    uint32(body.byteLength),
    uint32(entry.bytes.byteLength),
    uint16(name.byteLength),
    uint16(0),
  ])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
