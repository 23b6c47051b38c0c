import { authorise, rightsOf, type Right } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { whichStates } from '../../../platform/mail/which-states.ts'
import { findWaitingProducts } from '../../catalog/index.ts'
import { listOrders } from '../../checkout/index.ts'
import { listEndpoints } from '../../webhooks/index.ts'
import { TROUBLED_MAIL, type Overview, type Waiting } from '../overview-schema.ts'

const MOST_PAYMENTS = 5
const MOST_ENDPOINTS = 100

/** What waits for a person's hand, each only for those who may read it. @throws NotAllowed without `store:read` */
export async function readOverview(ctx: Ctx): Promise<Overview> {
  authorise(ctx, 'store:read')
  const rights = rightsOf(ctx.actor)
  const may = (right: Right) => rights.includes(right)
  const [payments, mail, products, webhooks] = await Promise.all([
    may('orders:read') ? findPayments(ctx) : [],
    may('messages:read') ? whichStates(ctx, TROUBLED_MAIL) : [],
    may('products:read') ? findWaitingProducts(ctx) : undefined,
    may('webhooks:read') ? findWebhooks(ctx) : [],
  ])
  const drafts = products?.drafts ?? { withoutPrice: 0, priced: 0 }
  const hasDrafts = may('products:write') && drafts.withoutPrice + drafts.priced > 0
  return {
    waiting: [
      ...payments,
      ...mail.map((state): Waiting => ({ kind: 'mail', state })),
      ...(products?.scarce ?? []).map(({ id, title, left }): Waiting => ({
        kind: 'stock',
        productId: id,
        title,
        left,
      })),
      ...webhooks,
      ...(hasDrafts ? [{ kind: 'drafts', ...drafts } as const] : []),
    ],
    hasFile: products?.hasFile ?? false,
  }
}

async function findPayments(ctx: Ctx): Promise<Waiting[]> {
  const { items } = await listOrders(ctx, { attention: true, limit: MOST_PAYMENTS })
  return items.map(({ id, number }) => ({ kind: 'payment', orderId: id, number }))
}

async function findWebhooks(ctx: Ctx): Promise<Waiting[]> {
  const { items } = await listEndpoints(ctx, { limit: MOST_ENDPOINTS })
  return items
    .filter(({ state }) => state === 'paused' || state === 'gone')
    .map(({ id, url, description }) => ({ kind: 'webhook', endpointId: id, url, description }))
}
