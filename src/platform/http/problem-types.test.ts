import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { locales } from '../../shared/locale.ts'
import { hasMessage } from '../i18n/index.ts'
import { projectRoot } from '../project-root.ts'
import { PROBLEM_TYPES } from './problem-types.ts'

type Raised = { slug: string; status: number; file: string }

/** The problems that a source raises: `super('slug', 409`, `new DomainError('slug', 409`, `new Conflict('slug'`. */
function raisedIn(source: string, file: string): Raised[] {
  if (!/DomainError|platform\/errors/.test(source)) return []
  const raised = /(?:super|new DomainError|new Conflict)\(\s*'([a-z0-9-]+)'(?:,\s*(\d{3}))?/g
  return [...source.matchAll(raised)].map(([, slug = '', status]) => ({
    slug,
    status: Number(status ?? 409),
    file,
  }))
}

const raised = readdirSync(join(projectRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.startsWith('dashboard'))
  .flatMap((file) => raisedIn(readFileSync(join(projectRoot, 'src', file), 'utf8'), file))

test('every problem that the program raises is listed with its status', () => {
  const listed = new Map<string, number>(Object.entries(PROBLEM_TYPES))
  const wrong = raised.filter(({ slug, status }) => listed.get(slug) !== status)
  expect(raised.length).toBeGreaterThan(10)
  expect(wrong).toEqual([])
})

test('every listed problem is raised somewhere, or is what a status stands for', () => {
  const byStatus = new Set(['malformed', 'too-large', 'unsupported-media', 'conflict'])
  const used = new Set(raised.map(({ slug }) => slug))
  expect(Object.keys(PROBLEM_TYPES).filter((slug) => !used.has(slug) && !byStatus.has(slug))).toEqual([])
})

test('every listed problem has a title and a sentence in both languages', () => {
  const keys = Object.keys(PROBLEM_TYPES).flatMap((slug) => [
    `problems.${slug}.title`,
    `problems.${slug}.detail`,
  ])
  for (const locale of locales) expect(keys.filter((key) => !hasMessage(locale, key))).toEqual([])
})

test('the search finds each way of raising a problem', () => {
  const source =
    "import { DomainError } from 'x'\n super('a-b', 402)\n new DomainError(\n 'c', 403)\n new Conflict('d')"
  expect(raisedIn(source, 'x').map(({ slug, status }) => `${slug} ${status}`)).toEqual([
    'a-b 402',
    'c 403',
    'd 409',
  ])
})
