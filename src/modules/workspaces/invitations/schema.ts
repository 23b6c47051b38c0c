import { z } from '@hono/zod-openapi'
import { ROLES } from '../../../platform/authorise.ts'
import { locales } from '../../../shared/locale.ts'
import { email, instant, password, shortText } from '../schema.ts'

/** What can be made of a member by somebody else: ownership is offered and taken. */
export const changeRoleSchema = z.object({
  role: z.enum(['admin', 'editor', 'support', 'analyst']),
})

/** See changeRoleSchema. */
export type ChangeRole = z.infer<typeof changeRoleSchema>

/** Whom to invite, as what. */
export const newInvitationSchema = z.object({
  email,
  role: z.enum(ROLES),
  locale: z
    .enum(locales)
    .optional()
    .openapi({ description: 'The language of the mail; yours unless given.' }),
})

/** See newInvitationSchema. */
export type NewInvitation = z.infer<typeof newInvitationSchema>

/** An invitation that nobody has accepted yet. */
export const invitationSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    role: z.enum(ROLES),
    locale: z.enum(locales),
    invitedBy: z.object({ userId: z.uuid(), name: z.string() }),
    createdAt: instant,
    sentAt: instant,
    expiresAt: instant,
    expired: z.boolean(),
  })
  .openapi('Invitation')

/** See invitationSchema. */
export type Invitation = z.infer<typeof invitationSchema>

/** An invitation that was just made or sent again. */
export const sentInvitationSchema = invitationSchema
  .extend({
    link: z.string().nullable().openapi({
      description: 'Only where the server cannot send mail: the link to hand over yourself. Shown this once.',
    }),
  })
  .openapi('SentInvitation')

/** See sentInvitationSchema. */
export type SentInvitation = z.infer<typeof sentInvitationSchema>

/** What stands behind `#` in an invitation's link. */
const key = z.string().min(1).max(200).openapi({ description: 'The part of the link after `#`.' })

/** The key of an invitation. */
export const invitationKeySchema = z.object({ key })

/** See invitationKeySchema. */
export type InvitationKey = z.infer<typeof invitationKeySchema>

/** What the holder of an invitation sees before accepting. */
export const openInvitationSchema = z
  .object({
    workspaceName: z.string(),
    inviterName: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    expiresAt: instant,
    hasAccount: z
      .boolean()
      .openapi({ description: 'Whether the address can sign in, or makes an account first.' }),
  })
  .openapi('OpenInvitation')

/** See openInvitationSchema. */
export type OpenInvitation = z.infer<typeof openInvitationSchema>

/** An account to be made by accepting. */
export const joinSchema = z.object({
  key,
  name: shortText(120).openapi({ example: 'سارة العلي' }),
  password,
  locale: z.enum(locales),
})

/** See joinSchema. */
export type Join = z.infer<typeof joinSchema>

/** Where one has become a member. */
export const joinedSchema = z.object({ workspaceId: z.uuid(), userId: z.uuid() }).openapi('Joined')

/** See joinedSchema. */
export type Joined = z.infer<typeof joinedSchema>

/** Who is to become an owner. */
export const newOwnershipOfferSchema = z.object({
  userId: z.uuid(),
  shared: z
    .boolean()
    .openapi({ description: 'Whether you remain an owner too; otherwise you become an admin.' }),
})

/** See newOwnershipOfferSchema. */
export type NewOwnershipOffer = z.infer<typeof newOwnershipOfferSchema>

const personSchema = z.object({ userId: z.uuid(), name: z.string() })

/** An offer of ownership that waits for an answer. */
export const ownershipOfferSchema = z
  .object({ from: personSchema, to: personSchema, shared: z.boolean(), expiresAt: instant })
  .openapi('OwnershipOffer')

/** See ownershipOfferSchema. */
export type OwnershipOffer = z.infer<typeof ownershipOfferSchema>
