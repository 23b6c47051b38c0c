import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { z } from 'zod'

/** Better-auth's name for the step that opens a session for somebody whom this module has recognised. */
const OPEN_SESSION = '/open-proven-session'

/**
 * Opens a session for a person who proved by a mailed link or a passkey who they are. The program calls it; no request
 * reaches it.
 */
export function provenSession() {
  return {
    id: 'proven-session',
    endpoints: {
      openProvenSession: createAuthEndpoint(
        OPEN_SESSION,
        {
          method: 'POST',
          body: z.object({ userId: z.string(), secondFactor: z.enum(['wanted', 'given']) }),
          metadata: { SERVER_ONLY: true },
        },
        async (c) => {
          const { internalAdapter } = c.context
          const user = await internalAdapter.findUserById(c.body.userId)
          if (user === null) return c.json({ user: null })
          await setSessionCookie(c, { session: await internalAdapter.createSession(user.id), user })
          return c.json({ user: { id: user.id } })
        },
      ),
    },
  }
}

/**
 * Better-auth's second factor. It asks for a code after the password alone; here a link by mail is no more than a
 * password, so it asks after that too. A passkey has asked for a finger or a PIN already.
 */
export function secondFactor(): ReturnType<typeof twoFactor> {
  const plugin = twoFactor({ totpOptions: { digits: 6, period: 30 } })
  const wanted = z.object({ secondFactor: z.literal('wanted') })
  return {
    ...plugin,
    hooks: {
      after: plugin.hooks.after.map((hook) => ({
        handler: hook.handler,
        matcher: (context) =>
          hook.matcher(context) || (context.path === OPEN_SESSION && wanted.safeParse(context.body).success),
      })),
    },
  }
}
