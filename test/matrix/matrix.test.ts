import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { RIGHTS } from '../../src/platform/authorise.ts'
import { operationsOf, type ApiDocument } from '../../src/platform/http/reference/document.ts'
import { changed, watchTables, type Digest } from '../bad-input/digest.ts'
import { testServices, type TestServices } from '../support/services.ts'
import { ask, exampleOf, idsIn, nameOf, undeclared, type Ask, type Route } from './ask.ts'
import { makeHouse, type House } from './house.ts'
import { CALLERS, headersOf, outcomeOf, type CallerName } from './outcome.ts'

const MINUTE = 60_000
const V7 = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Reading these writes something down, and nothing else: when a token or a session was last used is no change at all. */
const READS_THAT_WRITE: Readonly<Record<string, string>> = {}

/** Say what the program is, the same in every workspace: nothing of a workspace is looked up that an operation could guard. */
const STATIC = ['GET /webhook-event-types']

let services: TestServices
let app: ReturnType<typeof createApp>
let mine: House
let theirs: House
let document: ApiDocument
let routes: Route[]
let tables: Awaited<ReturnType<typeof watchTables>>
/** Rights that operations asked for since it was last emptied. */
const asked: string[] = []

beforeAll(async () => {
  services = await testServices()
  const log = Object.assign(Object.create(services.log) as TestServices['log'], {
    trace: (said: { right?: string }) => void asked.push(said.right ?? ''),
  })
  app = createApp({ ...services, log })
  mine = await makeHouse(services)
  theirs = await makeHouse(services)
  document = (await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument
  routes = operationsOf(document)
  tables = await watchTables(services.test.name)
}, 2 * MINUTE)

afterAll(() => tables.close())

const rightOf = ({ operation }: Route) => operation['x-right'] ?? ''

async function send({ path, init }: Ask, headers: Record<string, string> = {}) {
  const answer = await app.request(path, {
    ...init,
    headers: { ...init.headers, 'accept-language': 'en', ...headers },
  })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}

/** Runs `work` for every route; what a route's refusals changed in any table is a fault of that route. */
async function unchangedBy(
  all: readonly Route[],
  work: (route: Route) => Promise<string[] | 'worked'>,
): Promise<string[]> {
  const faults: string[] = []
  let before: Digest = await tables.digest()
  for (const route of all) {
    const found = await attempt(() => work(route))
    if (found !== 'worked') faults.push(...found.map((fault) => `${nameOf(route)} ${fault}`))
    const after = await tables.digest()
    const different = changed(before, after)
    if (different.length > 0 && found !== 'worked')
      faults.push(`${nameOf(route)} changed ${different.join(', ')}`)
    before = after
  }
  return faults
}

/** A route of which the tables say too little is a fault like any other: the rest is walked all the same. */
async function attempt<T>(work: () => Promise<T>): Promise<T | string[]> {
  try {
    return await work()
  } catch (error) {
    return [String(error)]
  }
}

/** Everybody's headers, made once: making a token is a change of its own. */
async function everybody(right: string, callers: readonly CallerName[]) {
  return Promise.all(
    callers.map(async (caller) => ({
      caller,
      headers: await headersOf(caller, { house: mine, stranger: theirs, right }),
    })),
  )
}

test('every route says who may call it, and every handler under /api/v1 is in the document', () => {
  const known = new Set<string>([...RIGHTS, 'anybody', 'key-holder', 'signed-in', 'person'])
  expect(undeclared(document, known)).toEqual([])
  const described = new Set(
    routes.map(({ path, method }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
  // The other verbs of the upload protocol are told in the text of its first; the document is no part of itself.
  const beside = [
    'OPTIONS /api/v1/uploads',
    'GET /api/v1/openapi.json',
    ...['GET', 'PATCH', 'DELETE'].map((verb) => `${verb} /api/v1/uploads/:id`),
  ]
  const mounted = app.routes
    .filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
    .map(({ method, path }) => `${method} ${path}`)
  expect([...new Set(mounted)].filter((name) => !described.has(name) && !beside.includes(name))).toEqual([])
})

test(
  'whoever may not is refused alike on every route, told which right is wanted, and changes nothing',
  { timeout: 3 * MINUTE },
  async () => {
    const byRight = new Map<string, Awaited<ReturnType<typeof everybody>>>()
    for (const right of new Set(routes.map(rightOf))) byRight.set(right, await everybody(right, CALLERS))
    let refusals = 0
    const faults = await unchangedBy(routes, async (route) => {
      const right = rightOf(route)
      const wrong: string[] = []
      for (const { caller, headers } of byRight.get(right) ?? []) {
        const expected = outcomeOf(right, caller)
        if (expected === 'in') continue
        const { status, text } = await send(ask(route, mine), headers)
        refusals += 1
        if (status !== expected) wrong.push(`by ${caller}: ${status} and not ${expected}`)
        const said = JSON.parse(text) as { type: string; right?: string }
        if (status === 403 && !caller.startsWith('another') && said.right !== right)
          wrong.push(`by ${caller}: names ${said.right}`)
      }
      return wrong
    })
    expect(refusals).toBeGreaterThan(350)
    expect(faults).toEqual([])
  },
)

test(
  'a page of another origin can ask for no change with a member’s cookie',
  { timeout: MINUTE },
  async () => {
    const cookie = await mine.session('owner')
    const foreign = [
      { origin: 'https://elsewhere.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    const faults = await unchangedBy(
      routes.filter(({ method }) => method !== 'get'),
      async (route) => {
        const wrong: string[] = []
        for (const from of foreign) {
          const { status, text } = await send(ask(route, mine), {
            ...cookie,
            ...(from as Record<string, string>),
          })
          if (status !== 403 || !text.includes('#foreign-origin'))
            wrong.push(`from ${JSON.stringify(from)}: ${status}`)
        }
        return wrong
      },
    )
    expect(faults).toEqual([])
  },
)

describe('another workspace’s things', () => {
  test(
    'are to their stranger what was never there: in path, query, filter and body',
    { timeout: 3 * MINUTE },
    async () => {
      const stranger = await theirs.session('owner')
      let compared = 0
      const faults = await unchangedBy(routes, async (route) => {
        const own = idsIn(ask(route, theirs))
        const foreign = idsIn(ask(route, mine))
        const wrong: string[] = []
        let worked = false
        for (const [at, id] of own.entries()) {
          const unknown = services.ids.next()
          const [toForeign, toUnknown] = [foreign[at] ?? '', unknown].map((to) =>
            ask(route, theirs, { from: id, to }),
          )
          if (toForeign === undefined || toUnknown === undefined) continue
          const there = await send(toForeign, stranger)
          const nowhere = await send(toUnknown, stranger)
          const plain = (text: string, one: string) => text.replaceAll(one, 'THAT').replace(V7, 'ID')
          compared += 1
          // A cart takes any id, and says of both that there is no such product.
          worked ||= there.status < 400
          if (
            there.status !== nowhere.status ||
            plain(there.text, foreign[at] ?? '') !== plain(nowhere.text, unknown)
          )
            wrong.push(
              `${at}: ${there.status} ${there.text.slice(0, 200)} and not ${nowhere.status} ${nowhere.text.slice(0, 200)}`,
            )
          if (there.text.includes(mine.buyerEmail)) wrong.push(`${at}: leaks`)
        }
        return worked && wrong.length === 0 ? 'worked' : wrong
      })
      expect(compared).toBeGreaterThan(40)
      expect(faults).toEqual([])
    },
  )

  test('do not show in filters: an address, a number or a cursor of theirs finds nothing', async () => {
    const stranger = await theirs.session('owner')
    const known = [mine.buyerEmail, mine.thing('order-number'), mine.thing('order'), mine.owner.email]
    const faults: string[] = []
    for (const route of routes.filter(({ method, path }) => method === 'get' && !path.includes('{'))) {
      for (const { name } of (route.operation.parameters ?? []).filter((one) => one.in === 'query')) {
        for (const value of known) {
          const there = await send(
            { path: `${route.path}?${new URLSearchParams({ [name]: value })}`, init: { headers: {} } },
            stranger,
          )
          const nowhere = await send(
            {
              path: `${route.path}?${new URLSearchParams({ [name]: value.replace(/[a-f0-9]{4}/, '0000') })}`,
              init: { headers: {} },
            },
            stranger,
          )
          if (there.status !== nowhere.status)
            faults.push(`${route.path}?${name}=${value}: ${there.status}, ${nowhere.status}`)
          if (there.text.includes(mine.workspaceId) || there.text.includes(mine.thing('order')))
            faults.push(`${route.path}?${name}: leaks`)
        }
      }
    }
    expect(faults).toEqual([])
  })

  test('take as long to be refused as what was never there', async () => {
    const headers = await theirs.session('owner')
    const time = async (id: string) => {
      const begun = process.hrtime.bigint()
      const { status } = await send({ path: `/api/v1/orders/${id}`, init: { headers: {} } }, headers)
      expect(status).toBe(404)
      return Number(process.hrtime.bigint() - begun) / 1e6
    }
    const median = (times: number[]) => times.toSorted((a, b) => a - b)[30] ?? 0
    const isAlike = async () => {
      const [foreign, unknown]: [number[], number[]] = [[], []]
      for (let nth = 0; nth < 60; nth++) {
        foreign.push(await time(mine.thing('order')))
        unknown.push(await time(services.ids.next()))
      }
      return Math.abs(median(foreign) - median(unknown)) < Math.max(1, median(unknown) / 2)
    }
    // What is alike may differ once on a machine that does other things; what differs is never alike.
    expect((await isAlike()) || (await isAlike()) || (await isAlike()) || (await isAlike())).toBe(true)
  })
})

test('what opens with a key opens with no other, and with none', { timeout: MINUTE }, async () => {
  const keyed = routes.filter(
    (route) => rightOf(route) === 'key-holder' && exampleOf(route, mine).query?.['key'] !== undefined,
  )
  expect(keyed.length).toBeGreaterThan(3)
  const faults = await unchangedBy(keyed, async (route) => {
    const wrong: string[] = []
    const { path, init } = ask(route, mine)
    const key = exampleOf(route, mine).query?.['key'] ?? ''
    const others = [
      theirs.thing('order-key'),
      mine.thing(key === mine.thing('order-key') ? 'pending-key' : 'order-key'),
      key.slice(1),
      '',
    ]
    for (const other of others) {
      const { status } = await send({
        path: path.replace(encodeURIComponent(key), encodeURIComponent(other)),
        init,
      })
      if (status !== 404 && !(other === '' && status === 422)) wrong.push(`with another key: ${status}`)
    }
    return wrong
  })
  expect(faults).toEqual([])
})

describe('whoever may', () => {
  /** Sends a good request as everyone who may; the first must succeed, and the operation must ask for what is declared. */
  async function letIn(route: Route): Promise<string[]> {
    const wrong: string[] = []
    const right = rightOf(route)
    for (const caller of CALLERS.filter((one) => outcomeOf(right, one) === 'in')) {
      if (caller.startsWith('another')) continue
      const headers = await headersOf(caller, { house: mine, stranger: theirs, right })
      asked.length = 0
      const { status, text } = await send(ask(route, mine), headers)
      const wanted = exampleOf(route, mine).status
      const first = caller === CALLERS.find((one) => outcomeOf(right, one) === 'in')
      const good = wanted === undefined ? status < 400 : status === wanted
      if (first && !good) wrong.push(`by ${caller}: ${status} ${text.slice(0, 300)}`)
      if (status >= 500 || (wanted !== status && (status === 401 || text.includes('#not-allowed'))))
        wrong.push(`by ${caller}: ${status} ${text.slice(0, 300)}`)
      if (first && right.includes(':') && !asked.includes(right) && !STATIC.includes(nameOf(route)))
        wrong.push(`asks for ${asked.join() || 'nothing'}, and declares ${right}`)
    }
    return wrong
  }

  test('reads, and reading changes nothing', { timeout: 2 * MINUTE }, async () => {
    const faults: string[] = []
    for (const route of routes.filter(({ method }) => method === 'get')) {
      // Tokens and sessions of the callers are made before the first digest.
      const headers = await headersOf('owner', { house: mine, stranger: theirs, right: '' })
      const before = await tables.digest()
      await attempt(() => send(ask(route, mine), rightOf(route) === 'key-holder' ? {} : headers))
      const different = changed(before, await tables.digest())
      if (different.length > 0 && READS_THAT_WRITE[nameOf(route)] === undefined)
        faults.push(`${nameOf(route)} changed ${different.join(', ')}`)
      faults.push(...(await attempt(() => letIn(route))).map((fault) => `${nameOf(route)} ${fault}`))
    }
    expect(faults).toEqual([])
  })

  test(
    'writes, and each operation asks for the right that its route declares',
    { timeout: 2 * MINUTE },
    async () => {
      const faults: string[] = []
      const writes = routes.filter(({ method }) => method !== 'get')
      const isLast = (route: Route) => exampleOf(route, mine).last === true
      for (const route of [...writes.filter((one) => !isLast(one)), ...writes.filter(isLast)])
        faults.push(...(await attempt(() => letIn(route))).map((fault) => `${nameOf(route)} ${fault}`))
      expect(faults).toEqual([])
    },
  )
})
