import { createHash, createHmac } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/database/database.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { PROOF_MINUTES, PROOF_PAGE, type ProofPurpose } from '../rules/proof.ts'
import { base32 } from '../rules/token.ts'
import { MailedLinkInvalid } from '../sign-in-errors.ts'

/** A wish for a mailed link; `requestId` names it, so that a job that runs twice mails the same link. */
export type LinkWish = { requestId: string; purpose: ProofPurpose; userId: string; email: string }

/** What a link has proven: that its holder reads mail to this address of this person. */
export type Proof = { purpose: ProofPurpose; userId: string; email: string }

type Row = { purpose: ProofPurpose; user_id: string; email: string }

const MOST_AN_HOUR = 5

/** Makes a link that works once; undefined if it was used already, or if the person has had enough of them this hour. */
export async function makeLink(ctx: Ctx, tx: Tx, wish: LinkWish): Promise<string | undefined> {
  const { requestId, purpose, userId, email } = wish
  const key = base32(
    createHmac('sha256', ctx.secrets.key('proofs')).update(`${purpose}/${requestId}`).digest(),
  )
  const now = ctx.clock.now()
  await rows({ tx }, sql`DELETE FROM proofs WHERE expires_at < ${new Date(now.getTime() - 24 * 3_600_000)}`)
  const [made] = await rows<{ used_at: Date | null }>(
    { tx },
    sql`INSERT INTO proofs (hash, purpose, user_id, email, created_at, expires_at)
        SELECT ${hashOf(key)}, ${purpose}, ${userId}, ${email}, ${now},
          ${new Date(now.getTime() + PROOF_MINUTES[purpose] * 60_000)}
        WHERE (SELECT count(*) FROM proofs WHERE user_id = ${userId} AND purpose = ${purpose} AND hash <> ${hashOf(key)}
          AND created_at > ${new Date(now.getTime() - 3_600_000)}) < ${MOST_AN_HOUR}
        ON CONFLICT (hash) DO UPDATE SET purpose = proofs.purpose RETURNING used_at`,
  )
  if (made === undefined || made.used_at !== null) return undefined
  return `${ctx.config.publicUrl}${PROOF_PAGE[purpose]}#${key}`
}

/** What a link proves, without using it up. @throws MailedLinkInvalid */
export async function readLink(
  ctx: Ctx,
  tx: Tx,
  { key, purposes }: { key: string; purposes: readonly ProofPurpose[] },
): Promise<Proof> {
  const [found] = await rows<Row>(
    { tx },
    sql`SELECT purpose, user_id, email FROM proofs
        WHERE hash = ${hashOf(key)} AND used_at IS NULL AND expires_at > ${ctx.clock.now()}`,
  )
  return proofOf(found, purposes)
}

/** Uses a link up: of two at the same moment one gets the proof. @throws MailedLinkInvalid */
export async function takeLink(
  ctx: Ctx,
  tx: Tx,
  { key, purposes }: { key: string; purposes: readonly ProofPurpose[] },
): Promise<Proof> {
  const now = ctx.clock.now()
  const [taken] = await rows<Row>(
    { tx },
    sql`UPDATE proofs SET used_at = ${now} WHERE hash = ${hashOf(key)} AND used_at IS NULL AND expires_at > ${now}
        RETURNING purpose, user_id, email`,
  )
  return proofOf(taken, purposes)
}

/** Makes every other link of a person useless: after a new password or another address. */
export async function voidLinks(ctx: Ctx, tx: Tx, userId: string): Promise<void> {
  await rows(
    { tx },
    sql`UPDATE proofs SET used_at = ${ctx.clock.now()} WHERE user_id = ${userId} AND used_at IS NULL`,
  )
}

function proofOf(row: Row | undefined, purposes: readonly ProofPurpose[]): Proof {
  if (row === undefined || !purposes.includes(row.purpose)) throw new MailedLinkInvalid()
  return { purpose: row.purpose, userId: row.user_id, email: row.email }
}

/** The key has 256 unguessable bits, so a plain hash cannot be reversed. */
function hashOf(key: string): string {
  return createHash('sha256').update(`link/${key}`).digest('base64url')
}
