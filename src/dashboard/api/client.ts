import type { Problem } from '../../platform/http/problems.ts'
import type { Page } from '../../platform/http/page.ts'
import type { Locale } from '../../shared/locale.ts'

export type { Page, Problem }

/** An answer that is not a success, as the server explained it, in the reader's language. */
export type ProblemError = Error & { readonly problem: Problem }

/** Whether something thrown is the server's own explanation. */
export function isProblem(error: unknown): error is ProblemError {
  return error instanceof Error && 'problem' in error
}

/** What a request may carry. Values of `query` that are undefined or empty are left out. */
export type RequestOptions = {
  query?: Readonly<Record<string, string | number | undefined>>
  body?: unknown
  /** The same key for the same wish, so that a repeated click or a lost answer does nothing twice. */
  idempotencyKey?: string
  signal?: AbortSignal
  /** The revision that was read: a change that somebody made since is not overwritten. */
  ifMatch?: string | undefined
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const context: { locale: Locale; workspaceId: string | undefined } = { locale: 'ar', workspaceId: undefined }

/** Says in which language answers are wanted, and for which workspace. */
export function setRequestContext(change: Partial<typeof context>): void {
  Object.assign(context, change)
}

/** The headers that every request to the API carries; uploads send them too. */
export function requestHeaders(): Record<string, string> {
  return {
    'accept-language': context.locale,
    ...(context.workspaceId === undefined ? {} : { 'rafid-workspace': context.workspaceId }),
  }
}

/** The address of an API path, for links that the browser itself follows. */
export function apiUrl(path: string, query: RequestOptions['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const search = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  return `/api/v1${path}${search === '' ? '' : `?${search}`}`
}

let askWho: (() => Promise<boolean>) | undefined

/** Says how a person is asked to prove again who they are; true once they have. */
export function onFreshWanted(ask: () => Promise<boolean>): void {
  askWho = ask
}

/**
 * Asks the API. Where that wants a person who proved just now who they are, they are asked, and then it is asked again.
 * @throws ProblemError, or a TypeError when the server cannot be reached.
 */
export async function request<Answer>(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const response = await requestRaw(method, path, options)
  // The server makes its answers from the schema whose type the caller names; some have no body.
  const hasBody = response.headers.get('content-type')?.startsWith('application/json') === true
  return (hasBody ? await response.json() : undefined) as Answer
}

/** Asks the API for something that is not JSON, such as a file; see request. */
export async function requestRaw(
  method: Method,
  path: string,
  options: RequestOptions = {},
): Promise<Response> {
  try {
    return await send(method, path, options)
  } catch (error) {
    const isStale = isProblem(error) && error.problem.type.endsWith('#fresh-authentication-required')
    if (!isStale || askWho === undefined || !(await askWho())) throw error
    return send(method, path, options)
  }
}

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const { body, idempotencyKey, signal, ifMatch } = options
  const response = await fetch(apiUrl(path, options.query), {
    method,
    headers: {
      ...requestHeaders(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  if (!response.ok) throw await toError(response)
  return response
}

/** What went wrong, from an answer that is not a success. */
export async function toError(response: Response): Promise<Error> {
  const text = await response.text()
  try {
    // Errors of the API are problems; anything else does not parse as JSON, or lacks its title.
    const problem = JSON.parse(text) as Problem
    if (typeof problem.title === 'string') return Object.assign(new Error(problem.title), { problem })
  } catch {
    // A proxy's page, say: the status is all there is.
  }
  return Object.assign(new Error(`HTTP ${response.status}`), { status: response.status })
}
