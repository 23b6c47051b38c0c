import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApp } from '../../src/app.ts'
import { RIGHTS } from '../../src/platform/authorise.ts'
import { operationsOf, type ApiDocument } from '../../src/platform/http/reference/document.ts'
import { makeHouse, type House } from '../matrix/house.ts'
import { testServices, type TestServices } from '../support/services.ts'
import { changed, watchTables, type Digest } from './digest.ts'
import { nextRequest, randomFrom, type Material } from './random-requests.ts'

/** `BAD_INPUT=100000 BAD_INPUT_SEED=7 npx vitest run test/bad-input/random` makes it a long run, or the same run again. */
const COUNT = Number(process.env['BAD_INPUT'] ?? 2000)
const SEED = Number(process.env['BAD_INPUT_SEED'] ?? randomInt(2 ** 31))

/** After so many requests everybody signs in again. */
const RENEWED_EVERY = 250

/** These take a tenth of a second each by design, so that guessing does: one in ten of them is enough. */
const SLOW = /\/auth\/(sign-in|password|fresh)|\/invitations\/join|\/setup$/

type Caller = { name: string; headers: Record<string, string>; mayRead: readonly string[] }

let services: TestServices
let app: ReturnType<typeof createApp>
let victim: House
let stranger: House
let tables: Awaited<ReturnType<typeof watchTables>>
let material: Material

beforeAll(async () => {
  services = await testServices()
  app = createApp(services)
  victim = await makeHouse(services)
  stranger = await makeHouse(services)
  tables = await watchTables(services.test.name)
  const document = (await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument
  const names = [
    'workspace',
    'store',
    'product',
    'version',
    'picture',
    'file',
    'order',
    'order-number',
    'pending-order',
    'cart',
    'token',
    'member',
    'document',
    'entitlement',
    'message',
    'entry',
    'archive',
    'invitation',
    'endpoint',
    'email',
  ]
  const words = [victim, stranger].flatMap((house) => names.map((name) => house.thing(name)))
  material = {
    document,
    routes: operationsOf(document),
    // What nobody else knows is not for a stranger to write: it would be told back to them.
    words: [
      ...words.filter((word) => !secretsOf().includes(word)),
      services.ids.next(),
      'test',
      '4000',
      'SAR',
      'csv',
    ],
  }
}, 120_000)

afterAll(() => tables.close())

/** Everybody who sends; sessions are opened anew, since some of the requests end them. */
async function makeCallers(): Promise<Caller[]> {
  const asOwner = { name: 'another owner', headers: await stranger.program(RIGHTS), mayRead: [] }
  return [
    asOwner,
    { name: 'anybody', headers: {}, mayRead: [] },
    { name: 'the buyer', headers: victim.buyerCookie, mayRead: secretsOf() },
    asOwner,
    { name: 'another owner, by session', headers: await stranger.session('owner'), mayRead: [] },
    { name: 'the analyst', headers: await victim.session('analyst'), mayRead: secretsOf() },
    { name: 'a token that may nothing', headers: await victim.program([]), mayRead: [victim.owner.email] },
  ]
}

/** What nobody but the victim's people may be told. */
const secretsOf = () => [
  victim.buyerEmail,
  victim.owner.email,
  victim.thing('order-number'),
  victim.thing('order-key'),
  victim.token,
]

test(
  `${COUNT} requests that nobody would make, seed ${SEED}: no fault, no leak, and no change by what was refused`,
  { timeout: 60_000 + COUNT * 20 },
  async () => {
    const random = randomFrom(SEED)
    const secrets = secretsOf()
    const faults: string[] = []
    const statuses = new Map<number, number>()
    let before: Digest | undefined
    let clock = ''
    let callers: Caller[] = []
    for (let nth = 0; nth < COUNT && faults.length < 20;) {
      if (nth % RENEWED_EVERY === 0) {
        callers = await makeCallers()
        before = undefined
        clock = ''
      }
      const request = nextRequest(random, material)
      const caller = callers[Math.floor(random() * callers.length)] as Caller
      if (SLOW.test(request.path) && random() > 0.1) continue
      nth += 1
      // The clock moves whenever anything is written: only then the tables have to be looked at.
      clock ||= await tables.clock()
      before ??= await tables.digest()
      const headers = {
        ...request.init.headers,
        ...caller.headers,
        'accept-language': nth % 2 === 0 ? 'ar' : 'en',
      }
      const answer = await app.request(request.path, { ...request.init, headers })
      const text = await answer.text()
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      const said = `${decodeSafely(request.path)} ${typeof request.init.body === 'string' ? request.init.body : ''}`
      const name = () =>
        `#${nth} ${request.init.method} ${request.path.slice(0, 200)} by ${caller.name}: ${answer.status} ${text.slice(0, 200)} to ${said.slice(0, 400)}`
      if (answer.status >= 500) faults.push(`fails: ${name()}`)
      const leak = secrets.find(
        (secret) => text.includes(secret) && !said.includes(secret) && !caller.mayRead.includes(secret),
      )
      if (leak !== undefined) faults.push(`leaks ${leak}: ${name()}`)
      const now = await tables.clock()
      if (now === clock) continue
      clock = now
      if (answer.status < 400) {
        before = undefined
        continue
      }
      const after = await tables.digest()
      const different = changed(before, after)
      if (different.length > 0) faults.push(`changes ${different.join(', ')}: ${name()}`)
      before = after
    }
    const counted = [...statuses]
      .toSorted(([one], [other]) => one - other)
      .map(([status, times]) => `${status}: ${times}`)
    console.log(`random requests, seed ${SEED}: ${counted.join(', ')}`)
    expect(faults).toEqual([])
    // A generator that is refused everywhere at the door, or let in everywhere, tests nothing.
    for (const status of [200, 401, 404, 422]) expect(statuses.get(status) ?? 0).toBeGreaterThan(0)
  },
)

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
