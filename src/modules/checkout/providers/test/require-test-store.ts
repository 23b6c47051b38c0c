import type { Ctx } from '../../../../platform/ctx.ts'
import { NotFound } from '../../../../platform/errors.ts'
import { cachedStore } from '../../operations/cached-store.ts'

/** Lets only stores that take test payments go on. @throws NotFound */
export async function requireTestStore(ctx: Ctx): Promise<void> {
  const { providers } = await cachedStore(ctx)
  if (!providers.includes('test')) throw new NotFound()
}
