import { z } from 'zod'
import { currencySchema } from '../../../shared/currencies.ts'
import { ACCOUNT_CODE, ACCOUNT_TYPES } from './standard-chart.ts'

const minor = z
  .string()
  .regex(/^-?\d{1,19}$/u)
  .transform(BigInt)
const code = z.string().regex(ACCOUNT_CODE)
/** Ids, and hashed keys, which have the form but no version. */
const id = z.guid()
const word = z.string().max(255)
const named = z.object({ kind: word, id: word })

/** A line of an export in JSON Lines, as import takes it. */
export const exportedLine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('books'), version: z.literal(1) }),
  z.object({
    type: z.literal('account'),
    code,
    accountType: z.enum(ACCOUNT_TYPES),
    nameAr: word,
    nameEn: word,
    sign: z.union([z.literal(1), z.literal(-1)]),
    floor: minor.nullable(),
    currencies: z.array(currencySchema),
  }),
  z.object({
    type: z.literal('entry'),
    id,
    key: id,
    kind: word,
    effectiveAt: z.iso.datetime(),
    recordedAt: z.iso.datetime(),
    actor: named,
    source: z.object({ kind: word, id }).nullable(),
    memo: z.string(),
    relation: z.object({ kind: z.enum(['reverses', 'posts']), target: id }).nullable(),
    postings: z
      .array(
        z.object({
          line: z.int(),
          account: code,
          currency: currencySchema,
          amountMinor: minor,
          version: minor,
          stream: named.nullable(),
        }),
      )
      .min(2),
  }),
  z.object({
    type: z.literal('hold'),
    id,
    key: id,
    debit: code,
    credit: code,
    currency: currencySchema,
    amount: minor,
    posted: minor,
    voided: minor,
    expired: minor,
    streamKind: word.nullable(),
    streamId: word.nullable(),
    kind: word,
    sourceKind: word,
    sourceId: id.nullable(),
    memo: z.string(),
    recordedAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    resolvedAt: z.iso.datetime().nullable(),
  }),
  z.object({
    type: z.literal('rate'),
    base: currencySchema,
    quote: currencySchema,
    day: z.iso.date(),
    numerator: minor,
    denominator: minor,
    source: word,
  }),
  z.object({ type: z.literal('closing'), through: z.iso.datetime(), memo: z.string() }),
])

/** One line, parsed. */
export type ExportedLine = z.infer<typeof exportedLine>
