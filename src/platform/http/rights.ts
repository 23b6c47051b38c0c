import type { MiddlewareHandler } from 'hono'
import { withRight, type Right } from '../authorise.ts'
import type { Ctx } from '../ctx.ts'
import { NotSignedIn } from '../errors.ts'
import type { Env } from './env.ts'

/**
 * Who may call a route, beside those with a right: `anybody`; a `key-holder`, who brings the key of what is asked for (a buyer, a provider); whoever is
 * `signed-in`, by session or token; a `person` with a session.
 */
export type Caller = 'anybody' | 'key-holder' | 'signed-in' | 'person'

/** What a route declares about its callers; `x-right` is shown in the document, and the matrix of tests walks it. */
type Declared = { 'x-right': Right | Caller }
type Guarded = Declared & { security: Record<string, string[]>[]; middleware: MiddlewareHandler<Env> }

/** For a route that anybody may call. */
export const forAnybody: Declared = { 'x-right': 'anybody' }

/** For a route that opens with a key which only the buyer, or a provider, was given; the operation checks it. */
export const forKeyHolder: Declared = { 'x-right': 'key-holder' }

/** For a route of everyone who is signed in, by session or by token. */
export const forSignedIn: Guarded = {
  'x-right': 'signed-in',
  security: [{ token: [] }, { session: [] }],
  middleware: guard(({ actor }) => actor.kind !== 'anonymous' && actor.kind !== 'buyer'),
}

/** For a route of a person's own; a program with a token is refused. */
export const forPerson: Guarded = {
  'x-right': 'person',
  security: [{ session: [] }],
  middleware: guard(({ actor }) => actor.kind === 'person' || actor.kind === 'member'),
}

/**
 * For a route that wants a right: `createRoute({ …, ...needs('orders:read') })`. Declares it once: callers without it are
 * refused at the edge, before anything of the request is read, and the document says it. The operation asks again.
 */
export function needs(right: Right): Guarded {
  return {
    'x-right': right,
    security: [{ token: [] }, { session: [] }],
    middleware: async (c, next) => {
      withRight(c.get('ctx'), right)
      await next()
    },
  }
}

function guard(may: (ctx: Ctx) => boolean): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (!may(c.get('ctx'))) throw new NotSignedIn()
    await next()
  }
}
