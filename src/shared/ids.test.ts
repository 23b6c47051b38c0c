import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createIds, groupCode, humanCode, idSchema, idTime, isId, parseHumanCode } from './ids.ts'

const filled = (byte: number) => (count: number) => new Uint8Array(count).fill(byte)

/** A small generator with a period, enough to stand for randomness that can be repeated. */
function pseudoRandom(seed: number) {
  let state = seed
  return (count: number) =>
    Uint8Array.from({ length: count }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      return state >>> 24
    })
}

describe('ids', () => {
  test('are UUIDs of version 7 that carry their time', () => {
    // Source: RFC 9562, appendix A.6, with a smaller counter (0x4C3 for 0xCC3), as ours starts in its lower half.
    const now = new Date('2022-02-22T19:22:22Z')
    const random = Uint8Array.of(0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f, 0x04, 0xc3)
    const id = createIds({ now: () => now, randomBytes: () => random }).next()
    expect(id).toBe('017f22e2-79b0-74c3-98c4-dc0c0c07398f')
    expect(idSchema.parse(id)).toBe(id)
    expect(idTime(id)).toEqual(now)
    expect(createIds({ now: () => new Date(0), randomBytes: filled(0) }).next()).toBe(
      '00000000-0000-7000-8000-000000000000',
    )
  })

  test('grow, whatever the clock does', () => {
    const steps = fc.array(fc.integer({ min: -50, max: 5 }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(steps, fc.nat(), (clock, seed) => {
        let nowMs = 1_800_000_000_000
        const ids = createIds({ now: () => new Date(nowMs), randomBytes: pseudoRandom(seed) })
        let last = ''
        for (const step of clock) {
          nowMs += step
          const id = ids.next()
          expect(isId(id)).toBe(true)
          expect(id > last).toBe(true)
          last = id
        }
      }),
    )
  })

  test('grow past the counter’s end within one millisecond', () => {
    const ids = createIds({ now: () => new Date(1_800_000_000_000), randomBytes: pseudoRandom(7) })
    const made = Array.from({ length: 20_000 }, () => ids.next())
    expect(new Set(made).size).toBe(made.length)
    expect(made.toSorted()).toEqual(made)
    expect(idTime(made.at(-1) ?? '').getTime()).toBeGreaterThan(1_800_000_000_000)
  })

  test.each([
    '',
    'x',
    '019ca656-4b3b-77ff-bfff-fffffffffff',
    '019CA656-4B3B-77FF-BFFF-FFFFFFFFFFFF',
    '019ca656-4b3b-47ff-bfff-ffffffffffff',
    '019ca656-4b3b-77ff-cfff-ffffffffffff',
    '019ca656-4b3b-77ff-bfff-ffffffffffff\n',
    "' OR 1=1 --",
  ])('%j is refused', (text) => {
    expect(idSchema.safeParse(text).success).toBe(false)
    expect(() => idTime(text)).toThrow(TypeError)
  })

  test('are not made of too little randomness', () => {
    const ids = createIds({ now: () => new Date(0), randomBytes: () => new Uint8Array(4) })
    expect(() => ids.next()).toThrow(RangeError)
  })
})

describe('codes for people', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 32 })

  test('are read back as they were written, grouped or not, in lower case, in Arabic digits', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const code = humanCode(random)
        expect(code).toHaveLength(random.length)
        const arabic = code.replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'.charAt(Number(digit)))
        for (const typed of [code, groupCode(code), code.toLowerCase(), arabic, ` ${groupCode(arabic)} `]) {
          expect(parseHumanCode(typed, code.length)).toBe(code)
        }
      }),
    )
  })

  test('have every letter equally often, and none that is mistaken for another', () => {
    const letters = humanCode(Uint8Array.from({ length: 256 }, (_, index) => index))
    for (const letter of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
      expect(letters.split(letter)).toHaveLength(9)
    }
    expect(letters).not.toMatch(/[ILOU]/)
  })

  test('forgive what is mistaken, and refuse the rest', () => {
    expect(parseHumanCode('o1Il-٢ab\u2013c', 8)).toBe('01112ABC')
    expect(parseHumanCode('7K2M9QX', 8)).toBeUndefined()
    expect(parseHumanCode('7K2M9QXU', 8)).toBeUndefined()
    expect(parseHumanCode('7'.repeat(1_000), 8)).toBeUndefined()
    expect(groupCode('7K2M9QXT')).toBe('7K2M-9QXT')
    expect(groupCode('7K2M9')).toBe('7K2M-9')
  })
})
