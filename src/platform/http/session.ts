import { createHmac, timingSafeEqual } from 'node:crypto'
import { parse } from 'hono/utils/cookie'
import type { Config } from '../config.ts'
import type { Secrets } from '../secrets.ts'

/** What the session's cookie is called and how it is sent. */
export type SessionCookie = {
  readonly name: string
  readonly attributes: {
    readonly httpOnly: true
    readonly sameSite: 'lax' | 'strict'
    readonly path: '/'
    readonly secure: boolean
  }
}

/**
 * The session's cookie. With https it carries the prefix that ties it to this very host. Over plain http it cannot:
 * browsers take such a cookie from localhost at most, and not all of them, and a server in a home has another name.
 */
export function sessionCookie(config: Pick<Config, 'publicUrl'>): SessionCookie {
  const secure = config.publicUrl.startsWith('https:')
  return {
    name: secure ? '__Host-rafid-session' : 'rafid-session',
    attributes: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  }
}

/** The cookie of somebody who gave the right password and still owes the second step. */
export function secondStepCookie(config: Pick<Config, 'publicUrl'>): SessionCookie {
  const { name, attributes } = sessionCookie(config)
  return { name: name.replace('session', 'second-step'), attributes: { ...attributes, sameSite: 'strict' } }
}

/** The key that signs sessions, as text. */
export function sessionSecret(secrets: Secrets): string {
  return secrets.key('sessions').toString('base64url')
}

/**
 * The session's token in a Cookie header, if its signature is ours: a forged one costs no query.
 * Form: `token.base64(HMAC-SHA256(token))`, percent-encoded, as better-auth writes it.
 */
export function readSessionToken(
  header: string | undefined,
  name: string,
  secret: string,
): string | undefined {
  const value = header === undefined ? undefined : parse(header, name)[name]
  if (value === undefined) return undefined
  const cut = value.lastIndexOf('.')
  const token = value.slice(0, cut)
  const given = Buffer.from(value.slice(cut + 1), 'base64')
  const expected = createHmac('sha256', secret).update(token).digest()
  return cut > 0 && given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined
}
