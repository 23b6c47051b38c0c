import { describe, expect, test } from 'vitest'
import { watch } from './watch.ts'

function counted() {
  const asked: string[] = []
  const waiting: ((state: number | undefined) => void)[] = []
  const watched = watch<number>((key) => {
    asked.push(key)
    return new Promise((resolve) => waiting.push(resolve))
  })
  const answer = async (state: number | undefined) => {
    waiting.shift()?.(state)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { watched, asked, answer }
}

describe('a watched state', () => {
  test('is asked for once by many, then believed for a second', async () => {
    const { watched, asked, answer } = counted()
    const all = Promise.all([watched.current('a', 0), watched.current('a', 0), watched.current('a', 5)])
    await answer(1)
    expect(await all).toEqual([1, 1, 1])
    expect(watched.current('a', 400)).toBe(1)
    expect(asked).toEqual(['a'])
  })

  test('is asked for again in the background from half a second on, and waited for after a whole one', async () => {
    const { watched, asked, answer } = counted()
    const first = watched.current('a', 0)
    await answer(1)
    await first
    expect(watched.current('a', 600)).toBe(1)
    expect(watched.current('a', 700)).toBe(1)
    expect(asked).toEqual(['a', 'a'])
    const late = watched.current('a', 1_000)
    expect(late).toBeInstanceOf(Promise)
    await answer(2)
    expect(await late).toBe(2)
    // What was read at 600 counts from 600.
    expect(watched.current('a', 1_050)).toBe(2)
    expect(watched.current('a', 1_600)).toBeInstanceOf(Promise)
  })

  test('that was being read when it changed is not believed', async () => {
    const { watched, asked, answer } = counted()
    const before = watched.current('a', 0)
    watched.forget()
    await answer(1)
    await before
    const after = watched.current('a', 1)
    expect(after).toBeInstanceOf(Promise)
    await answer(2)
    expect(await after).toBe(2)
    expect(asked).toHaveLength(2)
  })

  test('that is nothing is asked for each time', async () => {
    const { watched, asked, answer } = counted()
    for (const at of [0, 1]) {
      const none = watched.current('x', at)
      await answer(undefined)
      expect(await none).toBeUndefined()
    }
    expect(asked).toHaveLength(2)
  })

  test('is never older than the clock says, even if the clock is set back', async () => {
    const { watched, answer } = counted()
    const first = watched.current('a', 10_000)
    await answer(1)
    await first
    expect(watched.current('a', 5_000)).toBeInstanceOf(Promise)
  })
})
