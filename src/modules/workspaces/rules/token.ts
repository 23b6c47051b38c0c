import { crc32 } from 'node:zlib'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const LETTER = `[${ALPHABET}]`
const WORKSPACE_LENGTH = 26
const SECRET_LENGTH = 52
const CHECK_LENGTH = 7
const TOKEN = new RegExp(
  `^(rafid_(${LETTER}{${WORKSPACE_LENGTH}})_${LETTER}{${SECRET_LENGTH}})(${LETTER}{${CHECK_LENGTH}})$`,
)
const LINK = new RegExp(`^(${LETTER}{${WORKSPACE_LENGTH}})_${LETTER}{${SECRET_LENGTH}}$`)

/** How many random bytes the secret of a token is made of. */
export const TOKEN_SECRET_BYTES = 32

/**
 * The token as it is shown once: `rafid_`, which secret scanners can look for, the workspace in base 32, so that the row
 * can be sought under row-level security, the secret, and a checksum, by which a scanner knows a token from a likeness
 * without asking anybody.
 */
export function writeToken(workspaceId: string, secret: Uint8Array): string {
  const head = `rafid_${writeWorkspaceKey(workspaceId, secret)}`
  return head + checksum(head)
}

/** The workspace that a token names; undefined for what cannot be a token, be it only by one letter. */
export function workspaceOfToken(token: string): string | undefined {
  const [, head = '', workspace = '', check] = TOKEN.exec(token) ?? []
  return head !== '' && checksum(head) === check ? readWorkspace(workspace) : undefined
}

/** The key of a link that leads into a workspace: the workspace and the secret, both in base 32. */
export function writeWorkspaceKey(workspaceId: string, secret: Uint8Array): string {
  return `${base32(Buffer.from(workspaceId.replaceAll('-', ''), 'hex'))}_${base32(secret)}`
}

/** The workspace that a link's key names; undefined for what cannot be one. */
export function workspaceOfKey(key: string): string | undefined {
  const encoded = LINK.exec(key)?.[1]
  return encoded === undefined ? undefined : readWorkspace(encoded)
}

/** CRC-32 of the letters before, most significant bit first. */
function checksum(head: string): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(head))
  return base32(bytes)
}

function readWorkspace(encoded: string): string | undefined {
  const bits = Array.from(encoded).reduce(
    (value, letter) => value * 32n + BigInt(ALPHABET.indexOf(letter)),
    0n,
  )
  // 26 letters are 130 bits: the last two fill up and carry nothing.
  const hex = (bits >> 2n).toString(16).padStart(32, '0')
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : undefined
}

/** Bytes in Crockford's base 32 in lower case, the first bit first, filled up with zeros. */
export function base32(bytes: Uint8Array): string {
  let text = ''
  let value = 0
  let bits = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += ALPHABET.charAt((value >>> bits) & 31)
    }
    value &= 31
  }
  return bits === 0 ? text : text + ALPHABET.charAt((value << (5 - bits)) & 31)
}
