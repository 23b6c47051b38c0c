import type { z } from 'zod'
import type { Locale } from '../../shared/locale.ts'
import { hasMessage, t } from './index.ts'

/**
 * Says in the reader's language what is wrong with one value of a payload. A schema's own message is a catalogue key
 * (`z.string().regex(…, 'problems.field.slug')`); zod's English sentences are never shown.
 */
export function describeIssue(issue: z.core.$ZodIssue, locale: Locale): string {
  if (hasMessage(locale, issue.message)) return t(locale, issue.message)
  switch (issue.code) {
    case 'invalid_type':
      return field(locale, issue.message.endsWith('received undefined') ? 'required' : 'type')
    case 'too_small':
      return describeBound(locale, issue.origin, { minimum: Number(issue.minimum) })
    case 'too_big':
      return describeBound(locale, issue.origin, { maximum: Number(issue.maximum) })
    case 'invalid_format':
      return field(locale, namedFormats.get(issue.format) ?? 'invalid')
    case 'invalid_value':
      return field(locale, 'choice')
    case 'unrecognized_keys':
      return field(locale, 'unknown', { names: issue.keys.slice(0, 10).join(', ').slice(0, 200) })
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return field(locale, 'invalid')
  }
}

const namedFormats = new Map([
  ['email', 'email'],
  ['url', 'url'],
  ['date', 'date'],
  ['datetime', 'instant'],
  ['uuid', 'id'],
])

type Bound = { minimum: number } | { maximum: number }

function describeBound(locale: Locale, origin: string, bound: Bound): string {
  const lower = 'minimum' in bound
  if (origin === 'string') {
    if (lower && bound.minimum === 1) return field(locale, 'required')
    return field(locale, lower ? 'too-short' : 'too-long', bound)
  }
  if (origin === 'array' || origin === 'set' || origin === 'map') {
    return field(locale, lower ? 'too-few' : 'too-many', bound)
  }
  return field(locale, lower ? 'too-low' : 'too-high', bound)
}

function field(locale: Locale, name: string, values?: Record<string, string | number>): string {
  return t(locale, `problems.field.${name}`, values)
}
