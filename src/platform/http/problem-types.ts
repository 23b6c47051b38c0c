/**
 * Every problem type that an answer can have, and its status; titles and details are `problems.<slug>` in the catalogue.
 * A module adds a line here for each error of its `errors.ts`; `problem-types.test.ts` finds those that are forgotten.
 */
export const PROBLEM_TYPES = {
  malformed: 400,
  'not-signed-in': 401,
  'token-invalid': 401,
  'sign-in-failed': 401,
  'not-allowed': 403,
  'foreign-origin': 403,
  'setup-link-invalid': 403,
  'workspace-required': 403,
  'not-found': 404,
  conflict: 409,
  'idempotency-key-reuse': 409,
  'already-set-up': 409,
  'store-slug-taken': 409,
  'too-large': 413,
  'unsupported-media': 415,
  validation: 422,
  'rate-limited': 429,
  internal: 500,
} as const satisfies Readonly<Record<string, number>>

/** One problem type; see PROBLEM_TYPES. */
export type ProblemSlug = keyof typeof PROBLEM_TYPES
