import { z } from '@hono/zod-openapi'
import { idSchema } from '../../shared/ids.ts'

/** States of e-mail in which it waits for a person. */
export const TROUBLED_MAIL = ['no-server', 'failed', 'unknown'] as const

const waitingSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('payment'), orderId: idSchema, number: z.string() }).openapi({
      description: 'A payment of another amount than the order’s.',
    }),
    z.object({ kind: z.literal('mail'), state: z.enum(TROUBLED_MAIL) }),
    z.object({
      kind: z.literal('stock'),
      productId: idSchema,
      title: z.object({ ar: z.string(), en: z.string() }),
      left: z.number().int().openapi({ description: 'Copies; 0 when it is sold out.' }),
    }),
    z.object({
      kind: z.literal('webhook'),
      endpointId: idSchema,
      description: z.string().openapi({ description: 'May be empty; its address tells it then.' }),
      url: z.string(),
    }),
    z.object({
      kind: z.literal('drafts'),
      withoutPrice: z.number().int(),
      priced: z.number().int().openapi({ description: 'Drafts that could be published.' }),
    }),
  ])
  .openapi('Waiting')

/** Something that waits for a person's hand. */
export type Waiting = z.infer<typeof waitingSchema>

/** What stands on a desk in the morning. */
export const overviewSchema = z
  .object({
    waiting: z
      .array(waitingSchema)
      .openapi({ description: 'Money first, then what buyers notice, then one’s own work.' }),
    hasFile: z.boolean().openapi({ description: 'Whether a file was ever uploaded.' }),
  })
  .openapi('Overview')

/** See overviewSchema. */
export type Overview = z.infer<typeof overviewSchema>
