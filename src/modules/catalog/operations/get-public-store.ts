import type { Ctx } from '../../../platform/ctx.ts'
import { transaction } from '../../../platform/database/transaction.ts'
import type { PublicStore } from '../schema.ts'
import { readStore } from './read-store.ts'

/** What anybody may know of the store of the context's workspace. @throws NotFound */
export async function getPublicStore(ctx: Ctx): Promise<PublicStore> {
  const { createdAt: _createdAt, updatedAt: _updatedAt, ...store } = await transaction(ctx, readStore)
  return store
}
