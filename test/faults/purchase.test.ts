import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareServer, type FaultyServer } from './support/server.ts'
import { newPurchase, openStore, type Store } from './support/shopper.ts'
import {
  buyAndReturn,
  dieAt,
  listPoints,
  wrongBooks,
  type Outcome,
  type Point,
  type Route,
} from './support/walk.ts'

/** From the first answer on; a buyer waits no longer than this for what they have paid. */
const WHOLE_WITHIN_MS = 10_000

/** PostgreSQL is not started again more often than this within a minute; the server is, then, before it gives up. */
const DATABASE_DEATHS_PER_SERVER = 5

/** What the queue does for all purchases at once: a purchase does not come to each of its rounds every time. */
const QUEUE_STEP = /hand over|fetch|settle/

/** So often a purchase is made anew when it went past the point at which it was to be stopped. */
const TRIES = 4

/** `FAULTS=all` walks both sides of every commit, and into it. */
const all = process.env['FAULTS'] === 'all'
const only = new RegExp(process.env['FAULTS_ONLY'] ?? '')
const timeout = all ? 1_800_000 : 480_000

let server: FaultyServer & { close(): Promise<void> }
let store: Store
let nth = 0
const points: Partial<Record<Route, Point[]>> = {}

beforeAll(async () => {
  server = await prepareServer()
  await server.start()
  store = await openStore(server, 10_000)
  await buyAndReturn({ server, store, route: 'message' }, newPurchase(nth++))
  for (const route of ['message', 'return'] as const)
    points[route] = await listPoints({ server, store, route }, nth++)
}, 120_000)

afterAll(() => server.close())

test('a purchase consists of the commits that are walked here', () => {
  const names = (points.message ?? []).map(({ point }) => point).join('\n')
  for (const step of [
    'carts',
    'orders',
    'test_payments',
    'payment_events',
    'entitlements',
    'documents',
    'messages',
    'refunds',
  ])
    expect(names).toContain(`insert ${step}`)
  expect(points.message?.length).toBeGreaterThan(30)
})

describe.each(['node', 'postgres'] as const)(
  'kill −9 of %s between any two commits of a purchase',
  (victim) => {
    test.each<[string, Route]>([
      ['whose buyer never comes back', 'message'],
      ['whose provider’s message is lost', 'return'],
    ])('%s leaves it whole or undone, and the buyer can go on', { timeout }, async (_name, route) => {
      const outcomes = new Map<string, Outcome>()
      const missed: string[] = []
      for (const [index, { kill, name }] of walk(route).entries()) {
        if (victim === 'postgres' && index % DATABASE_DEATHS_PER_SERVER === 0) {
          await server.stop()
          await server.start()
        }
        const outcome = await dieThere(name, route, { ...kill, victim })
        if (outcome === undefined) missed.push(name)
        else outcomes.set(name, outcome)
      }
      if (process.env['FAULTS_SHOW'] !== undefined) console.table(Object.fromEntries(outcomes))
      expect(missed.filter((name) => !QUEUE_STEP.test(name))).toEqual([])
      expect(missed.length).toBeLessThan(walk(route).length / 5)
      expect([...outcomes].filter(([, { wholeMs }]) => wholeMs > WHOLE_WITHIN_MS)).toEqual([])
      expect(await wrongBooks(server)).toEqual([])
    })
  },
)

/** Stops a purchase there; none comes back if no purchase came to that point. */
async function dieThere(
  name: string,
  route: Route,
  kill: Point & { when: 'before' | 'during' | 'after'; victim: 'node' | 'postgres' },
): Promise<Outcome | undefined> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const outcome = await dieAt({ server, store, route }, newPurchase(nth++), kill).catch(
      (error: unknown) => {
        throw new Error(`killed ${name}: ${String(error)}`, { cause: error })
      },
    )
    if (outcome !== undefined) return outcome
  }
  return undefined
}

type Kill = Point & { when: 'before' | 'after' | 'during' }

/** After each commit, and before the first: every gap once. By return, only what is other than by message. */
function walk(route: Route): { name: string; kill: Kill }[] {
  const listed = points[route] ?? []
  const paid = listed.findIndex(({ point }) => point.startsWith('update test_payments'))
  const handed = listed.findIndex(({ point }) => point.startsWith('hand over'))
  return (route === 'message' || all ? listed : listed.slice(paid, handed))
    .flatMap((point, index): Kill[] => {
      if (all)
        return [
          { ...point, when: 'before' },
          { ...point, when: 'during' },
          { ...point, when: 'after' },
        ]
      return index === 0
        ? [
            { ...point, when: 'before' },
            { ...point, when: 'after' },
          ]
        : [{ ...point, when: 'after' }]
    })
    .map((kill) => ({ kill, name: `${kill.when} ${kill.point} (${kill.nth})` }))
    .filter(({ name }) => only.test(name))
}
