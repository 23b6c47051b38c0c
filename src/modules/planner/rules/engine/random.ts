import { normalQuantile } from './arithmetic.ts'

/** What a draw is for: each purpose has a generator of its own, so that one more draw for one moves no other. */
export const PURPOSES = {
  person: 1,
  economy: 2,
  scalars: 3,
  noise: 4,
  shocks: 5,
  market: 6,
  chances: 7,
} as const

/** Four words of state; see seedGenerator. */
export type Generator = Int32Array

/** A generator without a seed. */
export function createGenerator(): Generator {
  return new Int32Array(4)
}

function mixed(word: number): number {
  let x = word
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return x ^ (x >>> 16)
}

/**
 * Sets a generator (xoshiro128**, Blackman and Vigna 2018: 32-bit integer steps, no doubles) for one purpose of one stream
 * on one path. What it gives depends on these and the seed alone, not on how many other streams, paths or threads there are.
 */
export function seedGenerator(generator: Generator, seed: number, path: number, purpose: number): void {
  let word = mixed((seed ^ 0x9e3779b9) | 0)
  word = mixed((word + Math.imul(path, 0x85ebca6b) + 0x632be5ab) | 0)
  word = mixed((word + Math.imul(purpose, 0xc2b2ae35) + 0x165667b1) | 0)
  for (let at = 0; at < 4; at += 1) {
    word = (word + 0x9e3779b9) | 0
    generator[at] = mixed(word)
  }
  // The one state from which it could not move.
  if (generator[0] === 0 && generator[1] === 0 && generator[2] === 0 && generator[3] === 0) generator[0] = 1
}

/** Fills the first `count` places with numbers strictly between 0 and 1. */
export function fillUniforms(generator: Generator, into: Float64Array, count: number): void {
  let s0 = generator[0] ?? 0
  let s1 = generator[1] ?? 0
  let s2 = generator[2] ?? 0
  let s3 = generator[3] ?? 0
  for (let at = 0; at < count; at += 1) {
    const product = Math.imul(s1, 5)
    const word = Math.imul((product << 7) | (product >>> 25), 9)
    const shifted = s1 << 9
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = (s3 << 11) | (s3 >>> 21)
    into[at] = ((word >>> 0) + 0.5) * 2.3283064365386963e-10
  }
  generator[0] = s0
  generator[1] = s1
  generator[2] = s2
  generator[3] = s3
}

/** Fills the first `count` places with standard normal values. */
export function fillNormals(generator: Generator, into: Float64Array, count: number): void {
  fillUniforms(generator, into, count)
  makeNormal(into, count)
}

/** Turns the first `count` places from numbers between 0 and 1 into standard normal values. */
export function makeNormal(into: Float64Array, count: number): void {
  for (let at = 0; at < count; at += 1) into[at] = normalQuantile(into[at] ?? 0.5)
}

/** A number for a name, the same everywhere (FNV-1a): streams and platforms are told apart by it. */
export function hashOf(name: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  return hash | 0
}
