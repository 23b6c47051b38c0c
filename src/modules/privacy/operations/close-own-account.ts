import type { Ctx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { erasureOfOwn } from '../../../platform/personal-data.ts'
import { closeAccount } from '../../workspaces/index.ts'
import { PERSONAL_TABLES } from './registry.ts'

/**
 * Closes the account of whoever asks, with what is their own in each workspace. What they did for a workspace stays its own.
 * @throws FreshAuthenticationRequired, LastOwner
 */
export async function closeOwnAccount(ctx: Ctx): Promise<void> {
  await closeAccount(ctx, async (tx, who) => {
    for (const table of PERSONAL_TABLES.toReversed()) {
      const statement = erasureOfOwn(table, who)
      if (statement !== undefined) await rows(tx, statement)
    }
  })
}
