import { z } from '@hono/zod-openapi'
import { BROWSERS, NETWORKS, SYSTEMS } from './rules/device.ts'
import { email, instant, password, shortText } from './schema.ts'

/** The key of a mailed link: what stands behind `#` in it. */
const key = z.string().min(1).max(200).openapi({ description: 'What stands behind `#` in the mailed link.' })

/** A six-digit code of an authenticator app, or a recovery code. */
const code = z
  .string()
  .trim()
  .min(6)
  .max(40)
  .openapi({ description: 'Six digits of the authenticator app, or a recovery code.', example: '492039' })

/** Whom to mail a link. */
export const addressSchema = z.object({ email })

/** A new password, and the key of the link that allows it. */
export const resetPasswordSchema = z.object({ token: key, newPassword: password })

/** See resetPasswordSchema. */
export type ResetPassword = z.infer<typeof resetPasswordSchema>

/** The key of a mailed link. */
export const keySchema = z.object({ token: key })

/** The second step of signing in. */
export const codeSchema = z.object({ code })

/** A name that a person gives to a passkey. */
export const passkeyNameSchema = z.object({ name: shortText(60).openapi({ example: 'هاتفي' }) })

/** What a browser's WebAuthn interface gives back, in its JSON form. Checked by SimpleWebAuthn, field by field. */
const credential = z
  .looseObject({ id: z.string().max(2048), rawId: z.string().max(2048), type: z.literal('public-key') })
  .openapi({
    description: 'The credential in WebAuthn’s JSON form, as `PublicKeyCredential.toJSON()` gives it.',
  })

/** A new passkey and its name. */
export const newPasskeySchema = passkeyNameSchema.extend({ response: credential })

/** See newPasskeySchema. */
export type NewPasskey = z.infer<typeof newPasskeySchema>

/** A passkey’s answer to a challenge. */
export const passkeyAnswerSchema = z.object({ response: credential })

/** See passkeyAnswerSchema. */
export type PasskeyAnswer = z.infer<typeof passkeyAnswerSchema>

/** What a passkey is asked for. */
export const askPasskeySchema = z.object({
  for: z
    .enum(['sign-in', 'fresh'])
    .openapi({ description: 'To sign in, or, signed in, to prove again who one is.' }),
})

/** See askPasskeySchema. */
export type PasskeyUse = z.infer<typeof askPasskeySchema>['for']

/** What the browser’s WebAuthn interface is to be called with. */
export const passkeyOptionsSchema = z
  .object({
    options: z.looseObject({ challenge: z.string() }).openapi({
      description: 'WebAuthn’s options in JSON, for `PublicKeyCredential.parse…OptionsFromJSON()`.',
    }),
  })
  .openapi('PasskeyOptions')

/** One of the ways to prove again who one is. */
export const freshProofSchema = z
  .object({ password: password.optional(), code: code.optional(), passkey: credential.optional() })
  .refine((given) => Object.values(given).filter((one) => one !== undefined).length === 1, {
    message: 'workspaces.fresh.one',
  })
  .openapi({ description: 'Exactly one of the three.' })

/** See freshProofSchema. */
export type FreshProof = z.infer<typeof freshProofSchema>

/** Which ways to sign in this server offers. */
export const waysSchema = z
  .object({
    mail: z.boolean().openapi({ description: 'Whether links can be mailed.' }),
    passkeys: z.boolean().openapi({
      description: 'Whether browsers take passkeys for `PUBLIC_URL`: https or localhost, with a name.',
    }),
  })
  .openapi('SignInWays')

/** See waysSchema. */
export type Ways = z.infer<typeof waysSchema>

/** A browser that is signed in. */
export const sessionItemSchema = z
  .object({
    id: z.uuid(),
    browser: z.enum(BROWSERS),
    system: z.enum(SYSTEMS),
    ip: z.string().nullable().openapi({ description: 'The address from which it signed in.' }),
    network: z.enum(NETWORKS),
    openedAt: instant.openapi({ description: 'When the person last proved here who they are.' }),
    lastUsedAt: instant.openapi({ description: 'To the minute.' }),
    current: z.boolean().openapi({ description: 'Whether it is the one that asks.' }),
  })
  .openapi('BrowserSession')

/** See sessionItemSchema. */
export type SessionItem = z.infer<typeof sessionItemSchema>

/** The sessions of a person; there are never many. */
export const sessionListSchema = z.object({ items: z.array(sessionItemSchema) })

/** A passkey of a person. */
export const passkeySchema = z
  .object({
    id: z.uuid(),
    name: z.string(),
    synced: z.boolean().openapi({ description: 'Whether it is kept in more places than one device.' }),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
  })
  .openapi('Passkey')

/** See passkeySchema. */
export type Passkey = z.infer<typeof passkeySchema>

/** How a person’s account is secured. */
export const securitySchema = z
  .object({
    email: z.string(),
    emailVerified: z.boolean(),
    password: z.boolean(),
    secondFactor: z.object({
      enabled: z.boolean(),
      recoveryCodesLeft: z.int().nonnegative(),
    }),
    passkeys: z.array(passkeySchema),
    ways: waysSchema,
    freshUntil: instant.nullable().openapi({
      description: 'Until when this session may do what wants fresh authentication; null if it may not.',
    }),
  })
  .openapi('AccountSecurity')

/** See securitySchema. */
export type Security = z.infer<typeof securitySchema>

/** A second factor that is about to be switched on. */
export const enrolmentSchema = z
  .object({
    key: z.string().openapi({ description: 'The secret in base 32, for typing in.' }),
    uri: z.string().openapi({ description: 'The same as an `otpauth:` address, as the picture holds it.' }),
    picture: z.string().openapi({ description: 'The address as a QR code: an SVG.' }),
  })
  .openapi('SecondFactorEnrolment')

/** See enrolmentSchema. */
export type Enrolment = z.infer<typeof enrolmentSchema>

/** Recovery codes, shown this once. */
export const recoveryCodesSchema = z
  .object({ codes: z.array(z.string()).openapi({ description: 'Each works once. Shown this once.' }) })
  .openapi('RecoveryCodes')
