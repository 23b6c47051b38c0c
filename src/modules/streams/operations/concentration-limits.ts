import { sql } from 'drizzle-orm'
import { authorise } from '../../../platform/authorise.ts'
import type { Ctx, TxCtx } from '../../../platform/ctx.ts'
import { rows, transaction } from '../../../platform/database/transaction.ts'
import { audit } from '../../workspaces/index.ts'
import type { ApiLimits } from '../concentration-schema.ts'
import { DEFAULT_LIMITS, DIMENSIONS, type Dimension } from '../rules/concentration.ts'

const BPS = 10_000

/** Changes from where on concentration sets off an alarm, for the dimensions that are given. */
export async function setConcentrationLimits(ctx: Ctx, limits: readonly ApiLimits[]): Promise<ApiLimits[]> {
  authorise(ctx, 'streams:write')
  const once = new Map(limits.map((one) => [one.by, one]))
  return transaction(ctx, async (tx) => {
    const before = await concentrationLimitsOf(tx)
    for (const { by, hhi, largest } of once.values()) {
      await rows(
        tx,
        sql`INSERT INTO concentration_limits (workspace_id, dimension, hhi_bps, largest_bps, updated_at)
            VALUES (${tx.workspaceId}, ${by}, ${toBps(hhi)}, ${toBps(largest)}, ${ctx.clock.now()})
            ON CONFLICT (workspace_id, dimension) DO UPDATE
            SET hhi_bps = excluded.hhi_bps, largest_bps = excluded.largest_bps, updated_at = excluded.updated_at`,
      )
    }
    await audit(tx, {
      action: 'concentration.set-limits',
      subjectKind: 'concentration',
      subjectId: tx.workspaceId,
      before: { limits: before.filter(({ by }) => once.has(by)) },
      after: { limits: [...once.values()] },
    })
    return concentrationLimitsOf(tx)
  })
}

/** The limits of every dimension, in their order. */
export async function concentrationLimitsOf(ctx: TxCtx): Promise<ApiLimits[]> {
  const found = await rows<{ by: Dimension; hhi: number | null; largest: number | null }>(
    ctx,
    sql`SELECT dimension AS by, hhi_bps AS hhi, largest_bps AS largest FROM concentration_limits
        WHERE workspace_id = ${ctx.workspaceId}`,
  )
  return DIMENSIONS.map((by) => {
    const own = found.find((one) => one.by === by)
    return own === undefined
      ? { by, ...DEFAULT_LIMITS }
      : { by, hhi: own.hhi && own.hhi / BPS, largest: own.largest && own.largest / BPS }
  })
}

function toBps(share: number | null): number | null {
  return share === null ? null : Math.round(share * BPS)
}
