import { timingSafeEqual } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Services } from '../ctx.ts'
import { NotFound } from '../errors.ts'
import { createRouter, type HttpContext } from '../http/env.ts'
import { sayFinding } from './finding.ts'
import { readGauges, type GaugeSource } from './gauges.ts'
import { createQuickLook } from './look.ts'
import { writeMetrics } from './metrics.ts'

/**
 * `/healthz`: the process answers. `/readyz`: it can serve, 503 if not, with reasons in words for whoever may know them.
 * `/metrics`: figures for Prometheus, for the same.
 */
export function createHealthRoutes(services: Services, gauges: readonly GaugeSource[]) {
  const routes = createRouter()
  const look = createQuickLook(services)
  routes.get('/healthz', (c) => c.text('ok'))
  routes.get('/readyz', async (c) => {
    const found = await look()
    const down = found.some(({ state, vital }) => state === 'bad' && vital)
    const status = down ? 'not-ready' : found.some(({ state }) => state === 'bad') ? 'degraded' : 'ready'
    const { locale } = c.get('ctx')
    const reasons = found.filter(({ state }) => state !== 'good').map((one) => sayFinding(locale, one))
    c.header('cache-control', 'no-store')
    return c.json(mayKnow(c, services) ? { status, reasons } : { status }, down ? 503 : 200)
  })
  routes.get('/metrics', async (c) => {
    if (!mayKnow(c, services)) throw new NotFound()
    c.header('cache-control', 'no-store')
    c.header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
    return c.body(writeMetrics(await readGauges(services, gauges)))
  })
  return routes
}

/** Whoever shows the monitor's token, and this machine itself, unless it passes on what somebody else asked. */
function mayKnow(c: HttpContext, { config }: Services): boolean {
  const shown = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  if (config.metricsToken !== undefined && shown !== undefined && isSame(shown, config.metricsToken))
    return true
  const passedOn = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'].some(
    (name) => c.req.header(name) !== undefined,
  )
  return !passedOn && isLoopback(connectionOf(c))
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}

function connectionOf(c: HttpContext): string {
  try {
    return getConnInfo(c).remote.address ?? ''
  } catch {
    // Requests made inside the process have no connection.
    return ''
  }
}
