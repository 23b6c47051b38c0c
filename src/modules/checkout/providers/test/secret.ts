import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { Ctx } from '../../../../platform/ctx.ts'
import { assert } from '../../../../platform/errors.ts'
import type { Secrets } from '../../../../platform/secrets.ts'

const MOST_KNOWN = 10_000

const known = new WeakMap<Secrets, Map<string, KeyObject>>()

/** The 32-byte secret with which the test provider signs its messages to one store. */
export function testSecret({ secrets, workspaceId }: Ctx): KeyObject {
  assert(workspaceId !== undefined, 'a secret belongs to a workspace')
  let own = known.get(secrets)
  if (own === undefined || own.size > MOST_KNOWN) known.set(secrets, (own = new Map<string, KeyObject>()))
  let secret = own.get(workspaceId)
  if (secret === undefined) {
    secret = createSecretKey(createHmac('sha256', secrets.key('test-provider')).update(workspaceId).digest())
    own.set(workspaceId, secret)
  }
  return secret
}
