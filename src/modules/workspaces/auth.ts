import type { Ctx, Services } from '../../platform/ctx.ts'
import type { Database } from '../../platform/database/database.ts'
import { secondStepCookie, sessionCookie, sessionSecret } from '../../platform/http/session.ts'
import { PASSWORD_LENGTH } from './rules/password.ts'
import { SESSION_EXTENDED_EVERY_SECONDS, SESSION_SECONDS } from './rules/session.ts'
import { openingAdapter } from './sealed-adapter.ts'
import { accounts, sessions, twoFactors, users, verifications } from './tables.ts'

/** better-auth as this module uses it: requests in, answers with cookies out. */
type Auth = {
  handler(request: Request): Promise<Response>
  api: {
    openProvenSession(call: {
      body: { userId: string; secondFactor: 'wanted' | 'given' }
      headers: Headers
      asResponse: true
    }): Promise<Response>
  }
}

/** Where better-auth is mounted as it believes; only `callAuth` reaches it. */
const AUTH_PATH = '/api/v1/auth'

const auths = new WeakMap<Database, Promise<Auth>>()

/** The sign-in of a process, made when somebody signs in for the first time: an idle server does not carry it. */
function authOf(services: Services): Promise<Auth> {
  let auth = auths.get(services.database)
  if (auth === undefined) {
    auth = createAuth(services)
    auths.set(services.database, auth)
  }
  return auth
}

async function createAuth({ config, secrets, database, ids, log }: Services): Promise<Auth> {
  const [{ betterAuth }, { drizzleAdapter }, { drizzle }, { provenSession, secondFactor }] =
    await Promise.all([
      import('better-auth/minimal'),
      import('better-auth/adapters/drizzle'),
      import('drizzle-orm/node-postgres'),
      import('./auth-plugins.ts'),
    ])
  const adapter = drizzleAdapter(drizzle(database.pool), {
    provider: 'pg',
    schema: {
      user: users,
      session: sessions,
      account: accounts,
      verification: verifications,
      twoFactor: twoFactors,
    },
  })
  return betterAuth({
    baseURL: config.publicUrl,
    basePath: AUTH_PATH,
    secret: sessionSecret(secrets),
    trustedOrigins: (request) => ownOrigins(config.publicUrl, request),
    database: (options: Parameters<typeof adapter>[0]) => openingAdapter(adapter(options), secrets),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: 1024,
    },
    plugins: [secondFactor(), provenSession()],
    session: { expiresIn: SESSION_SECONDS, updateAge: SESSION_EXTENDED_EVERY_SECONDS },
    // Ours counts per account and address, and holds for every way in.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { log: (level, message) => log.debug({ level }, message) },
    advanced: {
      // Both checks stay on in tests too, where better-auth would leave them out.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      useSecureCookies: false,
      cookies: { session_token: sessionCookie(config), two_factor: secondStepCookie(config) },
      database: { generateId: () => ids.next() },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
  })
}

/** How the caller's address, found by the platform, reaches better-auth. */
const ADDRESS_HEADER = 'x-rafid-address'

/** PUBLIC_URL, and whatever name the browser itself used to reach this server. */
function ownOrigins(publicUrl: string, request: Request | undefined): string[] {
  const origin = request?.headers.get('origin')
  const host = request?.headers.get('host')
  const same = origin && host && URL.canParse(origin) && new URL(origin).host === host
  return [new URL(publicUrl).origin, ...(same ? [origin] : [])]
}

/**
 * Opens a session for a person whom this module has recognised; the answer carries its cookie, or, where a second factor
 * is wanted and on, the cookie of the second step.
 */
export async function openProvenSession(
  ctx: Ctx,
  given: { headers: Headers; userId: string; secondFactor: 'wanted' | 'given' },
): Promise<Response> {
  const { userId, secondFactor } = given
  const { api } = await authOf(ctx)
  return api.openProvenSession({
    body: { userId, secondFactor },
    headers: passedHeaders(ctx, given.headers),
    asResponse: true,
  })
}

/** One call of better-auth on behalf of a request: same origin, cookies and address, our own path and body. */
export async function callAuth(
  ctx: Ctx,
  request: { headers: Headers; path: string; body: Record<string, unknown> },
): Promise<Response> {
  const auth = await authOf(ctx)
  const headers = passedHeaders(ctx, request.headers)
  return auth.handler(
    new Request(`${ctx.config.publicUrl}${AUTH_PATH}${request.path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(request.body),
    }),
  )
}

/** What better-auth may know of a request. */
function passedHeaders(ctx: Ctx, given: Headers): Headers {
  const headers = new Headers({ 'content-type': 'application/json', [ADDRESS_HEADER]: ctx.ip ?? '' })
  for (const name of PASSED_HEADERS) {
    const value = given.get(name)
    if (value !== null) headers.set(name, value)
  }
  return headers
}

const PASSED_HEADERS = [
  'cookie',
  'host',
  'origin',
  'referer',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'user-agent',
]
