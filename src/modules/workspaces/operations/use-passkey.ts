import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'
import { DomainError } from '../../../platform/errors.ts'
import { PasskeyRefused } from '../sign-in-errors.ts'
import type { PasskeyAnswer, PasskeyUse } from '../sign-in-schema.ts'
import { claimChallenge, isChallenge, makeChallenge, requireRelyingParty } from './passkey-challenge.ts'
import { personIn } from './require-fresh.ts'

type Row = { id: string; user_id: string; credential_id: string; public_key: string; counter: bigint }

/**
 * What the browser needs to ask a passkey who is there: any that it has for this server, to sign in, or one of the
 * person's own, to prove again who they are.
 * @throws PasskeysUnavailable, NotSignedIn
 */
export async function askPasskey(
  ctx: Ctx,
  use: PasskeyUse,
): Promise<{ challenge: string; [field: string]: unknown }> {
  const party = requireRelyingParty(ctx)
  const userId = whoIn(ctx, use)
  const own =
    userId === undefined
      ? []
      : await directoryTransaction(ctx, (tx) =>
          rows<{ credential_id: string }>(
            { tx },
            sql`SELECT credential_id FROM passkeys WHERE user_id = ${userId}`,
          ),
        )
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
  return {
    ...(await generateAuthenticationOptions({
      rpID: party.id,
      challenge: Uint8Array.from(makeChallenge(ctx, { kind: 'answer', userId })),
      userVerification: 'required',
      ...(own.length === 0 ? {} : { allowCredentials: own.map(({ credential_id: id }) => ({ id })) }),
    })),
  }
}

/**
 * Takes a passkey's answer as the proof of who is there: its key, this server's name, the challenge that was given, and a
 * finger, face or PIN. To prove again who one is, the passkey must be one's own.
 * @returns the person. @throws PasskeyRefused, PasskeysUnavailable, NotSignedIn
 */
export async function usePasskey(ctx: Ctx, { response }: PasskeyAnswer, use: PasskeyUse): Promise<string> {
  const known = whoIn(ctx, use)
  const [passkey] = await directoryTransaction(ctx, (tx) =>
    rows<Row>(
      { tx },
      sql`SELECT id, user_id, credential_id, public_key, counter FROM passkeys WHERE credential_id = ${response.id}`,
    ),
  )
  if (passkey === undefined || (known !== undefined && known !== passkey.user_id)) throw new PasskeyRefused()
  const counter = await verify(ctx, passkey, { response, known })
  const noted = await directoryTransaction(ctx, (tx) =>
    rows(
      { tx },
      sql`UPDATE passkeys SET counter = ${counter}, last_used_at = ${ctx.clock.now()}
          WHERE id = ${passkey.id} AND counter = ${passkey.counter} RETURNING id`,
    ),
  )
  // Two answers of one counter at the same moment: one of them comes from a copy.
  if (noted.length === 0) throw new PasskeyRefused()
  return passkey.user_id
}

async function verify(
  ctx: Ctx,
  passkey: Row,
  { response, known }: { response: PasskeyAnswer['response']; known: string | undefined },
): Promise<bigint> {
  const party = requireRelyingParty(ctx)
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  let challenge = ''
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      // Anything may have come in; the library checks every field that it reads.
      response: response as unknown as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: (given) => {
        challenge = given
        return isChallenge(ctx, given, { kind: 'answer', userId: known })
      },
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      credential: {
        id: passkey.credential_id,
        publicKey: Uint8Array.from(Buffer.from(passkey.public_key, 'base64url')),
        counter: Number(passkey.counter),
      },
      requireUserVerification: true,
    })
    if (!verified || !(await claimChallenge(ctx, challenge))) throw new PasskeyRefused()
    return BigInt(authenticationInfo.newCounter)
  } catch (error) {
    if (error instanceof DomainError) throw error
    ctx.log.info({ err: error }, 'a passkey was refused')
    throw new PasskeyRefused()
  }
}

function whoIn(ctx: Ctx, use: PasskeyUse): string | undefined {
  return use === 'fresh' ? personIn(ctx) : undefined
}
