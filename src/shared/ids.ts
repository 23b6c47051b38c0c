import { z } from 'zod'

/** Where ids come from; injected, so that a test can foretell them. */
export type Ids = { next(): string }

/** The two outside things that ids are made from. */
export type IdSources = { now(): Date; randomBytes(count: number): Uint8Array }

const idPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Parses an id: a UUID of version 7 in lower case. */
export const idSchema = z
  .string()
  .regex(idPattern, 'problems.field.id')
  .meta({ format: 'uuid', example: '01938f0e-7c1a-7b52-9d3c-6a1f0c2b4d5e' })

/** Whether a string is an id. */
export function isId(value: string): boolean {
  return idPattern.test(value)
}

/** When the id was made, to the millisecond. @throws if it is no id. */
export function idTime(id: string): Date {
  if (!isId(id)) throw new TypeError('not a UUID of version 7')
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16))
}

/** The first id of a moment, in milliseconds since 1970: ids begin with their time, so a span of time is a span of a primary key. */
export function firstIdAt(ms: number): string {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`
}

const counterLimit = 0x1000
const counterSeedLimit = 0x800

/**
 * A maker of UUIDs of version 7, each greater than the one before, also within a millisecond and when the clock steps
 * back. The 12 bits after the version are a counter that starts at a random value; past its end the time is one
 * millisecond ahead. 62 random bits keep the ids of several processes apart.
 * Source: RFC 9562, sections 5.7 and 6.2 (method 1).
 */
export function createIds(sources: IdSources): Ids {
  let lastMs = -1
  let counter = 0
  return {
    next(): string {
      const random = sources.randomBytes(10)
      const nowMs = sources.now().getTime()
      if (nowMs > lastMs) {
        lastMs = nowMs
        counter = uint16(random, 8) % counterSeedLimit
      } else if (++counter === counterLimit) {
        lastMs += 1
        counter = uint16(random, 8) % counterSeedLimit
      }
      return write(lastMs, counter, random)
    },
  }
}

function write(ms: number, counter: number, random: Uint8Array): string {
  const time = ms.toString(16).padStart(12, '0')
  const variant = ((uint16(random, 0) & 0x3fff) | 0x8000).toString(16)
  let node = ''
  for (let at = 2; at < 8; at += 2) node += uint16(random, at).toString(16).padStart(4, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}-${node}`
}

function uint16(bytes: Uint8Array, at: number): number {
  const [high, low] = [bytes[at], bytes[at + 1]]
  if (high === undefined || low === undefined) throw new RangeError('the random source gave too few bytes')
  return high * 256 + low
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * A code that people can read aloud and type: one letter of Crockford's base 32 per random byte, five bits each, so
 * that all letters are equally likely. 8 bytes make an order number (40 bits), 26 a key that cannot be guessed.
 */
export function humanCode(random: Uint8Array): string {
  return Array.from(random, (byte) => crockford.charAt(byte & 31)).join('')
}

/** The code in groups of four, for showing: `7K2M-9QXT`. */
export function groupCode(code: string): string {
  return code.replace(/(.{4})(?=.)/gu, '$1-')
}

/**
 * The code that a person meant: Arabic-Indic and Persian digits, lower case, spaces and hyphens are taken as they come,
 * O is 0, I and L are 1. Undefined if it cannot be a code of that length.
 */
export function parseHumanCode(typed: string, length: number): string | undefined {
  if (typed.length > 4 * length + 16) return undefined
  const code = typed
    .normalize('NFKC')
    .replace(/[٠-٩۰-۹]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/[\s\p{Pd}\p{Cf}ـ]/gu, '')
    .toUpperCase()
    .replace(/O/gu, '0')
    .replace(/[IL]/gu, '1')
  return code.length === length && /^[0-9A-HJKMNP-TV-Z]+$/.test(code) ? code : undefined
}
