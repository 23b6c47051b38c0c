import { sql } from 'drizzle-orm'
import type { Right } from '../../../platform/authorise.ts'
import type { TxCtx } from '../../../platform/ctx.ts'
import { rows } from '../../../platform/database/transaction.ts'
import { assert } from '../../../platform/errors.ts'
import { t } from '../../../platform/i18n/index.ts'
import type { MailContent } from '../../../platform/mail/message.ts'
import { queueMessages } from '../../../platform/mail/queue-message.ts'
import {
  memberRemovedMail,
  ownershipOfferMail,
  ownershipTakenMail,
  tokenMadeMail,
} from '../../../platform/mail/team-kinds.ts'
import { isLocale, type Locale } from '../../../shared/locale.ts'
import { OFFER_DAYS } from '../rules/invitation.ts'
import { workspaceName } from './workspace-name.ts'

type Reader = { id: string; name: string; email: string; locale: Locale }

/** Tells a person that they are no member any more. */
export async function mailRemoved(ctx: TxCtx, userId: string): Promise<void> {
  const { locale, name, ...reader } = await readPerson(ctx, userId)
  const content = memberRemovedMail({ locale, name, workspaceName: await workspaceName(ctx) })
  await mailTo(ctx, { ...reader, locale, name }, content)
}

/** An owner, the other, and whether the first remains one. */
export type OwnershipMove = { from: string; to: string; shared: boolean }

/** Asks a member to become an owner. */
export async function mailOffer(ctx: TxCtx, { from, to, shared }: OwnershipMove): Promise<void> {
  const [owner, reader] = [await readPerson(ctx, from), await readPerson(ctx, to)]
  const content = ownershipOfferMail({
    locale: reader.locale,
    name: reader.name,
    workspaceName: await workspaceName(ctx),
    ownerName: owner.name,
    shared,
    validDays: OFFER_DAYS,
    url: screen(ctx, 'me'),
  })
  await mailTo(ctx, reader, content)
}

/** Tells the owner who offered that the other has accepted. */
export async function mailOwnershipTaken(ctx: TxCtx, { from, to, shared }: OwnershipMove): Promise<void> {
  const [reader, owner] = [await readPerson(ctx, from), await readPerson(ctx, to)]
  const content = ownershipTakenMail({
    locale: reader.locale,
    name: reader.name,
    workspaceName: await workspaceName(ctx),
    newOwnerName: owner.name,
    shared,
    url: screen(ctx, 'members'),
  })
  await mailTo(ctx, reader, content)
}

/** A token that was just made, as its mail tells of it. */
export type TokenNews = { id: string; name: string; rights: readonly Right[]; expiresAt: Date | null }

/** Tells every owner of a new token, the one who made it too: it may have been somebody else at their desk. */
export async function mailTokenMade(ctx: TxCtx, userId: string, token: TokenNews): Promise<void> {
  const [maker, name] = [await readPerson(ctx, userId), await workspaceName(ctx)]
  const owners = await readOwners(ctx)
  await queueMessages(
    ctx,
    owners.map((reader) => ({
      ...tokenMadeMail({
        locale: reader.locale,
        name: reader.name,
        workspaceName: name,
        makerName: maker.name,
        tokenName: token.name,
        rights: token.rights.map((right) => t(reader.locale, `dashboard.rights.${right}`)),
        at: ctx.clock.now(),
        ...(token.expiresAt === null ? {} : { expiresAt: token.expiresAt }),
        ...(ctx.ip === undefined ? {} : { from: ctx.ip }),
        url: screen(ctx, 'tokens'),
      }),
      ...envelope(reader),
      dedupeKey: `token-made/${token.id}/${reader.id}`,
    })),
  )
}

async function mailTo(ctx: TxCtx, reader: Reader, content: MailContent): Promise<void> {
  const dedupeKey = `${content.kind}/${ctx.ids.next()}`
  await queueMessages(ctx, [{ ...content, ...envelope(reader), dedupeKey }])
}

function envelope({ id, name, email, locale }: Reader) {
  return { to: { email, name }, fromName: t(locale, 'mail.rafid'), related: { kind: 'person', id } }
}

function screen({ config }: TxCtx, part: 'members' | 'tokens' | 'me'): string {
  return `${config.publicUrl}/dashboard/settings/${part}`
}

type Row = { id: string; name: string; email: string; locale: string }

async function readPerson(ctx: TxCtx, userId: string): Promise<Reader> {
  const [row] = await rows<Row>(ctx, sql`SELECT id, name, email, locale FROM users WHERE id = ${userId}`)
  assert(row !== undefined, 'members are people')
  return toReader(row)
}

async function readOwners(ctx: TxCtx): Promise<Reader[]> {
  const found = await rows<Row>(
    ctx,
    sql`SELECT u.id, u.name, u.email, u.locale FROM members m JOIN users u ON u.id = m.user_id
        WHERE m.workspace_id = ${ctx.workspaceId} AND m.role = 'owner' ORDER BY u.id`,
  )
  return found.map(toReader)
}

function toReader({ locale, ...row }: Row): Reader {
  return { ...row, locale: isLocale(locale) ? locale : 'ar' }
}
