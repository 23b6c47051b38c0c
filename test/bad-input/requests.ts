import type { ApiDocument, Method, Operation, Schema } from '../../src/platform/http/reference/document.ts'

/** One bad request: what is wrong with it, and how it is made. */
export type BadRequest = { what: string; path: string; init: RequestInit }

type Route = { path: string; method: Method; operation: Operation }

/** What fills a route in: whose store, and an id that nobody has. */
export type Filling = { store: string; unknownId: string; ids: readonly string[]; document: ApiDocument }

const LONG = 'ا'.repeat(20_000)

/** Values that no field of any route wants, or that one may want and must survive. */
const NASTY: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['a fraction', 12.5],
  ['a negative number', -1],
  ['a number at 2^53', 2 ** 53],
  ['a boolean', true],
  ['a list', []],
  ['a list of nothing', [null]],
  ['an object', {}],
  ['an empty text', ''],
  ['a negative amount', '-1'],
  ['a fraction as text', '1.5'],
  ['an amount past 2^63', '9'.repeat(30)],
  ['a number in words of JavaScript', '1e309'],
  ['a zero byte', 'a\u0000b'],
  ['half a surrogate', '\ud800'],
  ['a text without end', LONG],
  ['a quote', "' OR 1=1 --"],
  ['a prototype', { __proto__: { admin: true }, constructor: { prototype: {} } }],
]

const NASTY_TEXTS = [
  '',
  '-1',
  '0',
  '1.5',
  '9'.repeat(30),
  'a\u0000b',
  "' OR 1=1 --",
  '../../etc/passwd',
  '%',
  LONG.slice(0, 3000),
  '[]',
  '{}',
]

/** Bad requests to a route: to its body, field by field, its path, and its query. */
export function badRequests(route: Route, filling: Filling): BadRequest[] {
  return [...badBodies(route, filling), ...badPaths(route, filling), ...badQueries(route, filling)]
}

/** The same route with the ids of somebody else, in its path and in its body. */
export function foreignRequests(route: Route, filling: Filling): BadRequest[] {
  const names = [...route.path.matchAll(/\{([^}]+)\}/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'store')
  const schema = bodySchema(route)
  const body = schema === undefined ? undefined : sample(schema, filling)
  const requests = names.flatMap((name, at) =>
    filling.ids.flatMap((id) => {
      // The first is somebody else's; those after it are, and are not.
      const others = at === 0 && names.length > 1 ? filling.ids : [filling.unknownId]
      return others.map((other) => ({
        what: `${name} of another workspace`,
        path: fill(route.path, filling, (one) => (one === name ? id : other)),
        init: init(route, body),
      }))
    }),
  )
  for (const { path, schema: field } of schema === undefined ? [] : fields(schema, filling)) {
    if (field.format !== 'uuid' && !/id$/i.test(String(path.at(-1)))) continue
    for (const id of filling.ids) {
      requests.push({
        what: `${path.join('.')} of another workspace`,
        path: fill(route.path, filling),
        init: init(route, replaced(body, path, id)),
      })
    }
  }
  return requests
}

function badBodies(route: Route, filling: Filling): BadRequest[] {
  const schema = bodySchema(route)
  const path = fill(route.path, filling)
  if (schema === undefined) return []
  const raw = (what: string, body: string, type = 'application/json'): BadRequest => ({
    what,
    path,
    init: { method: route.method.toUpperCase(), body, headers: { ...keyHeader(), 'content-type': type } },
  })
  const good = sample(schema, filling)
  const text = JSON.stringify(good)
  const broken = [
    raw('malformed JSON', '{"a":'),
    raw('no JSON', 'hello'),
    raw('nothing', ''),
    raw('bytes that are no text', Buffer.from([0xff, 0xfe, 0x7b]).toString('latin1')),
    raw('deep JSON', '['.repeat(20_000) + ']'.repeat(20_000)),
    raw('another media type', text, 'text/plain'),
    raw('XML', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 'application/xml'),
    ...['null', '1', '"x"', '[]', '{}', 'true'].map((body) => raw(`${body} as the body`, body)),
  ]
  const wrong = fields(schema, filling).flatMap(({ path: at }) =>
    NASTY.map(([what, value]) => ({
      what: `${at.join('.')}: ${what}`,
      path,
      init: init(route, replaced(good, at, value)),
    })),
  )
  return [...broken, ...wrong]
}

