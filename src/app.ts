import { join } from 'node:path'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'
import * as catalog from './modules/catalog/index.ts'
import * as checkout from './modules/checkout/index.ts'
import * as desk from './modules/desk/index.ts'
import * as fulfilment from './modules/fulfilment/index.ts'
import * as ledger from './modules/ledger/index.ts'
import * as planner from './modules/planner/index.ts'
import * as webhooks from './modules/webhooks/index.ts'
import * as privacy from './modules/privacy/index.ts'
import * as streams from './modules/streams/index.ts'
import * as workspaces from './modules/workspaces/index.ts'
import type { Ctx, Services, TxCtx } from './platform/ctx.ts'
import { NotFound } from './platform/errors.ts'
import { createRouter, type Env, type HttpContext } from './platform/http/env.ts'
import {
  keptByNobody,
  limit,
  limitBody,
  limitByAddress,
  refuseForeignOrigin,
  securityHeaders,
} from './platform/http/guard.ts'
import { answerProblem } from './platform/http/problems.ts'
import { createReference } from './platform/http/reference/index.tsx'
import { singlePageApp } from './platform/http/static.ts'
import type { JobRegistry } from './platform/jobs/work.ts'
import { mailApi } from './platform/mail/api.ts'
import { mailJobs } from './platform/mail/jobs.ts'
import { backupJobs } from './platform/backup/scheduled.ts'
import { statusApi } from './platform/health/api.ts'
import { observe } from './platform/health/observe.ts'
import { createHealthRoutes } from './platform/health/routes.ts'
import { projectRoot } from './platform/project-root.ts'
import { locales, negotiate } from './shared/locale.ts'
import { networkOf } from './shared/network.ts'
import { assetPages } from './storefront/assets.ts'
import { answerProblemPage } from './storefront/problem-page.tsx'
import { checkBooks, gaugeSources } from './watching.ts'

/** The version that this code is. */
export const VERSION = '0.1.0'

/** What people outside can be told of by webhooks. */
const announcements = [...catalog.announcements, ...checkout.announcements]

/** Every job of the program, and who reads which event. */
export const registry: JobRegistry = {
  jobs: [
    ...backupJobs(VERSION),
    ...mailJobs({}),
    ...workspaces.jobs,
    ...catalog.jobs,
    ...checkout.jobs,
    ...fulfilment.jobs,
    ...ledger.jobs,
    ...privacy.jobs,
    ...streams.jobs,
    ...webhooks.jobsFor(announcements),
  ],
  subscriptions: [
    ...checkout.subscriptions,
    ...fulfilment.subscriptions,
    ...streams.subscriptions,
    ...webhooks.subscriptionsFor(announcements),
  ],
}

/** The whole HTTP side of the program: every module's API and pages, one line each. */
export function createApp(services: Services): ReturnType<typeof createRouter> {
  const { config } = services
  const app = createRouter()
  app.use(openContext(services))
  app.use(observe())
  app.use(securityHeaders({ https: config.publicUrl.startsWith('https:') }))
  app.use(refuseForeignOrigin(new URL(config.publicUrl).origin))
  app.use(limitBody(isUpload))
  const personal = limitByAddress({ points: 300, seconds: 60 })
  if (config.rateLimits) app.use('/:locale{(?:ar|en)}/:store/-/*', personal).use('/pay/*', personal)
  app.route('/', createHealthRoutes(services, gaugeSources))
  app.route('/api/v1', createApi(services))
  webhooks.describeMessages(app.openAPIRegistry, announcements)
  app.route('/', createReference({ root: app, version: VERSION, publicUrl: config.publicUrl }))
  app.route('/', assetPages)
  app.route('/', singlePageApp(join(projectRoot, 'dist/dashboard'), '/dashboard'))
  app.get('/setup', (c) => c.redirect('/dashboard/setup', 302))
  // Pages from the cache come compressed; these are the ones made for one visitor.
  for (const locale of locales) app.use(`/${locale}/*`, compress())
  app.route('/', fulfilment.filePages)
  app.route('/', checkout.pages)
  app.route('/', fulfilment.pages)
  app.route('/', catalog.pages)
  app.notFound((c) => answerFault(c, new NotFound()))
  app.onError((error, c) => answerFault(c, error))
  return app
}

/** Programs get a problem, people a page. */
function answerFault(c: HttpContext, error: unknown): Response {
  return c.req.path.startsWith('/api/') ? answerProblem(c, error) : answerProblemPage(c, error)
}

function createApi(services: Services): ReturnType<typeof createRouter> {
  const api = createRouter()
  api.use(keptByNobody())
  api.use(workspaces.resolveActor(services))
  if (services.config.rateLimits) {
    api.use(limit({ points: 120, seconds: 60 }, anonymousChange))
    api.use(limit({ points: 1200, seconds: 60 }, knownCaller))
  }
  api.route('/', workspaces.createWorkspacesApi({ createStore: catalog.createStore }))
  api.route('/', catalog.api)
  api.route('/', checkout.api)
  api.route('/', fulfilment.createApi())
  api.route('/', ledger.api)
  api.route('/', streams.api)
  api.route('/', webhooks.apiFor(announcements))
  api.route('/', planner.api)
  api.route('/', privacy.api)
  api.route('/', desk.api)
  api.route('/', mailApi(noteResend))
  api.route('/', statusApi({ books: checkBooks }, VERSION))
  return api
}

/** The outbox is of the platform, which knows no log. */
function noteResend(ctx: TxCtx, subjectId: string): Promise<void> {
  return workspaces.audit(ctx, { action: 'message.resend', subjectKind: 'message', subjectId })
}

/** Changes by nobody in particular are counted by address; providers' webhooks prove themselves and are not. */
function anonymousChange(c: HttpContext): string | undefined {
  const { actor, ip } = c.get('ctx')
  const reading = c.req.method === 'GET' || c.req.method === 'HEAD'
  const free = actor.kind !== 'anonymous' || reading || c.req.path.startsWith('/api/v1/webhooks/')
  return free || ip === undefined ? undefined : networkOf(ip)
}

/** Files come in as streams, from people and programs who may send them. */
function isUpload({ req }: HttpContext): boolean {
  return (
    req.path === '/api/v1/files' ||
    req.path.startsWith('/api/v1/uploads') ||
    req.path === '/api/v1/ledger/import' ||
    (req.path === '/api/v1/stream-imports' && req.method === 'POST')
  )
}

/** Programs and people are counted each for themselves. */
function knownCaller(c: HttpContext): string | undefined {
  const { actor } = c.get('ctx')
  if (actor.kind === 'token') return actor.tokenId
  return actor.kind === 'member' || actor.kind === 'person' ? actor.userId : undefined
}

/** Gives every request its context: nobody yet, in the language that the browser asks for. */
function openContext(services: Services): MiddlewareHandler<Env> {
  return async (c, next) => {
    const ctx: Ctx = {
      ...services,
      actor: { kind: 'anonymous' },
      workspaceId: undefined,
      locale: negotiate(c.req.header('accept-language')),
      requestId: services.ids.next(),
      ip: addressOf(c, services.config.trustProxy),
    }
    c.set('ctx', ctx)
    await next()
  }
}

/** The caller's address: the connection's, or what the operator's own proxy says. */
function addressOf(c: HttpContext, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  if (forwarded !== undefined && forwarded !== '') return forwarded
  try {
    return getConnInfo(c).remote.address ?? 'unknown'
  } catch {
    // Requests made inside the process (app.request) have no connection.
    return 'inside'
  }
}
