import type { ApiDocument, Schema } from './document.ts'

/** One value of a body: where it stands, what it is, whether it must be there. */
export type SchemaRow = { path: string; type: string; required: boolean; description: string; ref?: string }

const DEEPEST = 4
/** More choices than these are told in words, not in the type. */
const MOST_CHOICES = 5

/** The values of a schema, nested ones by their path: `lines[].quantity`. Named schemas are referred to, not repeated. */
export function rowsOf(schema: Schema, document: ApiDocument): SchemaRow[] {
  const rows: SchemaRow[] = []
  collect({ schema, path: '', depth: 0, document }, rows)
  return rows
}

type Place = { schema: Schema; path: string; depth: number; document: ApiDocument }

function collect(place: Place, rows: SchemaRow[]): void {
  const { schema, path, depth, document } = place
  const merged = mergeAll(schema, document)
  if (merged.items !== undefined && depth < DEEPEST) {
    const items = isOpen(merged.items) ? merged.items : undefined
    if (items !== undefined) collect({ ...place, schema: items, path: `${path}[]`, depth: depth + 1 }, rows)
  }
  for (const [name, property] of Object.entries(merged.properties ?? {})) {
    const at = path === '' ? name : `${path}.${name}`
    const ref = refOf(property)
    rows.push({
      path: at,
      type: typeOf(property),
      required: merged.required?.includes(name) === true,
      description: meaningOf(property),
      ...(ref === undefined ? {} : { ref }),
    })
    if (ref === undefined && depth < DEEPEST && isOpen(property))
      collect({ schema: property, path: at, depth: depth + 1, document }, rows)
  }
}

/** Whether there is something to show inside. */
function isOpen(schema: Schema): boolean {
  return schema.properties !== undefined || schema.items !== undefined || schema.allOf !== undefined
}

function mergeAll(schema: Schema, document: ApiDocument): Schema {
  if (schema.allOf === undefined) return schema
  const parts = schema.allOf.map((part) => resolve(part, document))
  return {
    ...schema,
    properties: Object.assign(
      {},
      ...parts.map((part) => part.properties ?? {}),
      schema.properties ?? {},
    ) as Record<string, Schema>,
    required: [...parts.flatMap((part) => part.required ?? []), ...(schema.required ?? [])],
  }
}

/** The schema that a reference names. */
export function resolve(schema: Schema, document: ApiDocument): Schema {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : (document.components.schemas?.[name] ?? {})
}

/** The named schema that this is, or a list of. */
function refOf(schema: Schema): string | undefined {
  const inner =
    schema.$ref ?? schema.items?.$ref ?? schema.anyOf?.find(({ $ref }) => $ref !== undefined)?.$ref
  return inner?.split('/').at(-1)
}

/** A short name of a schema's type: `string (uuid)`, `Money[]`, `'ar' | 'en'`. */
export function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? ''
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return choices.map(typeOf).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined && schema.enum.length > MOST_CHOICES) return 'string'
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.items !== undefined) {
    const inner = typeOf(schema.items)
    return inner.includes(' | ') ? `(${inner})[]` : `${inner}[]`
  }
  const type = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'any')
  return schema.format === undefined ? type : `${type} (${schema.format})`
}

/** What is to be known of a value beside its type: its description, its choices, its bounds. */
export function meaningOf(schema: Schema, description = schema.description ?? ''): string {
  const bounds = [
    bound('≥', schema.minimum),
    bound('≤', schema.maximum),
    bound('length ≥', schema.minLength),
    bound('length ≤', schema.maxLength),
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
  ].filter((text) => text !== '')
  const choices = schema.enum ?? schema.items?.enum ?? []
  const words = choices.length > MOST_CHOICES ? `One of ${choices.join(', ')}.` : ''
  return [description, words, bounds.join(', ')].filter((text) => text !== '').join(' ')
}

function bound(sign: string, value: number | undefined): string {
  return value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? '' : `${sign} ${value}`
}

/** A value that the schema would take, from its examples where it has them. */
export function exampleOf(schema: Schema, document: ApiDocument, depth = 0): unknown {
  const known = schema.example ?? schema.examples?.[0] ?? schema.default ?? schema.const
  if (known !== undefined) return known
  if (schema.$ref !== undefined)
    return depth > 6 ? {} : exampleOf(resolve(schema, document), document, depth + 1)
  const merged = mergeAll(schema, document)
  const choice = (merged.anyOf ?? merged.oneOf)?.[0]
  if (choice !== undefined) return exampleOf(choice, document, depth + 1)
  if (merged.enum !== undefined) return merged.enum[0]
  if (merged.properties !== undefined) {
    return Object.fromEntries(
      Object.entries(merged.properties).map(([name, part]) => [name, exampleOf(part, document, depth + 1)]),
    )
  }
  if (merged.items !== undefined) return depth > 6 ? [] : [exampleOf(merged.items, document, depth + 1)]
  return plainExample(merged)
}

const samples: Readonly<Record<string, string>> = {
  uuid: '01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e',
  'date-time': '2026-03-01T09:30:00.000Z',
  date: '2026-03-01',
  email: 'noura@example.com',
  uri: 'https://example.com',
}

function plainExample({ type, format, minimum }: Schema): unknown {
  const first = Array.isArray(type) ? type[0] : type
  if (first === 'integer' || first === 'number') return minimum !== undefined && minimum > 0 ? minimum : 1
  if (first === 'boolean') return true
  if (first === 'string') return samples[format ?? ''] ?? '…'
  return first === 'object' ? {} : null
}
