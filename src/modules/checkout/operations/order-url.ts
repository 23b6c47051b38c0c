import type { Ctx } from '../../../platform/ctx.ts'
import { orderKey } from './order-key.ts'

/** What the address of an order is made from. */
export type OrderPlace = { id: string; locale: 'ar' | 'en' }

/** The address of an order's page for its buyer, with the key that opens it. */
export function orderUrl(ctx: Ctx, slug: string, { id, locale }: OrderPlace): string {
  return `${ctx.config.publicUrl}/${locale}/${encodeURIComponent(slug)}/-/orders/${id}?key=${orderKey(ctx, id)}`
}

/** Where a payment provider sends the buyer back to. */
export function returnUrl(ctx: Ctx, slug: string, { id, locale }: OrderPlace): string {
  return `${ctx.config.publicUrl}/${locale}/${encodeURIComponent(slug)}/-/orders/${id}/return?key=${orderKey(ctx, id)}`
}
