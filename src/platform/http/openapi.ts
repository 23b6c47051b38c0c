import type { z } from '@hono/zod-openapi'
import { PROBLEM_TYPES, type ProblemSlug } from './problem-types.ts'
import { problemSchema } from './problems.ts'

/** A JSON answer of a route: `200: answer(productSchema, 'The product.')`. */
export function answer<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
): { description: string; content: { 'application/json': { schema: Schema } } } {
  return { description, content: { 'application/json': { schema } } }
}

/** The JSON body that a route wants. */
export function jsonBody<Schema extends z.ZodType>(
  schema: Schema,
): { required: true; content: { 'application/json': { schema: Schema } } } {
  return { required: true, content: { 'application/json': { schema } } }
}

type Refusal = {
  description: string
  content: { 'application/problem+json': { schema: typeof problemSchema } }
}

/** The refusals of a route by status. */
export type Refusals<Slug extends ProblemSlug> = { [S in Slug as (typeof PROBLEM_TYPES)[S]]: Refusal }

/**
 * The problems that are particular to a route: `...refusals('not-found', 'sold-out')` among its responses. What any
 * route may answer (validation, no sign-in, no right, too many requests, a fault) is added to the document by itself.
 */
export function refusals<Slug extends ProblemSlug>(...slugs: Slug[]): Refusals<Slug> {
  const byStatus = Map.groupBy(slugs, (slug) => PROBLEM_TYPES[slug])
  const entries = [...byStatus].map(([status, same]) => [status, refusal(same)] as const)
  // Object.fromEntries widens the keys that the parameter's type knows.
  return Object.fromEntries(entries) as Refusals<Slug>
}

/** The response for problem types of one status. */
function refusal(slugs: readonly ProblemSlug[]): Refusal {
  return {
    description: slugs.map((slug) => `\`${slug}\``).join(', '),
    content: { 'application/problem+json': { schema: problemSchema } },
  }
}
