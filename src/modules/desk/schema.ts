import { z } from '@hono/zod-openapi'
import { idSchema } from '../../shared/ids.ts'
import { moneySchema } from '../../shared/money.ts'

const instant = z.iso.datetime()

/** The lists that views can be kept of. */
export const VIEW_SCREENS = [
  'products',
  'orders',
  'customers',
  'messages',
  'webhook-deliveries',
  'audit',
  'journal',
] as const

const name = z
  .string()
  .trim()
  .min(1)
  .max(60)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'problems.field.control-characters')

const search = z
  .record(z.string().min(1).max(40), z.string().max(254))
  .refine((given) => Object.keys(given).length <= 20)
  .openapi({ description: 'The parameters of the list’s address.', example: { state: 'paid' } })

/** How a list is narrowed and sorted: the parameters of its address. */
export type ViewSearch = z.infer<typeof search>

/** A view to be kept. */
export const newViewSchema = z.strictObject({
  screen: z.enum(VIEW_SCREENS),
  name,
  search,
  shared: z.boolean().default(false).openapi({ description: 'Whether everybody in the workspace sees it.' }),
})

/** See newViewSchema. */
export type NewView = z.infer<typeof newViewSchema>

/** What is to be changed of a view; what is left out stays. */
export const updateViewSchema = z.strictObject({
  name: name.optional(),
  search: search.optional(),
  shared: z.boolean().optional(),
})

/** See updateViewSchema. */
export type UpdateView = z.infer<typeof updateViewSchema>

/** Of which list the views are wanted. */
export const viewFilterSchema = z.object({ screen: z.enum(VIEW_SCREENS) })

/** A list as somebody narrowed and sorted it, under a name. */
export const viewSchema = z
  .object({
    id: idSchema,
    screen: z.enum(VIEW_SCREENS),
    name: z.string(),
    search,
    shared: z.boolean(),
    own: z.boolean().openapi({ description: 'Made by the one who asks; only they change it.' }),
    createdAt: instant,
  })
  .openapi('SavedView')

/** See viewSchema. */
export type View = z.infer<typeof viewSchema>

/** What can be found, in the order in which it is shown. */
export const HIT_KINDS = ['product', 'order', 'customer', 'message', 'entry', 'account'] as const

/** What to look for. */
export const searchQuerySchema = z.object({
  query: z.string().trim().max(200).openapi({ example: 'نورة' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(20)
    .default(5)
    .openapi({ description: 'At most so many of each kind.' }),
})

/** See searchQuerySchema. */
export type SearchQuery = z.infer<typeof searchQuerySchema>

/** Something that was found. */
export const hitSchema = z
  .object({
    kind: z.enum(HIT_KINDS),
    id: z.string().openapi({
      description:
        'Its id; of a customer the e-mail address, of an account its code and currency, `4000/SAR`.',
    }),
    title: z.object({ ar: z.string(), en: z.string() }).openapi({
      description: 'The same in both where it has one language only.',
    }),
    detail: z.string().openapi({ description: 'What tells it apart: a name, an address; may be empty.' }),
    state: z.string().openapi({ description: 'Its state, as its own route names it; may be empty.' }),
    amount: moneySchema.nullable(),
    at: instant.nullable(),
  })
  .openapi('SearchHit')

/** See hitSchema. */
export type Hit = z.infer<typeof hitSchema>

/** The hits of all kinds that the caller may read. */
export const foundSchema = z.object({ items: z.array(hitSchema) }).openapi('SearchResult')
