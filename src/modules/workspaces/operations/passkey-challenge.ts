import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Ctx } from '../../../platform/ctx.ts'
import { relyingParty, type RelyingParty } from '../rules/relying-party.ts'
import { useOnce } from './use-code-once.ts'
import { PasskeysUnavailable } from '../sign-in-errors.ts'

/** What a challenge is for: a new passkey of a person, or an answer of one, by a person who is known or by anybody. */
export type ChallengeUse = { kind: 'register' | 'answer'; userId?: string | undefined }

const LASTS_MS = 5 * 60_000
const RANDOM_BYTES = 24
const TIME_BYTES = 6

/**
 * A challenge for a passkey. It carries its end and a seal over that and its use, so that asking for one writes nothing:
 * whoever asks a million times fills no table.
 */
export function makeChallenge(ctx: Ctx, use: ChallengeUse): Buffer {
  const end = Buffer.alloc(TIME_BYTES)
  end.writeUIntBE(ctx.clock.now().getTime() + LASTS_MS, 0, TIME_BYTES)
  const head = Buffer.concat([randomBytes(RANDOM_BYTES), end])
  return Buffer.concat([head, sealOf(ctx, head, use)])
}

/** Whether a challenge is ours, for this use, and not over. */
export function isChallenge(ctx: Ctx, challenge: string, use: ChallengeUse): boolean {
  const bytes = Buffer.from(challenge, 'base64url')
  const head = bytes.subarray(0, RANDOM_BYTES + TIME_BYTES)
  const seal = bytes.subarray(RANDOM_BYTES + TIME_BYTES)
  const expected = sealOf(ctx, head, use)
  if (seal.length !== expected.length || !timingSafeEqual(seal, expected)) return false
  return head.readUIntBE(RANDOM_BYTES, TIME_BYTES) > ctx.clock.now().getTime()
}

/** Claims a challenge whose answer was good: it is good once. */
export function claimChallenge(ctx: Ctx, challenge: string): Promise<boolean> {
  return useOnce(ctx, `passkey-challenge/${challenge}`, LASTS_MS)
}

/** For whom browsers keep the passkeys of this server. @throws PasskeysUnavailable */
export function requireRelyingParty({ config }: Ctx): RelyingParty {
  const party = relyingParty(config.publicUrl)
  if (party === undefined) throw new PasskeysUnavailable()
  return party
}

function sealOf({ secrets }: Ctx, head: Buffer, { kind, userId = '' }: ChallengeUse): Buffer {
  return createHmac('sha256', secrets.key('proofs'))
    .update(`passkey/${kind}/${userId}/`)
    .update(head)
    .digest()
}
