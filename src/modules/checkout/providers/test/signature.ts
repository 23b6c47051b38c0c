import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto'

const TOLERANCE_MS = 300_000

/** The three headers of a Standard Webhooks message. */
export type SignatureHeaders = {
  'webhook-id': string
  'webhook-timestamp': string
  'webhook-signature': string
}

/**
 * Signs a message: `v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`.
 * Source: Standard Webhooks 1.0, github.com/standard-webhooks/standard-webhooks.
 */
export function signMessage(
  secret: Buffer | KeyObject,
  message: { id: string; at: Date; body: string },
): SignatureHeaders {
  const timestamp = String(Math.floor(message.at.getTime() / 1000))
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac(secret, `${message.id}.${timestamp}.${message.body}`).toString('base64')}`,
  }
}

/** The message's id if one of its signatures is right and it was signed at most five minutes before or after `now`. */
export function verifyMessage(
  secret: Buffer | KeyObject,
  message: { headers: Headers; body: string; now: Date },
): string | undefined {
  const id = message.headers.get('webhook-id') ?? ''
  const timestamp = message.headers.get('webhook-timestamp') ?? ''
  if (!/^[\x21-\x7e]{1,255}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) return undefined
  if (Math.abs(message.now.getTime() - Number(timestamp) * 1000) > TOLERANCE_MS) return undefined
  const expected = mac(secret, `${id}.${timestamp}.${message.body}`)
  const signatures = (message.headers.get('webhook-signature') ?? '').split(' ', 10)
  return signatures.some((signature) => matches(signature, expected)) ? id : undefined
}

function matches(signature: string, expected: Buffer): boolean {
  if (!signature.startsWith('v1,')) return false
  const given = Buffer.from(signature.slice(3), 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function mac(secret: Buffer | KeyObject, text: string): Buffer {
  return createHmac('sha256', secret).update(text).digest()
}
