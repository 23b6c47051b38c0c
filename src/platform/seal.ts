import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const FORM = 'v1.'

/**
 * Encrypts a secret that must be read again, for keeping in the database, with a 32-byte key of `secrets.ts`. `place`
 * names the row it belongs to: the text opens nowhere else, so that it cannot be moved to where somebody may look.
 */
export function seal(key: Buffer, place: string, text: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(place))
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return FORM + Buffer.concat([nonce, cipher.getAuthTag(), hidden]).toString('base64url')
}

/** Decrypts what `seal` made. @throws for another key or place, and for a text that was changed. */
export function unseal(key: Buffer, place: string, sealed: string): string {
  if (!sealed.startsWith(FORM)) throw new Error('not a sealed text')
  const bytes = Buffer.from(sealed.slice(FORM.length), 'base64url')
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(place))
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  const hidden = bytes.subarray(NONCE_BYTES + TAG_BYTES)
  return Buffer.concat([decipher.update(hidden), decipher.final()]).toString('utf8')
}
