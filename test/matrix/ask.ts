import type { ApiDocument, Method, Operation } from '../../src/platform/http/reference/document.ts'
import { EXAMPLES, FILLS, type Example } from './examples.ts'
import type { House } from './house.ts'

/** A route of the document. */
export type Route = { path: string; method: Method; operation: Operation }

/** A request that can be sent. */
export type Ask = { path: string; init: RequestInit & { headers: Record<string, string> } }

/** A value to put in the place of another, wherever a request names it. */
export type Swap = { from: string; to: string }

/** `POST /orders/{id}/refunds`, as the table of examples names a route. */
export function nameOf({ path, method }: Route): string {
  return `${method.toUpperCase()} ${path.replace('/api/v1', '')}`
}

/** What the table says about a route. */
export function exampleOf(route: Route, house: House): Example {
  return EXAMPLES[nameOf(route)]?.(house) ?? {}
}

/** A good request to a route with the things of a house, or with one of them swapped for another. */
export function ask(route: Route, house: House, swap?: Swap): Ask {
  const { params = {}, query, body, raw, headers = {} } = exampleOf(route, house)
  if (route.operation.requestBody?.required === true && body === undefined && raw === undefined)
    throw new Error(`${nameOf(route)} wants a body: say a good one in test/matrix/examples.ts`)
  const swapped = (text: string) => (swap === undefined ? text : text.replaceAll(swap.from, swap.to))
  const filled = route.path.replace(
    /\/([^/{]+)\/\{(\w+)\}|\{(\w+)\}/g,
    (whole, before?: string, after?: string, alone?: string) => {
      const name = after ?? alone ?? ''
      const value = params[name] ?? fill(route, `${before ?? ''}/{${name}}`, house)
      return whole.replace(`{${name}}`, encodeURIComponent(swapped(value)))
    },
  )
  const search = query === undefined ? '' : `?${swapped(new URLSearchParams(query).toString())}`
  const wantsKey = (route.operation.parameters ?? []).some(({ name }) => /^idempotency-key$/i.test(name))
  const type = raw?.type ?? (body === undefined ? undefined : 'application/json')
  return {
    path: `${filled}${search}`,
    init: {
      method: route.method.toUpperCase(),
      headers: {
        ...headers,
        ...(type === undefined ? {} : { 'content-type': type }),
        ...(wantsKey ? { 'idempotency-key': crypto.randomUUID() } : {}),
      },
      ...(raw === undefined ? {} : { body: raw.text }),
      ...(body === undefined ? {} : { body: swapped(JSON.stringify(body)) }),
    },
  }
}

function fill(route: Route, place: string, house: House): string {
  const thing = FILLS[place]
  if (thing === undefined)
    throw new Error(`${nameOf(route)}: say in test/matrix/examples.ts (FILLS) what fills '${place}'`)
  return house.thing(thing)
}

/** The ids of the workspace's things that a good request names, in its path, its query or its body. */
export function idsIn({ path, init }: Ask): string[] {
  const text = `${decodeURIComponent(path)} ${typeof init.body === 'string' ? init.body : ''}`
  return [...new Set(text.match(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? [])]
}

/** The routes of the document that declare nothing, or a word that is none. */
export function undeclared(document: ApiDocument, known: ReadonlySet<string>): string[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      known.has(operation['x-right'] ?? '')
        ? []
        : [`${method.toUpperCase()} ${path}: ${operation['x-right']}`],
    ),
  )
}
