import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Keyring } from '../keyring.ts'
import { SecretUnreadable } from './errors.ts'

const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32
const WRAPPED_BYTES = NONCE_BYTES + TAG_BYTES + KEY_BYTES

/** The version of the form: `v2.<id of the key-encryption key>.<base64url of the wrapped data key and the hidden text>`. */
const FORM = /^v2\.([0-9a-f]{16})\.([A-Za-z0-9_-]+)$/

type Parts = { keyId: string; wrapped: Buffer; hidden: Buffer }

/** Whether a text is in an envelope, and not in an older form or none. */
export function isSealed(text: string): boolean {
  return FORM.test(text)
}

/** The id of the key-encryption key that a sealed text hangs on. */
export function keyIdOf(sealed: string): string {
  return FORM.exec(sealed)?.[1] ?? ''
}

/**
 * Encrypts a text with a data key of its own, and that key with a key-encryption key of the ring. `place` names the
 * workspace, the row and what it is: the text opens nowhere else, so that it cannot be moved to where somebody may look.
 * @throws SecretUnreadable where the ring has not the key
 */
export function close(
  keyring: Keyring,
  keyId: string,
  { place, text }: { place: string; text: string },
): string {
  const dataKey = randomBytes(KEY_BYTES)
  return join({
    keyId,
    wrapped: wrap(keyring, keyId, { place, dataKey }),
    hidden: hide(dataKey, place, text),
  })
}

/** Decrypts what `close` made. @throws SecretUnreadable */
export function open(keyring: Keyring, place: string, sealed: string): string {
  const parts = split(sealed)
  return hidden(unwrap(keyring, parts, place), parts, place)
}

/** Wraps the data key with another key-encryption key; the text itself stays as it is. @throws SecretUnreadable */
export function rewrap(
  keyring: Keyring,
  keyId: string,
  { place, sealed }: { place: string; sealed: string },
): string {
  const parts = split(sealed)
  const dataKey = unwrap(keyring, parts, place)
  // Nothing is wrapped anew that could not be opened afterwards either.
  hidden(dataKey, parts, place)
  return join({ keyId, wrapped: wrap(keyring, keyId, { place, dataKey }), hidden: parts.hidden })
}

/** Another text in the same envelope: same place, same data key, wrapped as it is. @throws SecretUnreadable */
export function replaceText(
  keyring: Keyring,
  place: string,
  { sealed, text }: { sealed: string; text: string },
): string {
  const parts = split(sealed)
  return join({ ...parts, hidden: hide(unwrap(keyring, parts, place), place, text) })
}

function split(sealed: string): Parts {
  const [, keyId, body] = FORM.exec(sealed) ?? []
  const bytes = Buffer.from(body ?? '', 'base64url')
  if (keyId === undefined || bytes.length < WRAPPED_BYTES + NONCE_BYTES + TAG_BYTES)
    throw new SecretUnreadable('changed', keyId ?? '')
  return { keyId, wrapped: bytes.subarray(0, WRAPPED_BYTES), hidden: bytes.subarray(WRAPPED_BYTES) }
}

function join({ keyId, wrapped, hidden: text }: Parts): string {
  return `v2.${keyId}.${Buffer.concat([wrapped, text]).toString('base64url')}`
}

type Wrapping = { place: string; dataKey: Buffer }

function wrap(keyring: Keyring, keyId: string, { place, dataKey }: Wrapping): Buffer {
  return encrypt(wrappingKey(keyring, keyId), `v2/key/${keyId}/${place}`, dataKey)
}

function unwrap(keyring: Keyring, { keyId, wrapped }: Parts, place: string): Buffer {
  const key = wrappingKey(keyring, keyId)
  return decrypt(key, `v2/key/${keyId}/${place}`, wrapped) ?? broken(keyId)
}

function wrappingKey(keyring: Keyring, keyId: string): Buffer {
  const key = keyring.find(keyId)
  if (key === undefined) throw new SecretUnreadable('no-key', keyId)
  return key
}

function hide(dataKey: Buffer, place: string, text: string): Buffer {
  return encrypt(dataKey, `v2/text/${place}`, Buffer.from(text))
}

function hidden(dataKey: Buffer, { keyId, hidden: bytes }: Parts, place: string): string {
  return (decrypt(dataKey, `v2/text/${place}`, bytes) ?? broken(keyId)).toString('utf8')
}

function broken(keyId: string): never {
  throw new SecretUnreadable('changed', keyId)
}

function encrypt(key: Buffer, about: string, bytes: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(about))
  const closed = Buffer.concat([cipher.update(bytes), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), closed])
}

/** Undefined for another key, another place, or bytes that were changed: they cannot be told apart. */
function decrypt(key: Buffer, about: string, bytes: Buffer): Buffer | undefined {
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(about))
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()])
  } catch {
    return undefined
  }
}
