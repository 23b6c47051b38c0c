import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction, isUniqueViolation, rows } from '../../../platform/database/transaction.ts'
import { Conflict, DomainError, NotFound } from '../../../platform/errors.ts'
import { PasskeyRefused } from '../sign-in-errors.ts'
import type { NewPasskey, Passkey } from '../sign-in-schema.ts'
import { noteAccountChange } from './note-account-change.ts'
import { claimChallenge, isChallenge, makeChallenge, requireRelyingParty } from './passkey-challenge.ts'
import { personIn, requireFresh } from './require-fresh.ts'
import { emailOf } from './second-factor.ts'

type Person = { name: string; email: string }

const MOST_OF_A_PERSON = 20

/**
 * What the browser needs to make a passkey for the person who asks: one that the device finds by itself and that asks for
 * a finger, a face or a PIN.
 * @throws FreshAuthenticationRequired, PasskeysUnavailable
 */
export async function offerPasskey(ctx: Ctx): Promise<{ challenge: string; [field: string]: unknown }> {
  const userId = personIn(ctx)
  requireFresh(ctx)
  const party = requireRelyingParty(ctx)
  const { person, known } = await directoryTransaction(ctx, async (tx) => ({
    person: (await rows<Person>({ tx }, sql`SELECT name, email FROM users WHERE id = ${userId}`))[0],
    known: await rows<{ credential_id: string }>(
      { tx },
      sql`SELECT credential_id FROM passkeys WHERE user_id = ${userId}`,
    ),
  }))
  if (known.length >= MOST_OF_A_PERSON) throw new Conflict()
  const { generateRegistrationOptions } = await import('@simplewebauthn/server')
  return {
    ...(await generateRegistrationOptions({
      rpName: 'Rafid',
      rpID: party.id,
      userID: Uint8Array.from(Buffer.from(userId.replaceAll('-', ''), 'hex')),
      userName: person?.email ?? '',
      userDisplayName: person?.name ?? '',
      challenge: Uint8Array.from(makeChallenge(ctx, { kind: 'register', userId })),
      attestationType: 'none',
      excludeCredentials: known.map(({ credential_id: id }) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })),
  }
}

/** Keeps the passkey that a browser has made. @throws FreshAuthenticationRequired, PasskeyRefused */
export async function addPasskey(ctx: Ctx, { name, response }: NewPasskey): Promise<Passkey> {
  const userId = personIn(ctx)
  requireFresh(ctx)
  const made = await verify(ctx, userId, response)
  const id = ctx.ids.next()
  const createdAt = ctx.clock.now()
  try {
    await directoryTransaction(ctx, async (tx) => {
      await rows(
        { tx },
        sql`INSERT INTO passkeys (id, user_id, name, credential_id, public_key, counter, transports, synced, created_at)
            VALUES (${id}, ${userId}, ${name}, ${made.credentialId}, ${made.publicKey}, ${made.counter},
              ${sql.param(made.transports)}::text[], ${made.synced}, ${createdAt})`,
      )
      await noteAccountChange(ctx, tx, { userId, email: await emailOf(tx, userId), change: 'passkey-added' })
    })
  } catch (error) {
    throw isUniqueViolation(error) ? new PasskeyRefused() : error
  }
  return { id, name, synced: made.synced, createdAt: createdAt.toISOString(), lastUsedAt: null }
}

async function verify(ctx: Ctx, userId: string, response: NewPasskey['response']) {
  const party = requireRelyingParty(ctx)
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  let challenge = ''
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      // Anything may have come in; the library checks every field that it reads.
      response: response as unknown as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: (given) => {
        challenge = given
        return isChallenge(ctx, given, { kind: 'register', userId })
      },
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    })
    if (!verified || !(await claimChallenge(ctx, challenge))) throw new PasskeyRefused()
    const { credential, credentialBackedUp } = registrationInfo
    return {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: BigInt(credential.counter),
      transports: credential.transports ?? [],
      synced: credentialBackedUp,
    }
  } catch (error) {
    if (error instanceof DomainError) throw error
    ctx.log.info({ err: error }, 'a new passkey was refused')
    throw new PasskeyRefused()
  }
}

/** Gives a passkey of the person another name. @throws NotFound */
export async function renamePasskey(ctx: Ctx, id: string, name: string): Promise<void> {
  const userId = personIn(ctx)
  const changed = await directoryTransaction(ctx, (tx) =>
    rows(
      { tx },
      sql`UPDATE passkeys SET name = ${name} WHERE id = ${id} AND user_id = ${userId} RETURNING id`,
    ),
  )
  if (changed.length === 0) throw new NotFound()
}

/** Forgets a passkey of the person: it opens nothing any more. @throws FreshAuthenticationRequired, NotFound */
export async function removePasskey(ctx: Ctx, id: string): Promise<void> {
  const userId = personIn(ctx)
  requireFresh(ctx)
  await directoryTransaction(ctx, async (tx) => {
    const gone = await rows(
      { tx },
      sql`DELETE FROM passkeys WHERE id = ${id} AND user_id = ${userId} RETURNING id`,
    )
    if (gone.length === 0) throw new NotFound()
    await noteAccountChange(ctx, tx, { userId, email: await emailOf(tx, userId), change: 'passkey-removed' })
  })
}
