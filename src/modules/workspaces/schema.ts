import { z } from '@hono/zod-openapi'
import { RIGHTS, ROLES } from '../../platform/authorise.ts'
import { currencySchema } from '../../shared/currencies.ts'
import { locales } from '../../shared/locale.ts'
import { slugSchema } from '../../shared/slug.ts'

/** A point in time. */
export const instant = z.iso.datetime().openapi({ example: '2026-03-01T09:30:00.000Z' })
/** An e-mail address, in lower case. */
export const email = z
  .string()
  .trim()
  .max(254)
  .pipe(z.email())
  .transform((address) => address.toLowerCase())
  .openapi({ type: 'string', format: 'email', example: 'noura@example.com' })
/** A name or title of a person's own. */
export const shortText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{Cc}*$/u, 'problems.field.invalid')

/** A password on its way in; the rules of `rules/password.ts` are asked where it is set, not where it is checked. */
export const password = z
  .string()
  .min(1)
  .max(1024)
  .openapi({ format: 'password', example: 'نهر هادئ تحت الجسر' })

/** What opens a new workspace with its store. */
export const newWorkspaceSchema = z.object({
  storeNameAr: shortText(120).openapi({ example: 'متجر نورة' }),
  storeNameEn: shortText(120).openapi({ example: 'Noura’s Store' }),
  storeSlug: slugSchema.optional().openapi({
    description: 'The address of the store; made from the English name unless given.',
    example: 'noura',
  }),
  currency: currencySchema,
  locale: z.enum(locales),
})

/** See newWorkspaceSchema. */
export type NewWorkspace = z.infer<typeof newWorkspaceSchema>

/** What makes the owner and the first store of an installation. */
export const setUpSchema = newWorkspaceSchema.extend({
  token: z.string().min(1).max(200).openapi({ description: 'The part of the set-up link after `#`.' }),
  name: shortText(120).openapi({ example: 'نورة السالم' }),
  email,
  password,
})

/** See setUpSchema. */
export type SetUp = z.infer<typeof setUpSchema>

/** What set-up made; the token is shown this once. */
export const setUpDoneSchema = z
  .object({
    workspaceId: z.uuid(),
    userId: z.uuid(),
    store: z.object({ slug: z.string() }),
    token: z.string().openapi({ description: 'An API token with every right, for programs. Shown once.' }),
  })
  .openapi('SetUpDone')

/** See setUpDoneSchema. */
export type SetUpDone = z.infer<typeof setUpDoneSchema>

/** Whether an installation still waits for its owner. */
export const setUpStateSchema = z.object({ done: z.boolean() }).openapi('SetUpState')

/** Who wants to sign in. */
export const signInSchema = z.object({ email, password })

/** See signInSchema. */
export type SignIn = z.infer<typeof signInSchema>

/** Who has signed in, or that a code is wanted before anybody has. */
export const signedInSchema = z
  .object({
    userId: z.uuid().nullable(),
    secondStep: z
      .boolean()
      .openapi({ description: 'True while a code is wanted: send it to `POST /auth/second-step`.' }),
  })
  .openapi('SignedIn')

/** See signedInSchema. */
export type SignedIn = z.infer<typeof signedInSchema>

/** A person's wish for another password. */
export const changePasswordSchema = z.object({ currentPassword: password, newPassword: password })

/** See changePasswordSchema. */
export type ChangePassword = z.infer<typeof changePasswordSchema>

/** A workspace as one of its members sees it. */
export const membershipSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: z.enum(ROLES),
    storeSlug: z.string().nullable(),
    joinedAt: instant,
  })
  .openapi('Membership')

/** See membershipSchema. */
export type Membership = z.infer<typeof membershipSchema>

/** Who is asking, and where they may act. */
export const sessionSchema = z
  .object({
    person: z.object({ id: z.uuid(), name: z.string(), email: z.string(), locale: z.enum(locales) }),
    workspaces: z.array(membershipSchema),
    current: z
      .object({ workspaceId: z.uuid(), role: z.enum(ROLES).nullable(), rights: z.array(z.enum(RIGHTS)) })
      .nullable()
      .openapi({ description: 'The workspace of this request; null until one is chosen.' }),
  })
  .openapi('Session')

/** See sessionSchema. */
export type Session = z.infer<typeof sessionSchema>

/** A workspace that was just opened. */
export const openedWorkspaceSchema = z
  .object({ id: z.uuid(), name: z.string(), store: z.object({ slug: z.string() }) })
  .openapi('Workspace')

/** See openedWorkspaceSchema. */
export type OpenedWorkspace = z.infer<typeof openedWorkspaceSchema>

/** A member of the workspace. */
export const memberSchema = z
  .object({
    userId: z.uuid(),
    name: z.string(),
    email: z.string(),
    role: z.enum(ROLES),
    joinedAt: instant,
  })
  .openapi('Member')

/** See memberSchema. */
export type Member = z.infer<typeof memberSchema>

/** A token to be made. */
export const newTokenSchema = z.object({
  name: shortText(80).openapi({ example: 'Nightly export' }),
  rights: z
    .array(z.enum(RIGHTS))
    .min(1)
    .max(RIGHTS.length)
    .openapi({ example: ['orders:read'] }),
  expiresAt: instant.optional().openapi({ description: 'No end unless given.' }),
})

/** See newTokenSchema. */
export type NewToken = z.infer<typeof newTokenSchema>

/** A token without its secret. */
export const apiTokenSchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    rights: z.array(z.enum(RIGHTS)),
    userId: z.uuid().openapi({ description: 'The member for whom it acts.' }),
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .openapi('ApiToken')

/** See apiTokenSchema. */
export type ApiToken = z.infer<typeof apiTokenSchema>

/** A token that was just made; the only answer that holds its secret. */
export const madeTokenSchema = apiTokenSchema
  .extend({ token: z.string().openapi({ description: 'Shown this once; only its hash is kept.' }) })
  .openapi('MadeApiToken')

/** See madeTokenSchema. */
export type MadeToken = z.infer<typeof madeTokenSchema>

/** What an audit listing is narrowed by. */
export const auditFilterSchema = z.object({
  action: z.string().max(80).optional(),
  subjectKind: z.string().max(80).optional(),
  subjectId: z.string().max(200).optional(),
  userId: z.uuid().optional().openapi({ description: 'What a person did, also by a token of theirs.' }),
  actorId: z.uuid().optional().openapi({ description: 'What exactly this person or this token did.' }),
  from: instant.optional().openapi({ description: 'Not before.' }),
  to: instant.optional().openapi({ description: 'Before.' }),
  sort: z.enum(['-at', 'at']).default('-at'),
})

/** See auditFilterSchema. */
export type AuditFilter = z.input<typeof auditFilterSchema>

/** Who did what to what, from where, before and after. */
export const auditEventSchema = z
  .object({
    id: z.uuid(),
    at: instant,
    actorKind: z.enum(['anonymous', 'system', 'buyer', 'person', 'member', 'token']),
    actorId: z.string().nullable(),
    person: z
      .object({ userId: z.uuid(), name: z.string() })
      .nullable()
      .openapi({ description: 'The person who acted, also where a token of theirs did.' }),
    tokenName: z.string().nullable(),
    action: z.string().openapi({ example: 'token.create' }),
    subjectKind: z.string(),
    subjectId: z.string(),
    before: z.unknown(),
    after: z.unknown(),
    ip: z.string().nullable(),
    requestId: z.string(),
  })
  .openapi('AuditEvent')

/** See auditEventSchema. */
export type AuditEvent = z.infer<typeof auditEventSchema>
