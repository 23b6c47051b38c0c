import { z } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import { routePath } from 'hono/route'
import { codeOf } from '../database/transaction.ts'
import { DomainError } from '../errors.ts'
import { hasMessage, t } from '../i18n/index.ts'
import type { HttpContext } from './env.ts'
import type { Locale } from '../../shared/locale.ts'

/** Problem details as RFC 9457 has them, with the fields of the problem beside the standard members. */
export type Problem = {
  type: string
  title: string
  status: number
  detail: string
  instance: string
  errors?: { pointer: string; detail: string }[]
  [field: string]: unknown
}

/** The schema of every answer that is not a success. */
export const problemSchema = z
  .object({
    type: z.string().openapi({ example: '/docs/problems#sold-out' }),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .openapi('Problem')

const STATUS_SLUGS: Readonly<Record<number, string>> = {
  400: 'malformed',
  401: 'not-signed-in',
  403: 'not-allowed',
  404: 'not-found',
  405: 'not-found',
  413: 'too-large',
  415: 'unsupported-media',
  429: 'rate-limited',
}

/** The database's word for a text with a null character, which no text of ours has and no column takes. */
const NO_TEXT = '22021'

/** The domain error behind anything thrown; a fault of the program becomes `internal` and says nothing of its cause. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error
  if (error instanceof HTTPException) {
    return new DomainError(
      STATUS_SLUGS[error.status] ?? (error.status < 500 ? 'malformed' : 'internal'),
      error.status,
    )
  }
  return codeOf(error) === NO_TEXT ? new DomainError('malformed', 400) : new DomainError('internal', 500)
}

/** Describes an error in the reader's language. */
export function describeProblem(error: DomainError, locale: Locale, instance: string): Problem {
  const key = hasMessage(locale, `problems.${error.slug}.title`) ? error.slug : 'internal'
  return {
    ...error.fields,
    type: `/docs/problems#${error.slug}`,
    title: t(locale, `problems.${key}.title`, error.fields),
    status: error.status,
    detail: t(locale, `problems.${key}.detail`, error.fields),
    instance,
    ...(error.errors.length === 0
      ? {}
      : {
          errors: error.errors.map(({ pointer, detail }) => ({
            pointer,
            detail: hasMessage(locale, detail) ? t(locale, detail, error.fields) : detail,
          })),
        }),
  }
}

/** Answers with `application/problem+json`; a fault of the program is logged with the request's id. */
export function answerProblem(c: HttpContext, thrown: unknown): Response {
  const ctx = c.get('ctx')
  const error = toDomainError(thrown)
  if (error.status >= 500)
    // The pattern and not the address, which may hold keys.
    ctx.log.error({ err: thrown, requestId: ctx.requestId, route: routePath(c, -1) }, 'request failed')
  const problem = describeProblem(error, ctx.locale, c.req.path)
  return c.body(JSON.stringify(problem), error.status as 400, {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
  })
}
