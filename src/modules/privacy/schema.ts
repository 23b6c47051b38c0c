import { z } from '@hono/zod-openapi'

const instant = z.iso.datetime()

/** Whom it is about, and whether their data is taken along or erased. An erasure wants the address twice. */
export const askPrivacySchema = z
  .strictObject({
    kind: z.enum(['export', 'erasure']),
    email: z
      .email()
      .max(254)
      .transform((email) => email.toLowerCase()),
    confirm: z
      .string()
      .max(254)
      .transform((email) => email.trim().toLowerCase())
      .optional()
      .openapi({ description: 'For an erasure: the address again.' }),
  })
  .refine(({ kind, email, confirm }) => kind === 'export' || confirm === email, {
    path: ['confirm'],
    message: 'privacy.confirm',
  })

/** See askPrivacySchema. */
export type AskPrivacy = z.infer<typeof askPrivacySchema>

/** How far an export or an erasure is. */
export const privacyRequestSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(['export', 'erasure']),
    about: z.enum(['buyer', 'member']),
    email: z.string().nullable().openapi({ description: 'Null once it is erased, or the archive is gone.' }),
    status: z.enum(['waiting', 'running', 'done', 'failed']),
    progress: z
      .object({ done: z.number().int(), parts: z.number().int() })
      .openapi({ description: '`parts` is 0 until it is known.' }),
    rows: z.number().int().openapi({ description: 'Records in the archive, or erased.' }),
    sizeBytes: z.number().int().nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
    expiresAt: instant.nullable().openapi({ description: 'When the archive is removed.' }),
  })
  .openapi('PrivacyRequest')

/** See privacyRequestSchema. */
export type PrivacyRequest = z.infer<typeof privacyRequestSchema>
