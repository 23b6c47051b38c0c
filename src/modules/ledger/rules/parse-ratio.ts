import type { Ratio } from './rates.ts'

const DECIMAL = /^(\d{1,12})(?:\.(\d{1,9}))?$/u

/** A decimal such as `3.7505` as an exact ratio above zero; undefined if it is none, or too long. */
export function parseRatio(decimal: string): Ratio | undefined {
  const parts = DECIMAL.exec(decimal)
  const [, whole = '', fraction = ''] = parts ?? []
  const numerator = parts === null ? 0n : BigInt(whole + fraction)
  return numerator === 0n ? undefined : { numerator, denominator: 10n ** BigInt(fraction.length) }
}
