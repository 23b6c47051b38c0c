import { createHmac } from 'node:crypto'
import type { Ctx } from '../../../../platform/ctx.ts'
import { assert } from '../../../../platform/errors.ts'

/** The 32-byte secret with which the test provider signs its messages to one store. */
export function testSecret(ctx: Ctx): Buffer {
  assert(ctx.workspaceId !== undefined, 'a secret belongs to a workspace')
  return createHmac('sha256', ctx.secrets.key('test-provider')).update(ctx.workspaceId).digest()
}
