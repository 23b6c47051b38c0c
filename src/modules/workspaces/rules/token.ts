const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const WORKSPACE_LENGTH = 26
const SECRET_LENGTH = 52
const TOKEN = new RegExp(`^rafid_([${ALPHABET}]{${WORKSPACE_LENGTH}})_([${ALPHABET}]{${SECRET_LENGTH}})$`)

/** How many random bytes the secret of a token is made of. */
export const TOKEN_SECRET_BYTES = 32

/**
 * The token as it is shown once: `rafid_`, which secret scanners can look for, the workspace in base 32, so that the row
 * can be sought under row-level security, and the secret.
 */
export function writeToken(workspaceId: string, secret: Uint8Array): string {
  const workspace = Buffer.from(workspaceId.replaceAll('-', ''), 'hex')
  return `rafid_${base32(workspace)}_${base32(secret)}`
}

/** The workspace that a token names; undefined for what cannot be a token. */
export function workspaceOfToken(token: string): string | undefined {
  const encoded = TOKEN.exec(token)?.[1]
  if (encoded === undefined) return undefined
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
