import { authorise } from '../../../platform/authorise.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import type { Store } from '../schema.ts'
import { readStore } from './read-store.ts'

/** The workspace's store with all its settings. @throws NotFound if it has none yet. */
export async function getStore(ctx: Ctx): Promise<Store> {
  authorise(ctx, 'store:read')
  return transaction(ctx, readStore)
}
