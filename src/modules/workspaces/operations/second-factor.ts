import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { directoryTransaction, rows } from '../../../platform/database/transaction.ts'
import { appBase32, otpauthUri, RECOVERY_CODE_BYTES, RECOVERY_CODES, recoveryCode } from '../rules/otpauth.ts'
import { SecondFactorIsOff, SecondFactorIsOn } from '../sign-in-errors.ts'
import type { Enrolment } from '../sign-in-schema.ts'
import { forgetActors } from './actor-cache.ts'
import { noteAccountChange } from './note-account-change.ts'
import { personIn, requireFresh } from './require-fresh.ts'
import { openFactor, sealFactor } from './sealed.ts'

/**
 * Makes a secret for an authenticator app. It asks for nothing yet: a code of the app switches it on. Asking again makes
 * another one.
 * @throws FreshAuthenticationRequired, SecondFactorIsOn
 */
export async function startSecondFactor(ctx: Ctx): Promise<Enrolment> {
  const userId = personIn(ctx)
  requireFresh(ctx)
  // Better-auth signs with the letters of the secret; so many of them hold 144 random bits.
  const secret = randomBytes(18).toString('base64url')
  const email = await directoryTransaction(ctx, async (tx) => {
    const sealed = await sealFactor({ ...ctx, tx }, { userId, column: 'secret' }, secret)
    const none = await sealFactor({ ...ctx, tx }, { userId, column: 'backup_codes' }, '[]')
    const made = await rows(
      { tx },
      sql`INSERT INTO two_factors (id, user_id, secret, backup_codes, verified)
          VALUES (${ctx.ids.next()}, ${userId}, ${sealed}, ${none}, false)
          ON CONFLICT (user_id) DO UPDATE SET secret = ${sealed}, backup_codes = ${none}
          WHERE NOT two_factors.verified RETURNING id`,
    )
    if (made.length === 0) throw new SecondFactorIsOn()
    return emailOf(tx, userId)
  })
  const key = appBase32(Buffer.from(secret))
  const issuer = `Rafid ${new URL(ctx.config.publicUrl).hostname}`
  const uri = otpauthUri({ issuer, account: email, key })
  const { toString: draw } = await import('qrcode')
  return { key, uri, picture: await draw(uri, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' }) }
}

/** After the app's first code was right: makes the recovery codes, and tells the person. */
export async function finishSecondFactor(ctx: Ctx, otherSessions: readonly string[]): Promise<string[]> {
  const userId = personIn(ctx)
  const codes = makeCodes()
  await directoryTransaction(ctx, async (tx) => {
    const sealed = await sealCodes({ ...ctx, tx }, userId, codes)
    await rows({ tx }, sql`UPDATE two_factors SET backup_codes = ${sealed} WHERE user_id = ${userId}`)
    await rows(
      { tx },
      sql`DELETE FROM sessions WHERE user_id = ${userId} AND id = ANY (${sql.param(otherSessions)}::uuid[])`,
    )
    await noteAccountChange(ctx, tx, { userId, email: await emailOf(tx, userId), change: 'second-factor-on' })
  })
  forgetActors()
  return codes
}

/** Makes new recovery codes; the old ones no longer work. @throws FreshAuthenticationRequired, SecondFactorIsOff */
export async function renewRecoveryCodes(ctx: Ctx): Promise<string[]> {
  const userId = personIn(ctx)
  requireFresh(ctx)
  const codes = makeCodes()
  await directoryTransaction(ctx, async (tx) => {
    const sealed = await sealCodes({ ...ctx, tx }, userId, codes)
    const changed = await rows(
      { tx },
      sql`UPDATE two_factors SET backup_codes = ${sealed} WHERE user_id = ${userId} AND verified RETURNING id`,
    )
    if (changed.length === 0) throw new SecondFactorIsOff()
    await noteAccountChange(ctx, tx, {
      userId,
      email: await emailOf(tx, userId),
      change: 'recovery-codes-new',
    })
  })
  return codes
}

/** Switches the second factor off, and every other browser with it. @throws FreshAuthenticationRequired, SecondFactorIsOff */
export async function stopSecondFactor(ctx: Ctx): Promise<void> {
  const userId = personIn(ctx)
  requireFresh(ctx)
  await directoryTransaction(ctx, async (tx) => {
    const gone = await rows<{ verified: boolean }>(
      { tx },
      sql`DELETE FROM two_factors WHERE user_id = ${userId} RETURNING verified`,
    )
    await rows({ tx }, sql`UPDATE users SET two_factor_enabled = false WHERE id = ${userId}`)
    if (gone[0]?.verified !== true) throw new SecondFactorIsOff()
    await rows(
      { tx },
      sql`DELETE FROM sessions WHERE user_id = ${userId} AND id <> ${ctx.session?.id ?? userId}`,
    )
    await noteAccountChange(ctx, tx, {
      userId,
      email: await emailOf(tx, userId),
      change: 'second-factor-off',
    })
  })
  forgetActors()
}

/** After somebody signed in with a recovery code: the person is told. */
export async function noteRecoveryCode(ctx: Ctx, userId: string): Promise<void> {
  await directoryTransaction(ctx, async (tx) => {
    await noteAccountChange(ctx, tx, {
      userId,
      email: await emailOf(tx, userId),
      change: 'recovery-code-used',
    })
  })
}

/** Whether the person has a second factor, and it is on. */
export async function hasSecondFactor(ctx: Ctx, userId: string): Promise<boolean> {
  const found = await directoryTransaction(ctx, (tx) =>
    rows({ tx }, sql`SELECT id FROM two_factors WHERE user_id = ${userId} AND verified`),
  )
  return found.length > 0
}

/** How many recovery codes of a person's sealed ones are left. */
export async function countCodes(ctx: Ctx, userId: string, sealed: string): Promise<number> {
  const codes: unknown = JSON.parse(await openFactor(ctx, { userId, column: 'backup_codes' }, sealed))
  return Array.isArray(codes) ? codes.length : 0
}

function makeCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => recoveryCode(randomBytes(RECOVERY_CODE_BYTES)))
}

function sealCodes(ctx: Ctx & { tx: Tx }, userId: string, codes: readonly string[]): Promise<string> {
  return sealFactor(ctx, { userId, column: 'backup_codes' }, JSON.stringify(codes))
}

/** The person's present address. */
export async function emailOf(tx: Tx, userId: string): Promise<string> {
  const [person] = await rows<{ email: string }>({ tx }, sql`SELECT email FROM users WHERE id = ${userId}`)
  return person?.email ?? ''
}
