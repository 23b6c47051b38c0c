import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startReceiver, type Receiver } from '../support/webhook-receiver.ts'
import { prepareServer, type FaultyServer } from './support/server.ts'
import { ask, openStore, type Store } from './support/shopper.ts'

/** A lease of half a minute has to run out where the one who held it died. */
const AGAIN_WITHIN_MS = 60_000

let server: FaultyServer & { close(): Promise<void> }
let store: Store
let receiver: Receiver
let points: string[]
let told = 0

beforeAll(async () => {
  server = await prepareServer({ OUTGOING_PRIVATE_NETWORKS: 'allow', OUTGOING_PORTS: 'any' })
  await server.start()
  store = await openStore(server, 10)
  await untilHandedOver()
  receiver = await startReceiver()
  await ask(server, '/api/v1/webhook-endpoints', {
    token: store.token,
    body: { url: receiver.url, eventTypes: ['product.published', 'product.unpublished'] },
  })
  const trace = join(server.dataDir, 'trace')
  server.arm({ trace })
  await happen()
  await untilTold()
  server.disarm()
  points = readFileSync(trace, 'utf8').split('\n')
}, 120_000)

afterAll(async () => {
  await server.close()
  await receiver.close()
})

/** Takes the product off sale, or puts it there again. */
async function happen(): Promise<void> {
  const verb = told % 2 === 0 ? 'unpublish' : 'publish'
  told += 1
  await ask(server, `/api/v1/products/${store.productId}/${verb}`, { method: 'POST', token: store.token })
}

/** What happened before there was an endpoint is told to nobody, once it has been handed over. */
async function untilHandedOver(): Promise<void> {
  const waiting = () => server.query<{ id: string }>('SELECT id FROM pgboss.event')
  while ((await waiting()).length > 0) await sleep(100)
}

async function untilTold(): Promise<void> {
  const until = performance.now() + AGAIN_WITHIN_MS
  for (;;) {
    const states = await server
      .query<{ state: string }>('SELECT state FROM webhook_deliveries')
      .catch(() => [])
    if (states.length === told && states.every(({ state }) => state === 'delivered')) return
    if (performance.now() > until) throw new Error(`not told in time: ${JSON.stringify(states)}`)
    await sleep(200)
  }
}

function pointThat(changes: string): string {
  const found = points.find((point) => point.includes(changes))
  if (found === undefined) throw new Error(`no commit does '${changes}': ${points.join(' | ')}`)
  return found
}

describe('kill −9 loses no message, and sends none under another id', () => {
  test.each([
    ['before the event is handed over', 'hand over', 'before'],
    ['before the message is written', 'insert webhook_deliveries', 'before'],
    ['when the message is written and nobody has been woken', 'insert webhook_deliveries', 'after'],
    ['after it was sent, and before that was written', 'insert webhook_attempts', 'before'],
    ['after that was written, and before the job knows', 'insert webhook_attempts', 'after'],
  ] as const)('%s', { timeout: 150_000 }, async (_when, changes, when) => {
    server.arm({ kill: { point: pointThat(changes), nth: 1, when, victim: 'node' } })
    await happen()
    await server.ended()
    await server.start()
    await untilTold()
    const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']))
    const written = await server.query<{ id: string }>('SELECT id FROM webhook_messages')
    expect(written.map(({ id }) => id).toSorted()).toEqual([...ids].map(String).toSorted())
    expect(ids.size).toBe(told)
  })
})
