import { expect } from 'vitest'
import { sql } from 'drizzle-orm'
import { standingClock, testServices, type TestServices } from './services.ts'
import { makeShop, type Shop } from './shop.ts'
import { systemCtx } from '../../src/platform/ctx.ts'
import { confirmPayment } from '../../src/modules/checkout/index.ts'
import { deliverDue } from '../../src/modules/webhooks/operations/deliver.ts'
import { startReceiver, type Receiver } from './webhook-receiver.ts'
import type {
  Delivery,
  DeliverySummary,
  Endpoint,
  EndpointWithSecret,
} from '../../src/modules/webhooks/schema.ts'

/** Services that may send to the loopback. The clock starts at the real time, since the queue goes by the database's. */
export async function webhookServices(): Promise<{
  services: TestServices
  clock: ReturnType<typeof standingClock>
}> {
  const clock = standingClock(new Date().toISOString())
  const env = { OUTGOING_PRIVATE_NETWORKS: 'allow', OUTGOING_PORTS: 'any' }
  return { clock, services: await testServices({ clock, env }) }
}

/** A shop of a test's own, a receiver, and what one does with them. */
export type World = {
  shop: Shop
  receiver: Receiver
  call<Body>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }>
  endpoint(wish?: object): Promise<EndpointWithSecret>
  state(id: string): Promise<Endpoint>
  sendTest(id: string): Promise<DeliverySummary>
  delivery(id: string): Promise<Delivery>
  deliveries(query?: string): Promise<DeliverySummary[]>
  /** Delivers what is due by the standing clock, which the queue does not know. */
  deliver(): Promise<void>
  sell(productId?: string): Promise<string>
}

/** See World. */
export async function makeWorld(services: TestServices): Promise<World> {
  const shop = await makeShop(services)
  const receiver = await startReceiver()
  const call: World['call'] = async <Body>(method: string, path: string, body?: unknown) => {
    const init = {
      method,
      headers: shop.headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
    const response = await shop.app.request(`/api/v1${path}`, init)
    const text = await response.text()
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body }
  }
  const get = async <Body>(path: string) => (await call<Body>('GET', path)).body
  return {
    shop,
    receiver,
    call,
    endpoint: async (wish = {}) => {
      const made = await call<EndpointWithSecret>('POST', '/webhook-endpoints', {
        url: receiver.url,
        ...wish,
      })
      expect(made).toMatchObject({ status: 201 })
      return made.body
    },
    state: (id) => get(`/webhook-endpoints/${id}`),
    sendTest: async (id) => {
      const sent = await call<DeliverySummary>('POST', `/webhook-endpoints/${id}/test`, {})
      expect(sent).toMatchObject({ status: 202 })
      return sent.body
    },
    delivery: (id) => get(`/webhook-deliveries/${id}`),
    deliveries: async (query = '') =>
      (await get<{ items: DeliverySummary[] }>(`/webhook-deliveries?limit=100${query}`)).items,
    deliver: async () => {
      const endpoints = await shop.query<{ id: string }>(
        sql`SELECT id FROM webhook_endpoints WHERE workspace_id = ${shop.workspaceId} AND deleted_at IS NULL`,
      )
      const at = services.clock.now().toISOString()
      for (const { id } of endpoints)
        await deliverDue(systemCtx(services, shop.workspaceId), { endpointId: id, at })
    },
    sell: async (productId) => {
      const { order } = await shop.order([{ productId: productId ?? (await shop.product()) }])
      await shop.act(order, { action: 'pay' })
      await confirmPayment(shop.buyer, { orderId: order.id })
      return order.id
    },
  }
}
