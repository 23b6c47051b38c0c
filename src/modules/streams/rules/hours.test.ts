import { expect, test } from 'vitest'
import { clocked } from './hours.ts'

const started = new Date('2026-03-10T08:00:00Z')
const after = (seconds: number) => clocked(started, new Date(started.getTime() + seconds * 1000))

test('a clock counts whole minutes, and none for less than half of one', () => {
  expect(after(29)).toEqual({ minutes: 0, forgotten: false })
  expect(after(30)).toEqual({ minutes: 1, forgotten: false })
  expect(after(3_599)).toEqual({ minutes: 60, forgotten: false })
})

test('after twelve hours it was probably forgotten; set back, it counts nothing', () => {
  expect(after(12 * 3600)).toEqual({ minutes: 720, forgotten: false })
  expect(after(12 * 3600 + 60).forgotten).toBe(true)
  expect(after(-100)).toEqual({ minutes: 0, forgotten: false })
})
