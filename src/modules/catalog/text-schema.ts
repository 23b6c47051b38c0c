import { z } from '@hono/zod-openapi'

/** A control character other than the line's end and the tab; never part of what people write. */
const CONTROL = /(?![\t\n\r])\p{Cc}/u

/** A text of at most `max` characters, trimmed, without control characters. */
export function plainText(max: number): z.ZodString {
  return z
    .string()
    .max(max)
    .refine((text) => !CONTROL.test(text) && text.isWellFormed(), 'problems.field.control-characters')
    .trim()
}

/** The same text in Arabic and in English; either may be empty. */
export function bilingual(max: number) {
  return z.strictObject({ ar: plainText(max).default(''), en: plainText(max).default('') })
}

/** A text in both languages. */
export type Bilingual = { ar: string; en: string }
