import type { Ctx } from '../../../platform/ctx.ts'
import { NotSignedIn } from '../../../platform/errors.ts'
import { freshUntil } from '../rules/session.ts'
import { FreshAuthenticationRequired } from '../sign-in-errors.ts'

/**
 * Lets a step go on only if the person proved within the last minutes who they are: for what a stolen session must not
 * do. Programs pass: a token was made for what it may do, and nobody sits before it.
 * @throws FreshAuthenticationRequired, NotSignedIn
 */
export function requireFresh(ctx: Ctx): void {
  const { actor, session } = ctx
  if (actor.kind === 'system' || actor.kind === 'token') return
  if (actor.kind !== 'person' && actor.kind !== 'member') throw new NotSignedIn()
  const until = session === undefined ? undefined : freshUntil(session.openedAt, ctx.clock.now())
  if (until === undefined) throw new FreshAuthenticationRequired()
}

/** The person who asks with a browser. @throws NotSignedIn for programs and strangers. */
export function personIn({ actor }: Ctx): string {
  if (actor.kind !== 'person' && actor.kind !== 'member') throw new NotSignedIn()
  return actor.userId
}
