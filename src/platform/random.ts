import { randomFillSync } from 'node:crypto'

const POOL_BYTES = 8192

/**
 * Makes a source of random bytes that asks the system for many at once: ids want ten at a time, and each question costs as
 * much as thousands of bytes. No byte is given out twice.
 */
export function createRandomBytes(): (count: number) => Uint8Array {
  const pool = Buffer.alloc(POOL_BYTES)
  let at = POOL_BYTES
  return (count) => {
    if (count > POOL_BYTES) return randomFillSync(new Uint8Array(count))
    if (at + count > POOL_BYTES) {
      randomFillSync(pool)
      at = 0
    }
    const bytes = Uint8Array.from(pool.subarray(at, at + count))
    pool.fill(0, at, at + count)
    at += count
    return bytes
  }
}
