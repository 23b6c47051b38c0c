import { latinDigits } from '../../../shared/arabic.ts'
import type { Ratio } from './purchasing-power.ts'

/** What one line of a pasted series says. */
export type SeriesLine = { readonly month: string; readonly ratio: Ratio }

/** What is wrong with a line, counted from 1. */
export type LineFault = { readonly line: number; readonly what: 'month' | 'number' | 'twice' }

/** All that a pasted text says, or all that is wrong with it. */
export type ReadSeries =
  | { readonly outcome: 'read'; readonly lines: readonly SeriesLine[] }
  | { readonly outcome: 'faulty'; readonly faults: readonly LineFault[] }

const DECIMAL = /^(\d{1,12})(?:\.(\d{1,9}))?$/u

/**
 * Reads months and figures as people paste them from a table or a CSV file: `2025-01,142.7`, `01/2025` and a tab, days
 * instead of months, Arabic digits and decimal marks, thousands with spaces or apostrophes. A first line without a digit is
 * a heading. The last of a day’s figures does not win: the same month twice is a fault.
 */
export function readSeries(text: string): ReadSeries {
  const faults: LineFault[] = []
  const found = new Map<string, SeriesLine>()
  for (const [at, raw] of text
    .replace(/^\uFEFF/u, '')
    .split(/\r?\n/u)
    .entries()) {
    const line = plain(raw)
    if (line === '' || (at === 0 && !/\d/u.test(line))) continue
    const [when, figure] = splitLine(line)
    const [month, ratio] = [readMonth(when), readRatio(figure)]
    if (month === undefined) faults.push({ line: at + 1, what: 'month' })
    else if (ratio === undefined) faults.push({ line: at + 1, what: 'number' })
    else if (found.has(month)) faults.push({ line: at + 1, what: 'twice' })
    else found.set(month, { month, ratio })
  }
  return faults.length > 0 ? { outcome: 'faulty', faults } : { outcome: 'read', lines: [...found.values()] }
}

/** A decimal such as `142.7` as an exact ratio above zero; undefined if it is none, or too long. */
export function readRatio(text: string): Ratio | undefined {
  const [, whole = '', fraction = ''] = DECIMAL.exec(text) ?? []
  const numerator = BigInt(`0${whole}${fraction}`)
  return numerator === 0n ? undefined : { numerator, denominator: 10n ** BigInt(fraction.length) }
}

/** A ratio whose denominator is a power of ten as the decimal that it was. */
export function decimalOf({ numerator, denominator }: Ratio): string {
  const decimals = denominator.toString().length - 1
  const digits = numerator.toString().padStart(decimals + 1, '0')
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

function plain(line: string): string {
  return latinDigits(line)
    .replace(/[\u200B-\u200F\u061C\u202A-\u202E\u2066-\u2069"]/gu, '')
    .replace(/٫/gu, '.')
    .replace(/٬/gu, '')
    .trim()
}

/**
 * The first field is the month, the second the figure. A lone comma stands before decimals, unless three digits follow it:
 * that can be read in two ways, so it stays and is refused.
 */
function splitLine(line: string): [string, string] {
  const [, when = line, rest = ''] = /^([\d/.-]+)\s*[,،;\t ]\s*(.+)$/u.exec(line) ?? []
  const figure = rest.replace(/[\s'’]/gu, '').replace(/،/gu, ',')
  if (figure.includes('.')) return [when, figure.replace(/,(?=\d{3}(?:\D|$))/gu, '')]
  return [when, /^\d+,(?!\d{3}$)\d+$/u.test(figure) ? figure.replace(',', '.') : figure]
}

function readMonth(text: string): string | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?$/u.exec(text)
  const turned = /^(?:\d{1,2}[-/.])?(\d{1,2})[-/.](\d{4})$/u.exec(text)
  const [year = '', month = ''] = iso === null ? [turned?.[2], turned?.[1]] : [iso[1], iso[2]]
  const number = Number(month)
  return year === '' || number < 1 || number > 12 ? undefined : `${year}-${String(number).padStart(2, '0')}`
}
