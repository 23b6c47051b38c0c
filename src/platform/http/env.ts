import type { Hook } from '@hono/zod-openapi'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Ctx } from '../ctx.ts'
import { Invalid } from '../errors.ts'
import { describeIssue } from '../i18n/describe-issue.ts'

/** What every handler finds in its Hono context. */
export type Env = {
  Variables: {
    /** Who asks for what. Set before any route runs. */
    ctx: Ctx
  }
}

/** Hono's context in this program. */
export type HttpContext = Context<Env>

/** Turns a payload that does not parse into the one validation problem. */
const refuseInvalid: Hook<unknown, Env, string, unknown> = (result, c) => {
  if (result.success) return undefined
  const { locale } = c.get('ctx')
  throw new Invalid(
    result.error.issues.map((issue) => ({
      pointer: issue.path
        .map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
        .join(''),
      detail: describeIssue(issue, locale),
    })),
  )
}

/** A router whose invalid payloads answer 422 in the reader's language; every module's `api` is one. */
export function createRouter(): OpenAPIHono<Env> {
  return new OpenAPIHono<Env>({ defaultHook: refuseInvalid })
}
