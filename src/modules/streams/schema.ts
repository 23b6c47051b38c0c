import { z } from '@hono/zod-openapi'
import { currencySchema, type CurrencyCode } from '../../shared/currencies.ts'
import { isoDateSchema } from '../../shared/dates.ts'
import { idSchema } from '../../shared/ids.ts'
import { COST_KINDS, STREAM_KINDS } from './rules/kinds.ts'

export { COST_KINDS, STREAM_KINDS }

/** What a stream is. */
export type StreamKind = (typeof STREAM_KINDS)[number]

/** What a cost was for. */
export type CostKind = (typeof COST_KINDS)[number]

/** Which way money went. */
export const DIRECTIONS = ['income', 'cost'] as const

/** See DIRECTIONS. */
export type Direction = (typeof DIRECTIONS)[number]

/** What hours were given for: building comes before the income, upkeep keeps it coming. */
export const HOURS_PURPOSES = ['upkeep', 'building'] as const

/** See HOURS_PURPOSES. */
export type HoursPurpose = (typeof HOURS_PURPOSES)[number]

/** How often something comes again. */
export const EVERY = ['week', 'month', 'quarter', 'year'] as const

/** See EVERY. */
export type Every = (typeof EVERY)[number]

/** The months over which building is written off unless a person says otherwise. */
export const USUAL_LIFE_MONTHS = 36

const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'problems.field.control-characters')

const name = words(120).min(1).openapi({ example: 'Arabic grammar cards' })
const platform = words(60).openapi({
  description: 'Where it happens: Gumroad, Udemy, a bank.',
  example: 'Gumroad',
})
const payer = words(120).openapi({
  description: 'Who pays, if it is always the same.',
  example: 'Gumroad Inc.',
})
const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'problems.field.country')
  .nullable()
  .openapi({ description: 'Where the payer is, by ISO 3166-1.', example: 'US' })
const lifeMonths = z.number().int().min(1).max(600).openapi({
  description: 'Over how many months the hours of building are written off.',
  example: USUAL_LIFE_MONTHS,
})

/** A stream to be added. */
export const newStreamSchema = z.object({
  kind: z.enum(STREAM_KINDS).exclude(['product']).openapi({
    description:
      'Products of the store become streams by themselves when they are published. There is one `store` at most: it takes the sales of products that are no stream.',
  }),
  name,
  platform: platform.default(''),
  payer: payer.default(''),
  country: country.default(null),
  currency: currencySchema,
  beganOn: isoDateSchema.nullable().default(null),
  endedOn: isoDateSchema.nullable().default(null),
  lifeMonths: lifeMonths.default(USUAL_LIFE_MONTHS),
})

/** See newStreamSchema. */
export type NewStream = z.infer<typeof newStreamSchema>

/** What is to be changed of a stream; what is left out stays. */
export const updateStreamSchema = z.object({
  name: name.optional(),
  platform: platform.optional(),
  payer: payer.optional(),
  country: country.optional(),
  currency: currencySchema.optional(),
  beganOn: isoDateSchema.nullable().optional(),
  endedOn: isoDateSchema.nullable().optional(),
  lifeMonths: lifeMonths.optional(),
  archived: z.boolean().optional(),
})

/** See updateStreamSchema. */
export type UpdateStream = z.infer<typeof updateStreamSchema>

/** A stream as the API tells it. */
export const streamSchema = z
  .object({
    id: idSchema,
    kind: z.enum(STREAM_KINDS),
    name: z.string(),
    platform: z.string(),
    payer: z.string(),
    country: z.string().nullable(),
    currency: currencySchema.nullable().openapi({ description: 'Null for a product: its prices say.' }),
    beganOn: isoDateSchema.nullable(),
    endedOn: isoDateSchema.nullable(),
    lifeMonths: z.number().int(),
    productId: idSchema
      .nullable()
      .openapi({ description: 'The product whose sales feed it without a hand.' }),
    archived: z.boolean(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .openapi('IncomeStream')

/** See streamSchema. */
export type IncomeStream = z.infer<typeof streamSchema>

/** Money that a stream earned or cost, to be posted. */
export type StreamMoney = {
  readonly streamId: string
  readonly kind: Direction
  /** Minor units; less than zero takes back, as a refund takes back income. Never zero. */
  readonly amountMinor: bigint
  readonly currency: CurrencyCode
  /** The day on which it came in or was spent. */
  readonly on: string
  /** At most 255 characters; the same key and content again is the same entry. */
  readonly key: string
  readonly note?: string
  /** What a cost was for; `other` unless it is said. */
  readonly costKind?: CostKind
  /** The account of the chart that the money went to or came from; `1180`, money held elsewhere, unless it is said. */
  readonly counterparty?: string
  /** What it was posted for: an import, something recurring. */
  readonly source?: { readonly kind: string; readonly id: string }
}

/** What one stream earned, cost and took in one month. */
export type StreamMonth = {
  readonly streamId: string
  /** `2026-02`; in the Hijri calendar `1447-09`. */
  readonly month: string
  /** One for each currency in which there was anything. */
  readonly money: readonly {
    readonly currency: CurrencyCode
    readonly incomeMinor: bigint
    readonly costMinor: bigint
  }[]
  readonly upkeepMinutes: number
  readonly buildingMinutes: number
}
