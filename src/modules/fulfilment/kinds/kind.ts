import type { z } from 'zod'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import type { BuyerView } from '../schema.ts'

/** A right that was just granted. */
export type Grant = {
  entitlementId: string
  orderId: string
  line: number
  productId: string
  quantity: number
}

/** A right as its buyer's page reads it. */
export type Held = Grant & { kind: string; grantedAt: Date; revokedAt: Date | undefined }

/**
 * A kind of product: what its settings are and what a buyer gets. To add one, write a folder like `download/` and list it
 * in `index.ts`.
 */
export type ProductKind = {
  readonly name: string
  /** The kind's own settings of a product; `{}` must be acceptable. */
  readonly settings: z.ZodType<Record<string, unknown>>
  /** Whether a product of this kind cannot be sold before an edition with at least one file is there. */
  readonly needsFiles: boolean
  /** What must exist besides the right itself; in the transaction that grants it, for many at once. */
  deliver(ctx: TxCtx, grants: readonly Grant[]): Promise<void>
  /** What must end with the right; in the transaction that revokes it. */
  revoke(ctx: TxCtx, entitlementIds: readonly string[]): Promise<void>
  /** What the buyers of these rights see and can do now; one view per right, in the same order. */
  view(ctx: Ctx, held: readonly Held[]): Promise<BuyerView[]>
}
