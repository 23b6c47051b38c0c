import { z } from '@hono/zod-openapi'

/** What is wrong with a log, and where; see the names of `rules/audit-chain.ts`. */
const auditFaultSchema = z.object({
  kind: z.enum([
    'event-changed',
    'event-missing',
    'links-missing',
    'event-unlinked',
    'head-missing',
    'head-forged',
    'head-changed',
  ]),
  number: z.string().optional().openapi({ description: 'The place in the chain, from 1.' }),
  eventId: z.string().optional(),
  from: z.string().optional(),
  through: z.string().optional(),
})

/** What became of a log's proof. */
export const auditProofSchema = z
  .object({
    events: z.int(),
    head: z.object({ number: z.string(), hash: z.string() }).nullable(),
    faults: z
      .array(auditFaultSchema)
      .openapi({ description: 'The first hundred; empty for a log that is whole.' }),
  })
  .openapi('AuditProof')

/** See auditProofSchema. */
export type AuditProof = z.infer<typeof auditProofSchema>
