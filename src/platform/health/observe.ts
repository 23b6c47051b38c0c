import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Env } from '../http/env.ts'
import { countRequest } from './metrics.ts'

const SLOW_MS = 1_000
const READING = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Counts every request, gives its id to whoever asked, and logs it: changes, refusals and slow ones always, the rest for
 * whoever wants to see all. The log has the route's pattern and not the address, which may hold keys and names.
 */
export function observe(): MiddlewareHandler<Env> {
  return async (c, next) => {
    const began = performance.now()
    await next()
    const ms = performance.now() - began
    const { method } = c.req
    const { status } = c.res
    const route = routePath(c, -1)
    const { log, requestId, workspaceId } = c.get('ctx')
    c.res.headers.set('x-request-id', requestId)
    countRequest(method, route, { status, ms })
    const noted = !READING.has(method) || ms >= SLOW_MS || status >= 500
    if (!noted && !log.isLevelEnabled('debug')) return
    log[noted ? 'info' : 'debug'](
      { requestId, workspaceId, method, route, status, ms: Math.round(ms) },
      'request',
    )
  }
}
