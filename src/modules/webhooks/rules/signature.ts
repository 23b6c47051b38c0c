import { createHmac } from 'node:crypto'

/** How secrets of this kind begin. Source: Standard Webhooks 1.0.0, "Signature scheme". */
export const SECRET_PREFIX = 'whsec_'

/** Bytes of a new secret; the specification asks for 24 to 64. */
export const SECRET_BYTES = 32

/** A secret as people and programs get it. */
export function writeSecret(bytes: Uint8Array): string {
  return SECRET_PREFIX + Buffer.from(bytes).toString('base64')
}

/** What is sent: which message, when, and its exact bytes. */
export type SignedContent = { id: string; at: Date; body: string }

/**
 * The three headers of a message. With several secrets there are several signatures, so that a receiver may change
 * from one to the other at its leisure.
 * Source: Standard Webhooks 1.0.0: `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`.
 */
export function webhookHeaders(
  { id, at, body }: SignedContent,
  secrets: readonly string[],
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
