import { expect, test } from 'vitest'
import { changedParts, conflictsOf } from './use-draft.ts'

test('only what differs is sent', () => {
  expect(changedParts({ a: 1, b: { x: 2 } }, { a: 1, b: { x: 3 } })).toEqual({ b: { x: 2 } })
})

test('a field is in conflict if it was changed on both sides, to different things', () => {
  const saved = { title: 'theirs', summary: 'same', slug: 'old', stock: 'new' }
  const edits = {
    title: { mine: 'mine', base: 'old' },
    summary: { mine: 'same', base: 'old' },
    slug: { mine: 'mine', base: 'old' },
  }
  expect(conflictsOf(edits, saved)).toEqual(['title'])
})
