import { createDecipheriv, randomBytes } from 'node:crypto'
import type { TxCtx } from '../../../platform/ctx.ts'
import { seal } from '../../../platform/sealing/seal.ts'
import { SecretUnreadable } from '../../../platform/sealing/errors.ts'
import { openKept, type SealedRow, type SealedTable } from '../../../platform/sealing/sealed-table.ts'
import type { Secrets } from '../../../platform/secrets.ts'
import { SECRET_BYTES, writeSecret } from '../rules/signature.ts'
import type { EndpointRow } from './lock-endpoint.ts'

/** What of this module is sealed. The secret of before moves from one column to the other as it is. */
export const sealed: SealedTable = {
  table: 'webhook_endpoints',
  id: 'id',
  columns: ['secret', 'previous_secret'],
  place: placeOf,
  openOlder: openFirstForm,
}

/** A new secret, as it is shown and as it is kept. */
export async function newSecret(ctx: TxCtx, endpointId: string): Promise<{ shown: string; kept: string }> {
  const shown = writeSecret(randomBytes(SECRET_BYTES))
  const place = placeOf({ workspaceId: ctx.workspaceId, id: endpointId })
  return { shown, kept: await seal(ctx, place, shown) }
}

/** The secrets that messages are signed with now, the newest first. @throws SecretUnreadable */
export function secretsOf(
  ctx: Pick<TxCtx, 'secrets' | 'workspaceId'>,
  endpoint: Pick<EndpointRow, 'id' | 'secret' | 'previousSecret' | 'previousUntil'>,
  now: Date,
): [string, ...string[]] {
  const { id, secret, previousSecret, previousUntil } = endpoint
  const open = (column: string, kept: string) =>
    openKept(ctx.secrets, sealed, { workspaceId: ctx.workspaceId, id, column, kept })
  const both = previousSecret !== null && previousUntil !== null && previousUntil > now
  const newest = open('secret', secret)
  return both ? [newest, open('previous_secret', previousSecret)] : [newest]
}

function placeOf({ workspaceId, id }: Pick<SealedRow, 'workspaceId' | 'id'>): string {
  return `webhook-endpoint/${workspaceId}/${id}`
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Before there were envelopes: `v1.` and AES-256-GCM with a key that was derived from the root of all keys. */
function openFirstForm(secrets: Secrets, row: SealedRow, kept: string): string {
  const bytes = Buffer.from(kept.replace(/^v1\./, ''), 'base64url')
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) throw new SecretUnreadable('changed', '')
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', secrets.key('webhooks'), nonce, {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(placeOf(row)))
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  try {
    const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    throw new SecretUnreadable('changed', '')
  }
}
