import type { MiddlewareHandler } from 'hono'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
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
export function refuseForeignOrigin(allowed: () => ReadonlySet<string>): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (!READING.has(c.req.method)) {
      const origin = c.req.header('origin')
      const site = c.req.header('sec-fetch-site')
      const host = c.req.header('host') ?? ''
      const own = origin === undefined || allowed().has(origin) || sameHost(origin, host)
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

/** At most `points` requests per `seconds` and key (an address, an account); undefined lets the request pass. */
export function limit(
  options: { points: number; seconds: number },
  keyOf: (c: HttpContext) => string | undefined,
): MiddlewareHandler<Env> {
  const limiter = new RateLimiterMemory({ points: options.points, duration: options.seconds })
  return async (c, next) => {
    const key = keyOf(c)
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
