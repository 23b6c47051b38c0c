import { createHash } from 'node:crypto'

/** What the chain starts from: the SHA-256 of nothing. */
export const CHAIN_START = createHash('sha256').digest()

/** How many bytes of a row’s hash are kept as its locator: they name a row of a broken block, the block’s hash proves it. */
export const LOCATOR_BYTES = 4

/** The range of versions, from excluded, of one account in a block. */
export type Range = { readonly account: number; readonly from: bigint; readonly to: bigint }

/** What a block says. */
export type BlockHash = { readonly hash: Buffer; readonly locators: Buffer }

/** The hash of one posting and its entry, in their canonical form. */
export function rowHash(canonical: string): Buffer {
  return createHash('sha256').update(canonical).digest()
}

/**
 * The hash of a block: SHA-256 of the previous block's hash, the block's number and ranges as JSON, and the hashes of its
 * rows in the order of the ranges and versions.
 */
export function blockHash(
  previous: Buffer,
  block: { number: number; ranges: readonly Range[] },
  rowHashes: readonly Buffer[],
): BlockHash {
  const ranges = block.ranges.map(({ account, from, to }) => [account, from.toString(), to.toString()])
  const hash = createHash('sha256')
    .update(previous)
    .update(JSON.stringify([block.number, ranges]))
  for (const row of rowHashes) hash.update(row)
  return {
    hash: hash.digest(),
    locators: Buffer.concat(rowHashes.map((row) => row.subarray(0, LOCATOR_BYTES))),
  }
}

/** The first `limit` postings of ranges, as ranges. */
export function takeRanges(ranges: readonly Range[], limit: number): Range[] {
  const taken: Range[] = []
  let left = BigInt(limit)
  for (const range of ranges) {
    if (left === 0n) break
    const count = range.to - range.from < left ? range.to - range.from : left
    taken.push({ ...range, to: range.from + count })
    left -= count
  }
  return taken
}
