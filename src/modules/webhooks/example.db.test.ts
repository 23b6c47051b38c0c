import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../../test/support/free-port.ts'
import type { TestServices } from '../../../test/support/services.ts'
import { webhookHeaders } from './rules/signature.ts'
import type { EndpointWithSecret } from './schema.ts'
import { makeWorld, webhookServices } from '../../../test/support/webhook-world.ts'

const example = join(import.meta.dirname, '../../../examples/receive-webhook.ts')

let services: TestServices
let running: ChildProcessByStdio<null, Readable, null> | undefined

beforeAll(async () => {
  ;({ services } = await webhookServices())
})

afterEach(async () => {
  if (running?.exitCode === null) {
    running.kill('SIGKILL')
    await once(running, 'exit')
  }
})

test('the receiver of the examples takes what Rafid sends, each message once, and nothing else', async () => {
  const world = await makeWorld(services)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/`
  const { id, secret: old } = await world.endpoint({ url, eventTypes: ['order.paid'] })
  const { body } = await world.call<EndpointWithSecret>('POST', `/webhook-endpoints/${id}/rotate-secret`)
  // It still knows the old secret only: a day long that is enough.
  running = spawn(process.execPath, [example, '--port', String(port), '--secret', old], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]()
  expect((await lines.next()).value).toBe(`listening on ${port}`)
  const orderId = await world.sell()
  await services.drain()
  const told = JSON.parse((await lines.next()).value ?? '') as { id: string; type: string; data: object }
  expect(told).toMatchObject({ type: 'order.paid', data: { orderId } })
  const [delivery] = await world.deliveries()
  expect(delivery).toMatchObject({ state: 'delivered', messageId: told.id, lastStatus: 204 })

  const send = async (secret: string, change: { at?: Date; body?: string } = {}) => {
    const content = { id: services.ids.next(), at: change.at ?? new Date(), body: '{"type":"x","data":1}' }
    const headers = webhookHeaders(content, [secret])
    return (await fetch(url, { method: 'POST', headers, body: change.body ?? content.body })).status
  }
  expect(await send(old)).toBe(204)
  expect(await send(body.secret)).toBe(401)
  expect(await send(old, { body: '{"type":"x","data":2}' })).toBe(401)
  expect(await send(old, { at: new Date(Date.now() - 6 * 60_000) })).toBe(401)
  expect(await send(old, { at: new Date(Date.now() + 6 * 60_000) })).toBe(401)
  expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(401)
})
