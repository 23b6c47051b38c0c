import { randomBytes } from 'node:crypto'
import type { TxCtx } from '../../../platform/ctx.ts'
import { seal, unseal } from '../../../platform/seal.ts'
import { SECRET_BYTES, writeSecret } from '../rules/signature.ts'
import type { EndpointRow } from './lock-endpoint.ts'

type Place = Pick<TxCtx, 'secrets' | 'workspaceId'>

/** A new secret, as it is shown and as it is kept. */
export function newSecret(ctx: Place, endpointId: string): { shown: string; kept: string } {
  const shown = writeSecret(randomBytes(SECRET_BYTES))
  return { shown, kept: seal(ctx.secrets.key('webhooks'), placeOf(ctx, endpointId), shown) }
}

/** The secrets that messages are signed with now, the newest first. */
export function secretsOf(
  ctx: Place,
  endpoint: Pick<EndpointRow, 'id' | 'secret' | 'previousSecret' | 'previousUntil'>,
  now: Date,
): [string, ...string[]] {
  const open = (kept: string) => unseal(ctx.secrets.key('webhooks'), placeOf(ctx, endpoint.id), kept)
  const { secret, previousSecret, previousUntil } = endpoint
  const both = previousSecret !== null && previousUntil !== null && previousUntil > now
  return both ? [open(secret), open(previousSecret)] : [open(secret)]
}

function placeOf({ workspaceId }: Place, endpointId: string): string {
  return `webhook-endpoint/${workspaceId}/${endpointId}`
}
