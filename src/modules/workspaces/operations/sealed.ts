import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { seal } from '../../../platform/sealing/seal.ts'
import { openKept, type SealedTable } from '../../../platform/sealing/sealed-table.ts'
import type { Secrets } from '../../../platform/secrets.ts'

/** What of a second factor is sealed. What better-auth encrypts itself lies inside, and lay there alone before. */
export const sealed: SealedTable = {
  table: 'two_factors',
  id: 'user_id',
  columns: ['secret', 'backup_codes'],
  ofPeople: true,
  place: ({ id, column }) => `second-factor/${id}/${column}`,
  openOlder: (_secrets, _row, kept) => kept,
}

/** Whose second factor, and which part of it. */
export type FactorPart = { userId: string; column: 'secret' | 'backup_codes' }

/** Encrypts as better-auth's second factor does, which reads what is written so, and seals that. */
export async function sealFactor(ctx: Ctx & { tx: Tx }, part: FactorPart, data: string): Promise<string> {
  const { symmetricEncrypt } = await import('better-auth/crypto')
  const inner = await symmetricEncrypt({ key: keyOf(ctx.secrets), data })
  return seal(ctx, sealed.place(rowOf(part)), inner)
}

/** Reads what `sealFactor` wrote. @throws SecretUnreadable */
export async function openFactor({ secrets }: Ctx, part: FactorPart, kept: string): Promise<string> {
  const { symmetricDecrypt } = await import('better-auth/crypto')
  return symmetricDecrypt({ key: keyOf(secrets), data: openInner(secrets, part, kept) })
}

/** What is sealed, as better-auth knows it. @throws SecretUnreadable */
export function openInner(secrets: Secrets, part: FactorPart, kept: string): string {
  return openKept(secrets, sealed, { ...rowOf(part), kept })
}

/** A part of a second factor as a row of a sealed table. */
export function rowOf({ userId, column }: FactorPart) {
  return { workspaceId: undefined, id: userId, column }
}

/** The secret that better-auth is started with. */
function keyOf(secrets: Secrets): string {
  return secrets.key('sessions').toString('base64url')
}
