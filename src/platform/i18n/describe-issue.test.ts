import { expect, test } from 'vitest'
import { z } from 'zod'
import { isoDateSchema, isoInstantSchema } from '../../shared/dates.ts'
import { idSchema } from '../../shared/ids.ts'
import { locales } from '../../shared/locale.ts'
import { moneySchema, nonNegativeMoneySchema, positiveMoneySchema } from '../../shared/money.ts'
import { latinSlugSchema, slugSchema } from '../../shared/slug.ts'
import { describeIssue } from './describe-issue.ts'

function sentences(schema: z.ZodType, value: unknown, locale: 'ar' | 'en' = 'en'): string[] {
  return (schema.safeParse(value).error?.issues ?? []).map((issue) => describeIssue(issue, locale))
}

test.each<[z.ZodType, unknown, string]>([
  [z.object({ name: z.string() }), {}, 'This field is required.'],
  [z.object({ name: z.string() }), { name: 5 }, 'This is not the kind of value that is expected here.'],
  [z.string().min(1), '', 'This field is required.'],
  [z.string().min(3), 'a', 'Write at least 3 characters.'],
  [z.string().max(1), 'ab', 'Write one character at most.'],
  [z.array(z.string()).min(2), [], 'Give at least 2.'],
  [z.array(z.string()).max(1), ['a', 'b'], 'Give one at most.'],
  [z.number().min(5), 1, 'The smallest value accepted is 5.'],
  [z.number().max(5), 6, 'The largest value accepted is 5.'],
  [z.email(), 'x', 'This is not a complete e-mail address.'],
  [z.url(), 'x', 'This is not a complete web address.'],
  [z.enum(['a']), 'b', 'Choose one of the values offered.'],
  [z.strictObject({}), { nombre: 1 }, 'These fields are not known here: nombre.'],
  [z.string().refine(() => false), 'x', 'This value cannot be accepted.'],
  [z.union([z.string(), z.boolean()]), 5, 'This value cannot be accepted.'],
])('%# an issue becomes a sentence', (schema, value, sentence) => {
  expect(sentences(schema, value)).toEqual([sentence])
})

test('an amount that is too large is not said to be too small', () => {
  const huge = { amount: '9'.repeat(20), currency: 'SAR' }
  for (const schema of [moneySchema, nonNegativeMoneySchema, positiveMoneySchema])
    expect(sentences(schema, huge)).toEqual(['The amount is too large: write at most 18 digits.'])
})

test('the messages of shared schemas are in the catalogue, in both languages', () => {
  const refused: [z.ZodType, unknown][] = [
    [moneySchema, { amount: '1.5', currency: 'SAR' }],
    [nonNegativeMoneySchema, { amount: '-1', currency: 'SAR' }],
    [positiveMoneySchema, { amount: '0', currency: 'SAR' }],
    [positiveMoneySchema, { amount: '9'.repeat(20), currency: 'SAR' }],
    [moneySchema, { amount: '1', currency: 'BTC' }],
    [idSchema, 'x'],
    [slugSchema, 'A b'],
    [latinSlugSchema, 'دليل'],
    [isoDateSchema, '2026-02-30'],
    [isoInstantSchema, 'now'],
  ]
  for (const [schema, value] of refused) {
    for (const locale of locales) {
      const [sentence, ...others] = sentences(schema, value, locale)
      expect(others).toEqual([])
      expect(sentence).not.toMatch(
        locale === 'ar' ? /[a-z]{2}/ : /\p{Script=Arabic}|problems\.|cannot be accepted/u,
      )
    }
  }
})
