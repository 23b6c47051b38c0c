import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  alarmsOf,
  concentrationOf,
  DEFAULT_LIMITS,
  keyOf,
  netsWithout,
  type EarnedPart,
} from './concentration.ts'

const part = (streamId: string, incomeMinor: bigint, month = '2026-01'): EarnedPart => ({
  month,
  streamId,
  currency: 'SAR',
  incomeMinor,
  netMinor: incomeMinor,
})
const byStream = ({ streamId }: EarnedPart) => streamId

describe('concentration', () => {
  test('of one is 1, of four equal parts a quarter', () => {
    expect(concentrationOf([part('a', 50n)], byStream)).toMatchObject({ hhi: 1, effective: 1 })
    const four = concentrationOf(
      ['a', 'b', 'c', 'd'].map((id) => part(id, 25n)),
      byStream,
    )
    expect(four).toMatchObject({ hhi: 0.25, effective: 4, totalMinor: 100n })
    expect(alarmsOf(four, DEFAULT_LIMITS)).toEqual([])
  })

  test('of nothing is nothing', () => {
    expect(concentrationOf([part('a', 0n), part('b', -5n)], byStream)).toMatchObject({
      hhi: null,
      effective: null,
      shares: [],
    })
  })

  test('what is not said belongs to the whole, is no part of it, and is told', () => {
    const traits = new Map([['a', { platform: 'Gumroad', payer: null, country: 'SA' }]])
    const parts = [part('a', 30n), part('b', 70n)]
    const found = concentrationOf(parts, (one) => keyOf(one, 'platform', traits))
    expect(found).toMatchObject({ totalMinor: 100n, unsaidMinor: 70n, hhi: 0.09 })
    expect(found.shares.map(({ key }) => key)).toEqual(['Gumroad'])
    expect(keyOf(parts[0] ?? part('', 0n), 'currency', traits)).toBe('SAR')
    expect(keyOf(parts[0] ?? part('', 0n), 'payer', traits)).toBeNull()
  })

  test('is between 1/n and 1, shares fall and make one, and no order of the parts matters', () => {
    const parts = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.bigInt(1n, 10n ** 16n)), {
      minLength: 1,
    })
    fc.assert(
      fc.property(parts, (drawn) => {
        const made = drawn.map(([id, amount]) => part(id, amount))
        const found = concentrationOf(made, byStream)
        const shares = found.shares.map(({ share }) => share)
        expect(shares).toEqual(shares.toSorted((left, right) => right - left))
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4)
        expect(found.hhi).toBeGreaterThanOrEqual(1 / shares.length - 1e-5)
        expect(found.hhi).toBeLessThanOrEqual(1)
        expect(concentrationOf(made.toReversed(), byStream)).toEqual(found)
      }),
    )
  })

  test('taking from the smallest for the largest never lessens it', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt(2n, 10n ** 9n), { minLength: 2, maxLength: 6 }), (amounts) => {
        const made = amounts.map((amount, at) => part(`s${at}`, amount))
        const { shares, hhi } = concentrationOf(made, byStream)
        const [most, least] = [shares[0]?.key, shares.at(-1)?.key]
        const moved = made.map((one) => ({
          ...one,
          incomeMinor: one.incomeMinor + (one.streamId === most ? 1n : one.streamId === least ? -1n : 0n),
        }))
        expect(concentrationOf(moved, byStream).hhi).toBeGreaterThanOrEqual(hhi ?? 1)
      }),
    )
  })
})

describe('alarms', () => {
  const half = concentrationOf([part('a', 60n), part('b', 40n)], byStream)

  test('are set off above their limits, with both figures', () => {
    expect(alarmsOf(half, DEFAULT_LIMITS)).toEqual([
      { kind: 'hhi', value: 0.52, limit: 0.25 },
      { kind: 'largest', value: 0.6, limit: 0.5 },
    ])
  })

  test('are silent where the person wants none, and at the limit itself', () => {
    expect(alarmsOf(half, { hhi: null, largest: null })).toEqual([])
    expect(alarmsOf(half, { hhi: 0.52, largest: 0.6 })).toEqual([])
  })
})

test('what is left when the largest falls away keeps its months, empty ones too', () => {
  const parts = [part('a', 60n), part('b', 40n), part('b', 10n, '2026-02')]
  const months = ['2026-01', '2026-02', '2026-03'].map((label) => ({ label }))
  expect(netsWithout(months, parts, ({ streamId }) => streamId === 'b')).toEqual([
    { month: '2026-01', netMinor: 60n },
    { month: '2026-02', netMinor: 0n },
    { month: '2026-03', netMinor: 0n },
  ])
  expect(netsWithout([{ label: '2026-01' }], parts)).toEqual([{ month: '2026-01', netMinor: 100n }])
})
