import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'
import { NotSignedIn } from '../../../platform/errors.ts'
import { relyingParty } from '../rules/relying-party.ts'
import { freshUntil } from '../rules/session.ts'
import type { Security, Ways } from '../sign-in-schema.ts'
import { personIn } from './require-fresh.ts'
import { countCodes } from './second-factor.ts'

type PersonRow = {
  email: string
  email_verified: boolean
  has_password: boolean
  backup_codes: string | null
}

type PasskeyRow = { id: string; name: string; synced: boolean; created_at: Date; last_used_at: Date | null }

/** Which ways to sign in this server offers to anybody. */
export function signInWays({ config, mail }: Ctx): Ways {
  return { mail: mail !== undefined, passkeys: relyingParty(config.publicUrl) !== undefined }
}

/** How the account of the person who asks is secured. @throws NotSignedIn */
export async function getSecurity(ctx: Ctx): Promise<Security> {
  const userId = personIn(ctx)
  const { person, passkeys } = await directoryTransaction(ctx, async (tx) => ({
    person: (
      await rows<PersonRow>(
        { tx },
        sql`SELECT u.email, u.email_verified,
              EXISTS (SELECT FROM accounts a WHERE a.user_id = u.id AND a.password IS NOT NULL) AS has_password,
              (SELECT f.backup_codes FROM two_factors f WHERE f.user_id = u.id AND f.verified) AS backup_codes
            FROM users u WHERE u.id = ${userId}`,
      )
    )[0],
    passkeys: await rows<PasskeyRow>(
      { tx },
      sql`SELECT id, name, synced, created_at, last_used_at FROM passkeys WHERE user_id = ${userId} ORDER BY id`,
    ),
  }))
  if (person === undefined) throw new NotSignedIn()
  const { backup_codes: codes } = person
  const until = ctx.session === undefined ? undefined : freshUntil(ctx.session.openedAt, ctx.clock.now())
  return {
    email: person.email,
    emailVerified: person.email_verified,
    password: person.has_password,
    secondFactor: {
      enabled: codes !== null,
      recoveryCodesLeft: codes === null ? 0 : await countCodes(ctx, userId, codes),
    },
    passkeys: passkeys.map(({ id, name, synced, created_at, last_used_at }) => ({
      id,
      name,
      synced,
      createdAt: created_at.toISOString(),
      lastUsedAt: last_used_at?.toISOString() ?? null,
    })),
    ways: signInWays(ctx),
    freshUntil: until?.toISOString() ?? null,
  }
}
