import type { OpenAPIHono } from '@hono/zod-openapi'
import { hasMessage, t } from '../../i18n/index.ts'
import type { Env } from '../env.ts'
import { sessionCookie } from '../session.ts'
import { guideValues } from './guide-values.ts'
import { PROBLEM_TYPES, type ProblemSlug } from '../problem-types.ts'

/** A JSON Schema, as far as the document uses it. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: boolean | Schema
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  default?: unknown
  example?: unknown
  examples?: unknown[]
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
}

/** The forms of one body by media type. */
export type Content = Record<string, { schema?: Schema }>

/** One parameter in path, query or header. */
export type Parameter = {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required?: boolean
  description?: string
  schema?: Schema
}

/** One answer of a route. */
export type Answer = { description: string; content?: Content }

/** One route. */
export type Operation = {
  operationId?: string
  tags?: string[]
  summary?: string
  description?: string
  security?: Record<string, string[]>[]
  /** Who may call it: a right, or one of the words of `platform/http/rights.ts`. */
  'x-right'?: string
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Content }
  responses: Record<string, Answer>
}

/** The OpenAPI 3.1 document, as far as the program writes and reads it. */
export type ApiDocument = {
  openapi: string
  info: { title: string; version: string; description: string }
  servers: { url: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, Partial<Record<Method, Operation>>>
  /** What is sent to places outside, by its type. */
  webhooks?: Record<string, { post?: Operation }>
  components: { schemas?: Record<string, Schema>; securitySchemes?: Record<string, unknown> }
}

/** The HTTP methods that routes have, in the order in which they are shown. */
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** See METHODS. */
export type Method = (typeof METHODS)[number]

/** The chapters of the guide, by their names in the catalogue. */
export const GUIDE = [
  'access',
  'money',
  'idempotency',
  'pages',
  'limits',
  'problems',
  'ids',
  'versions',
] as const

/** The name of a tag in the catalogue: `Audit log` is `audit-log`. */
export function tagKey(tag: string): string {
  return tag.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

/** All routes of the document, by path and method. */
export function operationsOf(
  document: ApiDocument,
): { path: string; method: Method; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method]
      return operation === undefined ? [] : [{ path, method, operation }]
    }),
  )
}

/**
 * The document of all routes that are mounted: made from the schemas that parse, and completed by what every route may
 * answer, so that no route needs to say it.
 */
export function describeApi(
  root: OpenAPIHono<Env>,
  { version, publicUrl }: { version: string; publicUrl: string },
): ApiDocument {
  const generated = root.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: t('en', 'reference.title'), version, description: guideText() },
    servers: [{ url: publicUrl }],
  })
  // The generator's types allow for more than it makes; the tests check the document itself.
  const document = JSON.parse(JSON.stringify(generated, mendPattern)) as ApiDocument
  document.components.securitySchemes = {
    token: { type: 'http', scheme: 'bearer', description: t('en', 'reference.scheme.token') },
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: sessionCookie({ publicUrl }).name,
      description: t('en', 'reference.scheme.session'),
    },
  }
  const operations = operationsOf(document)
  for (const { path, method, operation } of operations) {
    operation.operationId ??= nameOf(method, path)
    complete(operation, method)
    sayRight(operation)
  }
  const used = new Set(operations.flatMap(({ operation }) => operation.tags ?? []))
  document.tags = [...used].map((name) => ({
    name,
    description: hasMessage('en', `reference.tag.${tagKey(name)}.text`)
      ? t('en', `reference.tag.${tagKey(name)}.text`)
      : name,
  }))
  return document
}

/** The generator leaves the flags of a regular expression at its end: `^\p{L}$/u` would match nothing. */
function mendPattern(key: string, value: unknown): unknown {
  return key === 'pattern' && typeof value === 'string' ? value.replace(/\/[a-z]+$/, '') : value
}

function guideText(): string {
  return GUIDE.map(
    (chapter) =>
      `## ${t('en', `reference.guide.${chapter}.title`)}\n\n${t('en', `reference.guide.${chapter}.text`, guideValues)}`,
  ).join('\n\n')
}

/** `GET /api/v1/tokens/{id}` is `getTokensById`. */
function nameOf(method: Method, path: string): string {
  const words = path.replace(/^\/api\/v1/, '').match(/\{?[A-Za-z0-9]+\}?/g) ?? []
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
  return (
    method +
    words.map((word) => (word.startsWith('{') ? `By${capital(word.slice(1, -1))}` : capital(word))).join('')
  )
}

function complete(operation: Operation, method: Method): void {
  const { parameters = [], requestBody, security = [] } = operation
  const slugs: ProblemSlug[] = ['rate-limited', 'internal']
  if (requestBody !== undefined) slugs.push('malformed', 'too-large')
  if (requestBody !== undefined || parameters.length > 0) slugs.push('validation')
  if (security.length > 0) slugs.push('not-signed-in', 'token-invalid', 'not-allowed', 'workspace-required')
  if (method !== 'get') slugs.push('foreign-origin')
  if (parameters.some(({ name }) => name.toLowerCase() === 'idempotency-key'))
    slugs.push('idempotency-key-reuse')
  for (const slug of slugs) addRefusal(operation, slug)
}

/** A right is what a caller must know before the first call, so it stands in the text too. */
function sayRight(operation: Operation): void {
  const right = operation['x-right']
  if (right?.includes(':') !== true) return
  operation.description = [operation.description, `Right: \`${right}\`.`].filter(Boolean).join(' ')
}

function addRefusal({ responses }: Operation, slug: ProblemSlug): void {
  const status = PROBLEM_TYPES[slug]
  const named = `\`${slug}\``
  const there = responses[status]
  if (there === undefined) {
    const schema = { $ref: '#/components/schemas/Problem' }
    responses[status] = { description: named, content: { 'application/problem+json': { schema } } }
  } else if (!there.description.includes(named)) {
    there.description += `, ${named}`
  }
}

/** The problem types that an answer may be, by the names in its description. */
export function problemsOf(answer: Answer): string[] {
  return [...answer.description.matchAll(/`([a-z0-9-]+)`/g)].flatMap(([, slug]) => slug ?? [])
}
