import { latinDigits } from '../../../shared/arabic.ts'

/** A typed percentage in basis points; undefined if it is none between 0 and 100 of two decimals. */
export function toBasisPoints(typed: string): number | undefined {
  const text = latinDigits(typed).trim().replace(/[٫,]/u, '.').replace(/[%٪]$/u, '').trim()
  if (text === '') return 0
  if (!/^\d{1,3}(?:\.\d{1,2})?$/.test(text)) return undefined
  const points = Math.round(Number(text) * 100)
  return points <= 10_000 ? points : undefined
}