function badPaths(route: Route, filling: Filling): BadRequest[] {
  const names = [...route.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? '')
  const schema = bodySchema(route)
  const body = schema === undefined ? undefined : sample(schema, filling)
  return names.flatMap((name) =>
    [filling.unknownId, ...NASTY_TEXTS.filter((text) => text !== '')].map((value) => ({
      what: `${name} in the path: ${value.slice(0, 40)}`,
      path: fill(route.path, filling, (one) => (one === name ? value : undefined)),
      init: init(route, body),
    })),
  )
}

function badQueries(route: Route, filling: Filling): BadRequest[] {
  const schema = bodySchema(route)
  const body = schema === undefined ? undefined : sample(schema, filling)
  return (route.operation.parameters ?? [])
    .filter((parameter) => parameter.in === 'query')
    .flatMap(({ name }) =>
      NASTY_TEXTS.map((value) => ({
        what: `${name} in the query: ${value.slice(0, 40)}`,
        path: `${fill(route.path, filling)}?${new URLSearchParams({ [name]: value }).toString()}`,
        init: init(route, body),
      })),
    )
}

function fill(
  path: string,
  { store, unknownId }: Filling,
  value: (name: string) => string | undefined = () => undefined,
): string {
  return path.replace(/\{([^}]+)\}/g, (_all, name: string) =>
    encodeURIComponent(value(name) ?? (name === 'store' ? store : name === 'provider' ? 'test' : unknownId)),
  )
}

function keyHeader(): Record<string, string> {
  return { 'idempotency-key': crypto.randomUUID() }
}

function init(route: Route, body: unknown): RequestInit {
  const method = route.method.toUpperCase()
  if (body === undefined) return { method, headers: keyHeader() }
  return {
    method,
    body: JSON.stringify(body),
    headers: { ...keyHeader(), 'content-type': 'application/json' },
  }
}

function bodySchema({ operation }: Route): Schema | undefined {
  return operation.requestBody?.content['application/json']?.schema
}

type Field = { path: (string | number)[]; schema: Schema }

/** All fields of a body, with the places in it, the nested ones too. */
function fields(schema: Schema, filling: Filling, path: Field['path'] = []): Field[] {
  const plain = resolve(schema, filling)
  const here: Field[] = path.length === 0 ? [] : [{ path, schema: plain }]
  if (path.length >= 5) return here
  const inside = Object.entries(plain.properties ?? {}).flatMap(([name, one]) =>
    fields(one, filling, [...path, name]),
  )
  const items = plain.items === undefined ? [] : fields(plain.items, filling, [...path, 0])
  return [...here, ...inside, ...items]
}

function resolve(schema: Schema, filling: Filling): Schema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return resolve(filling.document.components.schemas?.[name] ?? {}, filling)
  }
  const variant = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].find(({ type }) => type !== 'null')
  if (variant !== undefined && schema.properties === undefined) return resolve(variant, filling)
  if (schema.allOf === undefined) return schema
  const parts = schema.allOf.map((part) => resolve(part, filling))
  return {
    ...schema,
    properties: Object.assign(
      {},
      ...parts.map(({ properties }) => properties ?? {}),
    ) as Schema['properties'] & object,
  }
}

/** A body that the route would take, as far as its schema tells. */
function sample(schema: Schema, filling: Filling, depth = 0): unknown {
  const plain = resolve(schema, filling)
  if (plain.example !== undefined) return plain.example
  if (plain.examples?.[0] !== undefined) return plain.examples[0]
  if (plain.const !== undefined) return plain.const
  if (plain.enum !== undefined) return plain.enum[0]
  if (plain.default !== undefined) return plain.default
  const type = Array.isArray(plain.type) ? plain.type[0] : plain.type
  if (plain.properties !== undefined || type === 'object') {
    return Object.fromEntries(
      Object.entries(plain.properties ?? {}).map(([name, one]) => [
        name,
        depth > 5 ? null : sample(one, filling, depth + 1),
      ]),
    )
  }
  if (type === 'array') return plain.items === undefined ? [] : [sample(plain.items, filling, depth + 1)]
  if (type === 'integer' || type === 'number') return Math.max(plain.minimum ?? 1, 1)
  if (type === 'boolean') return true
  if (plain.format === 'uuid') return filling.unknownId
  if (plain.format === 'email') return 'reader@example.com'
  if (plain.format === 'date-time') return '2026-01-01T00:00:00.000Z'
  return 'x'.repeat(Math.max(plain.minLength ?? 3, 3))
}

/** The body with another value at one place. */
function replaced(body: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [head, ...rest] = path
  if (head === undefined) return value
  if (typeof head === 'number') {
    const list = Array.isArray(body) ? [...(body as unknown[])] : []
    list[head] = replaced(list[head], rest, value)
    return list
  }
  const object = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  return { ...object, [head]: replaced(object[head], rest, value) }
}
