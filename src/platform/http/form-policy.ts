import { assert } from '../errors.ts'
import { CONTENT_POLICY } from './guard.ts'

/**
 * The content policy of a page whose form leads on to another server: browsers hold a redirect after a form to the policy of
 * the page that it came from. All else of the policy stays.
 */
export function policyWithForms(origins: readonly string[]): string {
  for (const origin of origins) assert(isOrigin(origin), 'forms lead to origins')
  return CONTENT_POLICY.replace("form-action 'self'", ["form-action 'self'", ...origins].join(' '))
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text)
}
