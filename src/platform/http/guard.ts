import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from '../../shared/network.ts'
import { DomainError } from '../errors.ts'
import type { Env, HttpContext } from './env.ts'

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Headers of every answer: no sniffing, no framing, no leaking of addresses, and a content policy without inline code. */
export function securityHeaders(options: { https: boolean }): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next()
    const { headers } = c.res
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'strict-origin-when-cross-origin')
    headers.set('x-frame-options', 'DENY')
    headers.set('cross-origin-opener-policy', 'same-origin')
    // Pictures are shown in mails and by whoever quotes a page; all else is for pages of this server.
    const shared = c.req.path.startsWith('/media/')
    headers.set('cross-origin-resource-policy', shared ? 'cross-origin' : 'same-origin')
    headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()')
    if (options.https) headers.set('strict-transport-security', 'max-age=31536000')
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', CONTENT_POLICY)
  }
}

/** Pages load only from this server; no inline script or style, no plug-ins, no framing; forms go nowhere else. */
export const CONTENT_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
  "connect-src 'self'; media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/**
 * Refuses a change that a page of another origin asked for with the visitor's cookies. Requests without an Origin and
 * without cookies (programs, webhooks) pass: they carry their own proof or none.
 */
export function refuseForeignOrigin(ownOrigin: string): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (!READING.has(c.req.method)) {
      const origin = c.req.header('origin')
      const site = c.req.header('sec-fetch-site')
      const host = c.req.header('host') ?? ''
      const own = origin === undefined || origin === ownOrigin || sameHost(origin, host)
      if (!own || site === 'cross-site') throw new DomainError('foreign-origin', 403)
    }
    await next()
  }
}

function sameHost(origin: string, host: string): boolean {
  try {
    return new URL(origin).host === host
  } catch {
    return false
  }
}

/** The most bytes of a body that is read into memory: a product with all its texts in two languages is two thirds of it. */
const MAX_BODY_BYTES = 4 * 1024 * 1024

/**
 * Refuses a larger body than any form or JSON has: by the length that it tells, or, where it tells none, as soon as it
 * is passed. `streamed` says which requests are never held in memory and see to their size themselves.
 */
export function limitBody(streamed: (c: HttpContext) => boolean): MiddlewareHandler<Env> {
  const onError = () => {
    throw new DomainError('too-large', 413)
  }
  const counted = bodyLimit({ maxSize: MAX_BODY_BYTES, onError })
  return async (c, next) => {
    if (READING.has(c.req.method) || streamed(c)) return next()
    const told = c.req.header('transfer-encoding') === undefined ? c.req.header('content-length') : undefined
    if (told === undefined) return counted(c, next)
    if (!(Number(told) <= MAX_BODY_BYTES)) onError()
    return next()
  }
}

/** Answers that say nothing of being kept are kept by nobody: what an API tells is mostly somebody's own. */
export function keptByNobody(): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next()
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store')
  }
}

/** At most so many requests from one address (of IPv6, one network), unless the operator has the limits off. */
export function limitByAddress(options: { points: number; seconds: number }): MiddlewareHandler<Env> {
  return limit(options, (c) => {
    const { config, ip } = c.get('ctx')
    return config.rateLimits && ip !== undefined ? networkOf(ip) : undefined
  })
}

/** At most `points` requests per `seconds` and key (an address, an account); undefined lets the request pass. */
export function limit(
  options: { points: number; seconds: number },
  keyOf: (c: HttpContext) => string | undefined | Promise<string | undefined>,
): MiddlewareHandler<Env> {
  const limiter = new RateLimiterMemory({ points: options.points, duration: options.seconds })
  return async (c, next) => {
    const key = await keyOf(c)
    if (key !== undefined) await take(limiter, key, c)
    await next()
  }
}

async function take(limiter: RateLimiterMemory, key: string, c: HttpContext): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused
    const retrySeconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000))
    c.header('retry-after', String(retrySeconds))
    throw new DomainError('rate-limited', 429, { retrySeconds })
  }
}
