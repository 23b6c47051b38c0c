import { beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../src/app.ts'
import { hasMessage, readCatalogue } from '../src/platform/i18n/index.ts'
import { PROBLEM_TYPES } from '../src/platform/http/problem-types.ts'
import {
  operationsOf,
  problemsOf,
  tagKey,
  type ApiDocument,
  type Operation,
} from '../src/platform/http/reference/document.ts'
import { flattenMessages } from '../src/shared/messages.ts'
import { locales } from '../src/shared/locale.ts'
import { testServices } from './support/services.ts'

let document: ApiDocument
let routes: ReturnType<typeof operationsOf>

beforeAll(async () => {
  const app = createApp(await testServices())
  document = (await (await app.request('/api/v1/openapi.json')).json()) as ApiDocument
  routes = operationsOf(document)
})

/** The tags that the catalogue describes. */
function describedTags(): string[] {
  const keys = [...flattenMessages(readCatalogue('en').map(({ tree }) => tree)).keys()]
  return keys.flatMap((key) => /^reference\.tag\.([^.]+)\.text$/.exec(key)?.[1] ?? [])
}

/** The names of the routes for which a fault is found. */
function faulty(fault: (operation: Operation, path: string, method: string) => boolean): string[] {
  return routes
    .filter(({ operation, path, method }) => fault(operation, path, method))
    .map(({ path, method }) => `${method.toUpperCase()} ${path}`)
}

describe('every route of the document', () => {
  test('is there at all, under /api/v1', () => {
    expect(routes.length).toBeGreaterThan(12)
    expect(faulty((_operation, path) => !path.startsWith('/api/v1/'))).toEqual([])
  })

  test('has a summary, one known tag, and a name of its own', () => {
    expect(faulty(({ summary }) => summary === undefined || summary.length < 5)).toEqual([])
    expect(faulty(({ tags }) => tags?.length !== 1)).toEqual([])
    const names = routes.map(({ operation }) => operation.operationId)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    const unknown = document.tags.filter(({ name }) =>
      locales.some((locale) => !hasMessage(locale, `reference.tag.${tagKey(name)}.text`)),
    )
    expect(unknown).toEqual([])
    const used = new Set(document.tags.map(({ name }) => tagKey(name)))
    expect(describedTags().filter((key) => !used.has(key))).toEqual([])
  })

  test('says what it answers when it works', () => {
    const without = faulty(({ responses }) => {
      const good = Object.entries(responses).filter(([status]) => status < '400')
      return (
        good.length === 0 ||
        good.some(
          ([status, { content }]) =>
            status === '200' && Object.values(content ?? {}).every(({ schema }) => schema === undefined),
        )
      )
    })
    expect(without).toEqual([])
  })

  test('says how it refuses, by problem types that exist and stand under their status', () => {
    expect(faulty(({ responses }) => !('429' in responses && '500' in responses))).toEqual([])
    const wrong = routes.flatMap(({ path, operation }) =>
      Object.entries(operation.responses)
        .filter(([status]) => status >= '400')
        .flatMap(([status, answer]) =>
          problemsOf(answer)
            .filter(
              (slug) =>
                Object.entries(PROBLEM_TYPES).find(([known]) => known === slug)?.[1] !== Number(status),
            )
            .map((slug) => `${path} ${status} ${slug}`),
        ),
    )
    expect(wrong).toEqual([])
    const silent = faulty(({ responses }) =>
      Object.entries(responses).some(
        ([status, answer]) => status >= '400' && !('application/problem+json' in (answer.content ?? {})),
      ),
    )
    expect(silent).toEqual([])
  })

  test('takes ids as UUIDs and nothing else', () => {
    const loose = routes.flatMap(({ path, operation }) =>
      (operation.parameters ?? [])
        .filter(({ name, in: place }) => place === 'path' && /(^id|Id)$/.test(name))
        .filter(({ schema }) => schema?.format !== 'uuid')
        .map(({ name }) => `${path} ${name}`),
    )
    expect(loose).toEqual([])
  })

  test('names every parameter of its path', () => {
    const lacking = faulty(({ parameters = [] }, path) =>
      [...path.matchAll(/\{(\w+)\}/g)].some(
        ([, name]) => !parameters.some((one) => one.in === 'path' && one.name === name),
      ),
    )
    expect(lacking).toEqual([])
  })
})

test('references in the document lead somewhere', () => {
  const names = [...JSON.stringify(document).matchAll(/#\/components\/schemas\/([\w.-]+)/g)].map(
    ([, name]) => name,
  )
  expect(
    [...new Set(names)].filter((name) => document.components.schemas?.[name ?? ''] === undefined),
  ).toEqual([])
})
