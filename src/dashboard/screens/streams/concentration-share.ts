import { latinDigits } from '../../../shared/arabic.ts'

/** A share as it was typed, as a part of `unit` (1, or 100 for percent): null for an empty field, undefined if it is none. */
export function readShare(typed: string, unit: number): number | null | undefined {
  const text = latinDigits(typed)
    .replace(/[%٪\s]/gu, '')
    .replace(/[٫,،]/u, '.')
  if (text === '') return null
  if (!/^\d{1,3}(?:\.\d{1,4})?$/u.test(text)) return undefined
  const share = Number(text) / unit
  return share <= 1 ? share : undefined
}
