import { afterAll, beforeAll } from 'vitest'
import { createApp } from '../../src/app.ts'
import { operationsOf, type ApiDocument } from '../../src/platform/http/reference/document.ts'
import { confirmPayment } from '../../src/modules/checkout/index.ts'
import { fixed, makeShop, type Shop } from '../support/shop.ts'
import { testServices, type TestServices } from '../support/services.ts'
import { changed, watchTables, type Digest } from './digest.ts'
import type { BadRequest, Filling } from './requests.ts'

const ARABIC = /[\u0621-\u064a]/

/** Who sends a bad request. */
export type Caller = { name: string; headers: Record<string, string> }

/** Two shops, one with orders of every kind; the other's owner is the stranger. */
export type World = {
  services: TestServices
  app: { request(path: string, init?: RequestInit): Response | Promise<Response> }
  victim: Shop
  stranger: Shop
  routes: ReturnType<typeof operationsOf>
  filling: Filling
  callers: Caller[]
  /** Sends a request; says what is wrong with the answer, or with what it did to any table. */
  send(
    request: BadRequest,
    caller: Caller,
    expected?: { mayWork?: boolean; page?: boolean },
  ): Promise<string[]>
}

/** Makes the world of a test file. */
export function badInputWorld(): World {
  const world = {} as World
  let close = () => Promise.resolve()
  beforeAll(async () => {
    const services = await testServices()
    const app = createApp(services)
    const victim = await makeShop(services)
    const stranger = await makeShop(services)
    const tables = await watchTables(services.test.name)
    close = () => tables.close()
    const productId = await victim.product([fixed('11500')], 5)
    const { order } = await victim.order([{ productId }])
    await victim.act(order, { action: 'pay' })
    await confirmPayment(victim.buyer, { orderId: order.id })
    await victim.order([{ productId }])
    await services.drain()
    const document = (await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument
    const filling = {
      store: victim.slug,
      unknownId: services.ids.next(),
      ids: await idsOf(tables, victim.workspaceId),
      document,
    }
    const callers = [
      { name: 'anybody', headers: {} },
      { name: 'another owner', headers: { authorization: `Bearer ${stranger.token}` } },
    ]
    const send = sender(world, tables)
    Object.assign(world, {
      services,
      app,
      victim,
      stranger,
      routes: operationsOf(document),
      filling,
      callers,
      send,
    })
  }, 120_000)
  afterAll(() => close())
  return world
}

type Tables = Awaited<ReturnType<typeof watchTables>>

/** One id of everything that the workspace has. */
async function idsOf(tables: Tables, workspaceId: string): Promise<string[]> {
  const { rows } = await tables.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'id'
       AND data_type = 'uuid' AND table_name IN (SELECT table_name FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name = 'workspace_id') ORDER BY 1`,
  )
  const ids = [workspaceId]
  for (const { name } of rows) {
    const found = await tables.query<{ id: string }>(
      `SELECT id FROM "${name}" WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1`,
      [workspaceId],
    )
    ids.push(...found.rows.map(({ id }) => id))
  }
  return [...new Set(ids)]
}

function sender(world: World, tables: Tables): World['send'] {
  let seen: Digest | undefined
  let stood = ''
  let sent = 0
  return async (request, caller, { mayWork = false, page = false } = {}) => {
    const locale = sent++ % 2 === 0 ? 'ar' : 'en'
    // The clock first: what is written in between is then looked for once too often, never once too few.
    stood ||= await tables.clock()
    seen ??= await tables.digest()
    const headers = {
      'accept-language': locale,
      ...(request.init.headers as Record<string, string>),
      ...caller.headers,
    }
    const answer = await world.app.request(request.path, { ...request.init, headers })
    const text = await answer.text()
    const faults: string[] = []
    if (answer.status >= 500) faults.push(`answers ${answer.status}`)
    if (answer.status < 400) {
      if (!mayWork) faults.push(`works: ${answer.status} ${text.slice(0, 200)}`)
      seen = undefined
      stood = ''
    } else {
      if (!page) faults.push(...faultsOfProblem(answer, text, locale))
      const now = await tables.clock()
      if (now !== stood) {
        const after = await tables.digest()
        const different = changed(seen, after)
        if (different.length > 0) faults.push(`changes ${different.join(', ')}, answers ${answer.status}`)
        seen = after
        stood = now
      }
    }
    const name = `${request.init.method ?? 'GET'} ${request.path.slice(0, 120)} by ${caller.name}, ${request.what}`
    return faults.map((fault) => `${name}: ${fault}`)
  }
}

function faultsOfProblem(answer: Response, text: string, locale: 'ar' | 'en'): string[] {
  const type = answer.headers.get('content-type') ?? 'nothing'
  if (!type.startsWith('application/problem+json')) return [`is no problem: ${type} ${text.slice(0, 100)}`]
  const problem = JSON.parse(text) as { title: string; detail: string; errors?: { detail: string }[] }
  const said = [problem.title, problem.detail, ...(problem.errors ?? []).map(({ detail }) => detail)]
  const wrong = said.filter(
    (words) => typeof words !== 'string' || words === '' || ARABIC.test(words) !== (locale === 'ar'),
  )
  return wrong.length === 0 ? [] : [`is not in ${locale}: ${JSON.stringify(wrong)}`]
}
