import type { Ctx } from '../../../platform/ctx.ts'
import { NotFound } from '../../../platform/errors.ts'
import type { HttpContext } from '../../../platform/http/env.ts'
import { findStoreWorkspace } from '../../workspaces/index.ts'

/** The request's context, acting in the store of that address whoever the caller is. @throws NotFound */
export async function storeCtx(c: HttpContext, slug: string): Promise<Ctx> {
  const ctx = c.get('ctx')
  const workspaceId = await findStoreWorkspace(ctx, slug)
  if (workspaceId === undefined) throw new NotFound()
  return { ...ctx, workspaceId }
}
