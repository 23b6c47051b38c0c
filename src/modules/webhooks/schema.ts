import { z } from '@hono/zod-openapi'
import { idSchema } from '../../shared/ids.ts'

const instant = z.iso.datetime().openapi({ example: '2026-03-01T09:30:00.000Z' })
const typeName = z
  .string()
  .regex(/^[a-z_]+(\.[a-z_]+)+$/, 'problems.field.event-type')
  .openapi({ example: 'order.paid' })

const url = z.string().min(1).max(2048).openapi({
  format: 'uri',
  description: 'https or http, on a port that the operator allows, not inside of a private network.',
  example: 'https://hooks.example/rafid',
})
const description = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'problems.field.control-characters')
  .openapi({ example: 'Warehouse' })
const eventTypes = z
  .array(typeName)
  .min(1)
  .max(100)
  .nullable()
  .openapi({ description: 'What it is told; null for everything, also what is added later.' })

/** An endpoint to be made. */
export const newEndpointSchema = z.object({
  url,
  description: description.default(''),
  eventTypes: eventTypes.default(null),
  enabled: z.boolean().default(true),
})

/** See newEndpointSchema. */
export type NewEndpoint = z.infer<typeof newEndpointSchema>

/** What is to be changed of an endpoint; what is left out stays. `enabled: true` resumes one that was stopped. */
export const updateEndpointSchema = z.object({
  url: url.optional(),
  description: description.optional(),
  eventTypes: eventTypes.optional(),
  enabled: z.boolean().optional(),
})

/** See updateEndpointSchema. */
export type UpdateEndpoint = z.infer<typeof updateEndpointSchema>

/** States of an endpoint. */
export const ENDPOINT_STATES = ['on', 'off', 'paused', 'gone'] as const

/** A place that is told of events, without its secret. */
export const endpointSchema = z
  .object({
    id: idSchema,
    url: z.string(),
    description: z.string(),
    eventTypes: z.array(z.string()).nullable(),
    enabled: z.boolean(),
    state: z.enum(ENDPOINT_STATES).openapi({
      description:
        '`off`: by a person. `paused`: after five days without success; what happens meanwhile waits for it. `gone`: it answered 410.',
    }),
    stateAt: instant,
    failingSince: instant.nullable(),
    lastSuccessAt: instant.nullable(),
    previousSecretUntil: instant
      .nullable()
      .openapi({ description: 'Until when messages are signed with the secret before this one, too.' }),
    createdAt: instant,
    updatedAt: instant,
  })
  .openapi('WebhookEndpoint')

/** See endpointSchema. */
export type Endpoint = z.infer<typeof endpointSchema>

/** An endpoint with its secret. */
export const endpointWithSecretSchema = endpointSchema
  .extend({ secret: z.string().openapi({ example: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD' }) })
  .openapi('WebhookEndpointWithSecret')

/** See endpointWithSecretSchema. */
export type EndpointWithSecret = z.infer<typeof endpointWithSecretSchema>

/** A kind of event that can be told. */
export const eventTypeSchema = z
  .object({ type: z.string(), summary: z.string(), example: z.unknown() })
  .openapi('WebhookEventType')

/** See eventTypeSchema. */
export type EventType = z.infer<typeof eventTypeSchema>

/** Which event to send as a test; the first free of meaning unless given. */
export const testEventSchema = z.object({
  type: typeName.optional().openapi({
    description:
      'The documented example of this type is sent, marked `"test": true`; `webhook.test` unless given.',
  }),
})

/** See testEventSchema. */
export type TestEvent = z.infer<typeof testEventSchema>

/** States of a delivery. */
export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const

/** Why an attempt had no answer that counts. */
export const FAULTS = [
  'url-refused',
  'address-refused',
  'name-unknown',
  'unreachable',
  'certificate',
  'timeout',
  'broken-off',
  'status',
  'endpoint-gone',
] as const

/** A message on its way to one endpoint. */
export const deliverySummarySchema = z
  .object({
    id: idSchema,
    endpointId: idSchema,
    messageId: z
      .uuid()
      .openapi({ description: 'The header `webhook-id`: the same for every attempt and endpoint.' }),
    type: z.string(),
    state: z.enum(DELIVERY_STATES),
    attemptCount: z.number().int(),
    lastStatus: z.number().int().nullable(),
    lastFault: z.enum(FAULTS).nullable(),
    nextAttemptAt: instant.nullable(),
    createdAt: instant,
    doneAt: instant.nullable(),
  })
  .openapi('WebhookDeliverySummary')

/** See deliverySummarySchema. */
export type DeliverySummary = z.infer<typeof deliverySummarySchema>

/** A delivery with what was sent and what came of each attempt, oldest first. */
export const deliverySchema = deliverySummarySchema
  .extend({
    body: z.string().openapi({ description: 'What is sent, byte for byte.' }),
    attempts: z.array(
      z.object({
        number: z.number().int(),
        at: instant,
        durationMs: z.number().int(),
        status: z.number().int().nullable(),
        fault: z.enum(FAULTS).nullable(),
        answer: z.string().openapi({ description: 'The beginning of what the endpoint said.' }),
      }),
    ),
  })
  .openapi('WebhookDelivery')

/** See deliverySchema. */
export type Delivery = z.infer<typeof deliverySchema>

/** Which deliveries to list. */
export const deliveryFilterSchema = z.object({
  endpointId: idSchema.optional(),
  state: z.enum(DELIVERY_STATES).optional(),
  sort: z.enum(['-made', 'made']).default('-made'),
})

/** See deliveryFilterSchema. */
export type DeliveryFilter = z.input<typeof deliveryFilterSchema>

/** From when on to replay what failed. */
export const replaySchema = z.object({ since: instant })

/** How many deliveries were set going again; `more` if not all at once. */
export const replayedSchema = z
  .object({ count: z.number().int(), more: z.boolean() })
  .openapi('WebhookReplay')

/** See replayedSchema. */
export type Replayed = z.infer<typeof replayedSchema>
