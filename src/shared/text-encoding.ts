/** The encodings that files of text come in. */
export const TEXT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1256', 'windows-1252'] as const

/** One of them; see TEXT_ENCODINGS. */
export type TextEncoding = (typeof TEXT_ENCODINGS)[number]

/** Looks at all bytes of a file as they pass, and then says in which encoding it is written. */
export type EncodingDetector = {
  push(bytes: Uint8Array): void
  /** `binary`: no text in any of them. */
  end(): TextEncoding | 'binary'
}

/** The first bytes of packed, printed and drawn files, which people pick by mistake: ZIP (so XLSX), PDF, OLE (XLS), gzip, PNG, JPEG, RAR, 7z. */
const MAGIC = ['504b0304', '255044462d', 'd0cf11e0', '1f8b', '89504e47', 'ffd8ff', '52617221', '377abcaf']

type Seen = {
  head: number[]
  /** Null bytes at even and at odd places. */
  nulls: [number, number]
  /** Control characters that no text has. */
  controls: number
  /** Bytes above 127, and those of them that stand beside another. */
  high: number
  paired: number
  size: number
  last: number
  utf8: TextDecoder | undefined
}

/**
 * Decides by every byte of the file, not by its beginning alone: an export is often plain ASCII until the first name. What
 * is valid UTF-8 is UTF-8. Else Windows-1256 (Arabic) and Windows-1252 (Western) remain, which share all bytes: Arabic
 * letters stand beside each other, Western accents stand alone between plain letters.
 */
export function detectEncoding(): EncodingDetector {
  const seen: Seen = {
    head: [],
    nulls: [0, 0],
    controls: 0,
    high: 0,
    paired: 0,
    size: 0,
    last: 0,
    utf8: new TextDecoder('utf-8', { fatal: true }),
  }
  return {
    push: (bytes) => look(seen, bytes),
    end: () => decide(seen),
  }
}

function look(seen: Seen, bytes: Uint8Array): void {
  for (const byte of bytes.subarray(0, Math.max(0, 8 - seen.head.length))) seen.head.push(byte)
  decodes(seen, bytes, true)
  for (const byte of bytes) {
    if (byte === 0) seen.nulls[seen.size & 1 ? 1 : 0] += 1
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27)) seen.controls += 1
    else if (byte > 127) {
      seen.high += 1
      if (seen.last > 127) seen.paired += 1
    }
    seen.last = byte
    seen.size += 1
  }
}

function decodes(seen: Seen, bytes: Uint8Array, more: boolean): void {
  try {
    seen.utf8?.decode(bytes, { stream: more })
  } catch {
    seen.utf8 = undefined
  }
}

/** Nulls at every second place, or nearly: Latin digits and commas of UTF-16. */
const NULL_SHARE = 0.15

function decide(seen: Seen): TextEncoding | 'binary' {
  decodes(seen, new Uint8Array(), false)
  const head = seen.head.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  if (head.startsWith('fffe')) return 'utf-16le'
  if (head.startsWith('feff')) return 'utf-16be'
  if (MAGIC.some((magic) => head.startsWith(magic))) return 'binary'
  const [even, odd] = seen.nulls
  if (even + odd > 0) {
    const pairs = seen.size / 2
    if (odd > pairs * NULL_SHARE && even === 0) return 'utf-16le'
    if (even > pairs * NULL_SHARE && odd === 0) return 'utf-16be'
    return 'binary'
  }
  if (seen.controls > 0) return 'binary'
  if (seen.utf8 !== undefined) return 'utf-8'
  return seen.paired * 2 >= seen.high ? 'windows-1256' : 'windows-1252'
}

/** The file's text, piece by piece, without its byte order mark. What is no text in the encoding becomes U+FFFD. */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true })
  yield decoder.decode()
}
