import fc from 'fast-check'
import { expect, test } from 'vitest'
import { downloadsOf, mayDownload } from './download-count.ts'

const MB = 1_000_000n

test('a file in ranges is one download, fetched again it is another', () => {
  expect(downloadsOf(0n, 100n * MB)).toBe(0)
  expect(downloadsOf(1n, 100n * MB)).toBe(1)
  expect(downloadsOf(100n * MB, 100n * MB)).toBe(1)
  // Broken off once: what stood in buffers is sent twice.
  expect(downloadsOf(120n * MB, 100n * MB)).toBe(1)
  expect(downloadsOf(200n * MB, 100n * MB)).toBe(2)
  expect(downloadsOf(300n * MB, 100n * MB)).toBe(3)
  expect([0n, 1n, 2n].map((sent) => downloadsOf(sent, 0n))).toEqual([0, 1, 2])
})

test('with the last download begun, it can be finished and no other begun', () => {
  const use = { limit: 3, sizeBytes: 10n * MB, elsewhere: 2 }
  expect(mayDownload({ ...use, own: undefined }, 10n * MB)).toBe(true)
  expect(mayDownload({ ...use, own: { sentBytes: 4n * MB, forgiven: 0 } }, 6n * MB)).toBe(true)
  expect(mayDownload({ ...use, own: { sentBytes: 10n * MB, forgiven: 0 } }, 10n * MB)).toBe(false)
  expect(mayDownload({ ...use, elsewhere: 3, own: undefined }, 1n)).toBe(false)
  // A limit that was lowered meanwhile lets a download that is under way end.
  expect(mayDownload({ ...use, limit: 1, own: { sentBytes: 4n * MB, forgiven: 0 } }, 6n * MB)).toBe(true)
  expect(
    mayDownload({ ...use, limit: 1, elsewhere: 0, own: { sentBytes: 10n * MB, forgiven: 1 } }, 10n * MB),
  ).toBe(true)
})

test('however a link is used, no more whole files go out with it than the limit says', () => {
  const asks = fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 200 })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 1, max: 8 }),
      asks,
      (size, limit, wishes) => {
        const sizeBytes = BigInt(size)
        let sentBytes = 0n
        for (const wish of wishes) {
          const bytes = BigInt(Math.min(wish, size))
          const own = sentBytes === 0n ? undefined : { sentBytes, forgiven: 0 }
          if (mayDownload({ limit, sizeBytes, elsewhere: 0, own }, bytes)) sentBytes += bytes
        }
        expect(sentBytes <= sizeBytes * BigInt(limit) + sizeBytes / 4n + 1n).toBe(true)
      },
    ),
  )
})
