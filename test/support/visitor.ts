import type { Services } from '../../src/platform/ctx.ts'
import { createApp } from '../../src/app.ts'

/** An answer with what it holds: no more than a test looks at. */
export type Answered<Body = Record<string, unknown>> = {
  status: number
  body: Body
  /** The problem’s type, where it is one. */
  slug: string | undefined
  headers: Headers
}

/** A browser as far as the API sees one: it keeps cookies, names itself, and has an address. */
export type Visitor = {
  send<Body = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Answered<Body>>
  /** Cookies by name; to be read, or given to another. */
  cookies: Map<string, string>
}

/** What makes visitors of one server; `userAgent` and `language` are the browser’s. */
export function visitorsOf(
  services: Services,
): (with_?: { userAgent?: string; language?: string }) => Visitor {
  const app = createApp(services)
  return ({
    userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    language = 'en',
  } = {}) => {
    const cookies = new Map<string, string>()
    return {
      cookies,
      send: async <Body>(method: string, path: string, body?: unknown) => {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        const answer = await app.request(`${services.config.publicUrl}/api/v1${path}`, {
          method,
          headers: {
            'user-agent': userAgent,
            'accept-language': language,
            origin: services.config.publicUrl,
            ...(cookie === '' ? {} : { cookie }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        })
        keep(cookies, answer.headers.getSetCookie())
        const text = await answer.text()
        // What a test reads of an answer is what it tests.
        const parsed = (text === '' ? {} : JSON.parse(text)) as Body & { type?: string }
        return {
          status: answer.status,
          body: parsed,
          slug: parsed.type?.split('#')[1],
          headers: answer.headers,
        }
      },
    }
  }
}

function keep(cookies: Map<string, string>, set: readonly string[]): void {
  for (const cookie of set) {
    const [pair = '', ...attributes] = cookie.split(/;\s*/)
    const cut = pair.indexOf('=')
    const name = pair.slice(0, cut)
    if (attributes.some((one) => /^max-age=0$/i.test(one))) cookies.delete(name)
    else cookies.set(name, pair.slice(cut + 1))
  }
}
