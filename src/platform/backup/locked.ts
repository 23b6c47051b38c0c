import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import { z } from 'zod'

/** The passphrase is not the one that locked this, or what was locked is damaged: neither can be told from the other. */
export class WrongPassphrase extends Error {}

/** 32 MB and some tenths of a second for each guess. Source: OWASP Password Storage Cheat Sheet, scrypt. */
const COST = { N: 2 ** 15, r: 8, p: 3 }
const MOST_COST = { N: 2 ** 20, r: 32, p: 16 }

/** Something that only the passphrase opens: scrypt makes the key, AES-256-GCM keeps it closed and whole. */
export const lockedSchema = z.object({
  kdf: z.literal('scrypt'),
  N: z.number().int().max(MOST_COST.N),
  r: z.number().int().max(MOST_COST.r),
  p: z.number().int().max(MOST_COST.p),
  salt: z.base64(),
  cipher: z.literal('aes-256-gcm'),
  iv: z.base64(),
  tag: z.base64(),
  data: z.base64(),
})

/** See lockedSchema. */
export type Locked = z.infer<typeof lockedSchema>

/** Locks bytes under a passphrase. */
export async function lock(bytes: Uint8Array, passphrase: string): Promise<Locked> {
  const salt = randomBytes(16)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await keyOf(passphrase, salt, COST), iv)
  const data = Buffer.concat([cipher.update(bytes), cipher.final()])
  const text = (part: Buffer) => part.toString('base64')
  return {
    kdf: 'scrypt',
    ...COST,
    salt: text(salt),
    cipher: 'aes-256-gcm',
    iv: text(iv),
    tag: text(cipher.getAuthTag()),
    data: text(data),
  }
}

/** Opens what `lock` locked. @throws WrongPassphrase */
export async function unlock(locked: Locked, passphrase: string): Promise<Buffer> {
  const bytes = (text: string) => Buffer.from(text, 'base64')
  const key = await keyOf(passphrase, bytes(locked.salt), locked)
  const decipher = createDecipheriv('aes-256-gcm', key, bytes(locked.iv), { authTagLength: 16 })
  try {
    decipher.setAuthTag(bytes(locked.tag))
    return Buffer.concat([decipher.update(bytes(locked.data)), decipher.final()])
  } catch (error) {
    throw new WrongPassphrase('', { cause: error })
  }
}

function keyOf(
  passphrase: string,
  salt: Buffer,
  { N, r, p }: { N: number; r: number; p: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Typed alike on every keyboard and system: one form for letters that have several.
    scrypt(passphrase.normalize('NFC'), salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })
}
