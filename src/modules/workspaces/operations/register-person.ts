import type { Locale } from '../../../shared/locale.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import { Invalid } from '../../../platform/errors.ts'
import { faultOfPassword } from '../rules/password.ts'
import { accounts, users } from '../tables.ts'

/** A person to be, whose password was checked and hashed before the transaction. */
export type NewPerson = { name: string; email: string; passwordHash: string; locale: Locale }

/**
 * Hashes a password that may be set; takes some 50 ms, so never inside a transaction.
 * @throws Invalid for a short or commonly guessed one, or one made of `personal` texts.
 */
export async function hashNewPassword(
  password: string,
  { personal, pointer }: { personal: readonly string[]; pointer: string },
): Promise<string> {
  const fault = faultOfPassword(password, personal)
  if (fault !== undefined) throw new Invalid([{ pointer, detail: fault }])
  const { hashPassword } = await import('better-auth/crypto')
  return hashPassword(password)
}

/** Writes a person who can sign in by password. Returns their id. */
export async function insertPerson(ctx: TxCtx, person: NewPerson): Promise<string> {
  const id = ctx.ids.next()
  const now = ctx.clock.now()
  const { name, email, locale } = person
  await ctx.tx.db
    .insert(users)
    .values({ id, name, email, emailVerified: false, locale, createdAt: now, updatedAt: now })
  await ctx.tx.db.insert(accounts).values({
    id: ctx.ids.next(),
    userId: id,
    accountId: id,
    providerId: 'credential',
    password: person.passwordHash,
    createdAt: now,
    updatedAt: now,
  })
  return id
}
