import { expect, test } from 'vitest'
import { fromHijri, toHijri } from './hijri.ts'

test.each([
  [{ year: 1300, month: 1, day: 1 }, '1882-11-12'],
  [{ year: 1447, month: 9, day: 1 }, '2026-02-18'],
  [{ year: 1448, month: 1, day: 1 }, '2026-06-16'],
  [{ year: 1448, month: 5, day: 30 }, '2026-11-10'],
])('%j is %s', (hijri, day) => {
  expect(fromHijri(hijri)).toBe(day)
  expect(toHijri(day)).toEqual(hijri)
})

test('every day of every year that is known goes there and back', () => {
  let expected = Date.parse('1882-11-12')
  for (let year = 1300; year <= 1600; year++)
    for (let month = 1; month <= 12; month++)
      for (let day = 1; day <= 30; day++) {
        const found = fromHijri({ year, month, day })
        if (found === undefined) {
          expect(day).toBe(30)
          continue
        }
        if (Date.parse(found) !== expected) throw new Error(`${year}-${month}-${day} is ${found}`)
        expected += 86_400_000
      }
  expect(new Date(expected).toISOString().slice(0, 10)).toBe('2174-11-26')
})

test.each([
  { year: 1448, month: 13, day: 1 },
  { year: 1448, month: 0, day: 1 },
  { year: 1448, month: 5, day: 31 },
  { year: 1448, month: 5, day: 0 },
  { year: 2026, month: 5, day: 1 },
])('%j is no day', (hijri) => {
  expect(fromHijri(hijri)).toBeUndefined()
})
