import type { ApiDocument, Method, Operation, Schema } from '../../src/platform/http/reference/document.ts'

/** A stream of numbers that a seed decides: the same seed makes the same requests. Source: mulberry32 by Tommy Ettinger. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What requests are made of: the document, and words that mean something somewhere. */
export type Material = {
  document: ApiDocument
  routes: readonly { path: string; method: Method; operation: Operation }[]
  /** Ids of the victim, of the one who asks, and of nobody; slugs and addresses too. */
  words: readonly string[]
}

/** A request that nobody would make. */
export type RandomRequest = { path: string; init: RequestInit & { headers: Record<string, string> } }

const NASTY: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  '',
  ' ',
  '0',
  '-1',
  '1e9',
  'NaN',
  'null',
  'true',
  '9'.repeat(40),
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202eabc',
  '𝒳'.repeat(70),
  'ا'.repeat(5000),
  'x'.repeat(300),
  "' OR '1'='1",
  '"; DROP TABLE orders; --',
  '$1',
  '%',
  '_',
  '\\',
  '../../../etc/passwd',
  '..%2f..%2f',
  '<script>alert(1)</script>',
  '{{constructor.constructor("return process")()}}',
  '${7*7}',
  'file:///etc/passwd',
  'http://169.254.169.254/',
  'javascript:alert(1)',
  '2026-02-30',
  '2026-13-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '-000001-01-01T00:00:00Z',
  'ar',
  'en',
  'xx',
  'SAR',
  'sar',
  'XXX',
  [],
  [[]],
  [null],
  {},
  { a: 1 },
  { amount: '1', currency: 'SAR' },
  { amount: 1, currency: 'SAR' },
  { amount: '-1', currency: 'KWD' },
  { amount: '9'.repeat(30), currency: 'SAR' },
  { ar: '', en: '' },
  { $ne: null },
  { __proto__: null, constructor: { prototype: {} } },
]

const TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  'text/csv',
  'application/x-ndjson',
  '',
]

/** Makes the next request. */
export function nextRequest(random: () => number, material: Material): RandomRequest {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const chance = (of: number) => random() < of
  const { path, method, operation } = pick(material.routes)
  const word = () => (chance(0.6) ? pick(material.words) : textOf(pick(NASTY)).slice(0, 400))
  const filled = path.replace(/\{(\w+)\}/g, () => encoded(word(), chance))
  const query = (operation.parameters ?? [])
    .filter((one) => one.in === 'query' && chance(0.5))
    .flatMap(({ name }) =>
      (chance(0.1) ? [name, name] : [name]).map((one) => `${one}=${encoded(word(), chance)}`),
    )
  if (chance(0.05))
    query.push(
      `${pick(['__proto__', 'workspaceId', 'limit', 'after', 'order', 'sort', 'fields'])}=${encoded(word(), chance)}`,
    )
  const headers: Record<string, string> = {}
  const schema = operation.requestBody?.content['application/json']?.schema
  let body: string | undefined
  if (method !== 'get' && (schema !== undefined || operation.requestBody !== undefined || chance(0.1))) {
    const value = schema === undefined ? pick(NASTY) : grow(schema, { random, material, depth: 0 })
    body = spoiled(JSON.stringify(value) ?? '', random)
    headers['content-type'] = chance(0.9) ? 'application/json' : pick(TYPES)
  }
  if (chance(0.7))
    headers['idempotency-key'] = chance(0.9)
      ? `key-${Math.floor(random() * 1e6)}`
      : pick(['a b', 'x'.repeat(400), 'é', ''])
  if (chance(0.05)) headers['rafid-workspace'] = headerSafe(word())
  if (chance(0.02)) headers['content-encoding'] = pick(['gzip', 'br', 'nonsense'])
  if (chance(0.02)) headers['range'] = pick(['bytes=-1', 'bytes=9-1', 'bytes=0-99999999999999', 'lines=1'])
  if (chance(0.02)) headers['if-none-match'] = headerSafe(word())
  return {
    path: `${filled}${query.length === 0 ? '' : `?${query.join('&')}`}`,
    init: { method: method.toUpperCase(), headers, ...(body === undefined ? {} : { body }) },
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** Mostly as it should be; sometimes raw, twice, or cut in the middle of a character. */
function encoded(word: string, chance: (of: number) => boolean): string {
  const once = encodeURIComponent(word.toWellFormed())
  if (chance(0.04)) return encodeURIComponent(once)
  if (chance(0.03)) return `${once}%E0%A4`
  if (chance(0.03)) return `${once}%00`
  return once
}

function headerSafe(word: string): string {
  return word.replace(/[^\x20-\x7e]/g, '').trim()
}

type Growing = { random: () => number; material: Material; depth: number }

/** A value of a schema, or one that is wrong in some place. */
function grow(schema: Schema, growing: Growing): unknown {
  const { random, material, depth } = growing
  const chance = (of: number) => random() < of
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const plain = resolved(schema, material)
  if (depth > 6 || chance(0.08)) return pick(NASTY)
  const deeper = { ...growing, depth: depth + 1 }
  const variants = [...(plain.oneOf ?? []), ...(plain.anyOf ?? [])]
  if (variants.length > 0 && plain.properties === undefined) return grow(pick(variants), deeper)
  if (plain.const !== undefined) return plain.const
  if (plain.enum !== undefined) return pick(plain.enum)
  const type = Array.isArray(plain.type) ? pick(plain.type) : plain.type
  if (plain.properties !== undefined || type === 'object') {
    const entries = Object.entries(plain.properties ?? {})
      .filter(([name]) => plain.required?.includes(name) === true || chance(0.6))
      .filter(() => !chance(0.03))
      .map(([name, one]) => [name, grow(one, deeper)] as const)
    if (chance(0.05))
      entries.push([pick(['workspaceId', 'role', 'id', 'isAdmin', 'status', 'constructor']), pick(NASTY)])
    return Object.fromEntries(entries)
  }
  if (type === 'array')
    return Array.from({ length: Math.floor(random() * (chance(0.02) ? 400 : 4)) }, () =>
      grow(plain.items ?? {}, deeper),
    )
  if (type === 'integer' || type === 'number') return Math.floor(random() * 2000) - (chance(0.2) ? 1000 : 0)
  if (type === 'boolean') return chance(0.5)
  if (type === 'null') return null
  if (plain.format === 'uuid') return pick(material.words)
  if (plain.example !== undefined && chance(0.7)) return plain.example
  if (plain.format === 'email') return chance(0.5) ? 'somebody@example.com' : pick(material.words)
  if (plain.format === 'date-time') return '2026-03-01T00:00:00Z'
  return chance(0.5) ? pick(material.words) : textOf(pick(NASTY))
}

function resolved(schema: Schema, material: Material): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : (material.document.components.schemas?.[name] ?? {})
}

/** The text of a body, sometimes broken. */
function spoiled(text: string, random: () => number): string {
  const luck = random()
  if (luck < 0.9) return text
  if (luck < 0.92) return text.slice(0, Math.floor(random() * text.length))
  if (luck < 0.94) return `\ufeff${text}`
  if (luck < 0.95) return Buffer.from(text, 'utf8').toString('utf16le')
  if (luck < 0.96) return text.replaceAll(':', ' ')
  if (luck < 0.97) return `${text}${text}`
  if (luck < 0.98) return text.replace('{', '{"__proto__":{"admin":true},')
  if (luck < 0.99) return text.replaceAll('"', "'")
  return ''
}
