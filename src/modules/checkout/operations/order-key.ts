import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Ctx } from '../../../platform/ctx.ts'

/** The key with which whoever placed an order can see it again; it is not stored anywhere. */
export function orderKey(ctx: Ctx, orderId: string): string {
  return createHmac('sha256', ctx.secrets.key('links'))
    .update(`order/${orderId}`)
    .digest('base64url')
    .slice(0, 32)
}

/** Whether the key belongs to the order; takes the same time for any wrong key. */
export function isOrderKey(ctx: Ctx, orderId: string, key: string): boolean {
  const expected = Buffer.from(orderKey(ctx, orderId))
  const given = Buffer.from(key)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
