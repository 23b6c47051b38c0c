import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { flattenMessages } from '../../shared/messages.ts'
import { areaOf, areaOfPath, areas, textsOf } from './areas.ts'

const folder = join(import.meta.dirname, '../../../messages')

test.each(['ar', 'en'])('the parts of the texts in %s are the whole, and no text is in two', (locale) => {
  const file = JSON.parse(readFileSync(join(folder, locale, 'dashboard.json'), 'utf8')) as Parameters<
    typeof textsOf
  >[1]
  const parts = areas.map((area) => [...flattenMessages([textsOf(area, file)]).keys()])
  expect(parts.every((keys) => keys.length > 0)).toBe(true)
  expect(parts.flat().toSorted()).toEqual([...flattenMessages([file]).keys()].toSorted())
})

test('a key belongs to the part of its first name, the clock to all screens', () => {
  expect(areaOf('settings.me.title')).toBe('settings')
  expect(areaOf('living.title')).toBe('streams')
  expect(areaOf('streams.clock.start')).toBe('first')
  expect(areaOf('brand')).toBe('first')
  expect(areaOf('common.action.close')).toBe('first')
})

test('an address says which part it needs', () => {
  expect(areaOfPath('/dashboard/settings/me')).toBe('settings')
  expect(areaOfPath('/streams')).toBe('streams')
  expect(areaOfPath('/dashboard/')).toBe('first')
  expect(areaOfPath('/dashboard')).toBe('first')
})
