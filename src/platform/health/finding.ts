import { t } from '../i18n/index.ts'
import type { Locale } from '../../shared/locale.ts'
import type { MessageValues } from '../../shared/messages.ts'

/** How a thing is: `poor` deserves a look, `bad` does not work. */
export type FindingState = 'good' | 'poor' | 'bad'

/** What was found of one thing. `check` and `what` are the catalogue's `health.<check>.<what>`: `says`, and what to `do`. */
export type Finding = {
  readonly check: string
  readonly what: string
  readonly state: FindingState
  readonly values: MessageValues
  /** Without this thing nothing can be served. */
  readonly vital: boolean
}

/** A finding in words. */
export type SaidFinding = { check: string; state: FindingState; name: string; says: string; do: string }

/** A finding about something that the server can go on without. */
export function finding(
  check: string,
  [state, what]: readonly [FindingState, string],
  values: MessageValues = {},
): Finding {
  return { check, what, state, values, vital: false }
}

/** A finding about something without which nothing can be served. */
export function vital(
  check: string,
  how: readonly [FindingState, string],
  values: MessageValues = {},
): Finding {
  return { ...finding(check, how, values), vital: true }
}

/** Says a finding in the reader's language; what is good needs nothing done. */
export function sayFinding(locale: Locale, { check, what, state, values }: Finding): SaidFinding {
  const key = `health.${check}.${what}`
  return {
    check,
    state,
    name: t(locale, `health.${check}.name`),
    says: t(locale, `${key}.says`, values),
    do: state === 'good' ? '' : t(locale, `${key}.do`, values),
  }
}

/** The first words of what a program said of its failure. */
export function reasonOf(error: unknown): string {
  const text =
    error instanceof Error
      ? error.message || ('code' in error ? String(error.code) : error.name)
      : String(error)
  return text.split('\n')[0]?.slice(0, 200) ?? ''
}
