import { parsePercent } from '../../../shared/parse-number.ts'

/** A typed percentage in basis points; undefined if it is none between 0 and 100 of two decimals. */
export function toBasisPoints(typed: string): number | undefined {
  if (typed.trim() === '') return 0
  const percent = parsePercent(typed)
  if (percent === undefined) return undefined
  const points = Math.round(percent * 100)
  const isExact = Math.abs(points - percent * 100) < 1e-6
  return isExact && points >= 0 && points <= 10_000 ? points : undefined
}
