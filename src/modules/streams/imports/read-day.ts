import { latinDigits, normaliseText } from '../../../shared/arabic.ts'

/** In which order a file writes day, month and year where only figures stand. Years of four digits in front are known by themselves. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd'

const invisible = /[\u200B-\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF]/gu
const iso = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ])/
const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[T ,])/
const compact = /^(\d{4})(\d{2})(\d{2})$/
const yearLast = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:$|[T ,])/
const named =
  /^(?:(\d{1,2})[-\s,.]+(\p{L}[\p{L}\s]*?)\.?|(\p{L}[\p{L}\s]*?)\.?[-\s]+(\d{1,2}))[-\s,،.]+(\d{4}|\d{2})(?:$|[\s,])/u

// prettier-ignore
const months: readonly (readonly string[])[] = [
  ['january', 'jan', 'يناير', 'كانون الثاني', 'جانفي'],
  ['february', 'feb', 'فبراير', 'شباط', 'فيفري'],
  ['march', 'mar', 'مارس', 'اذار'],
  ['april', 'apr', 'ابريل', 'نيسان', 'افريل'],
  ['may', 'مايو', 'ايار', 'ماي'],
  ['june', 'jun', 'يونيو', 'حزيران', 'جوان'],
  ['july', 'jul', 'يوليو', 'تموز', 'جويلية'],
  ['august', 'aug', 'اغسطس', 'اب', 'اوت'],
  ['september', 'sep', 'sept', 'سبتمبر', 'ايلول'],
  ['october', 'oct', 'اكتوبر', 'تشرين الاول'],
  ['november', 'nov', 'نوفمبر', 'تشرين الثاني'],
  ['december', 'dec', 'ديسمبر', 'كانون الاول'],
]
const monthOf = new Map(
  months.flatMap((names, at) => names.map((name) => [normaliseText(name), at + 1] as const)),
)

/**
 * The calendar day in a cell, as `2026-02-28`: figures in any of the usual orders, months by name in English and in the
 * Arabic of the Gulf and Egypt, the Levant and the Maghreb; a time of day after it is left out. Undefined for anything
 * else, days that do not exist and years before 1990 or after 2199.
 */
export function readDay(cell: string, order: DateOrder): string | undefined {
  const plain = iso.exec(cell)
  if (plain !== null) return dayOf(plain[1], plain[2], plain[3])
  if (cell.length > 60) return undefined
  const text = latinDigits(cell).replace(invisible, '').trim()
  const first = yearFirst.exec(text) ?? compact.exec(text)
  if (first !== null) return dayOf(first[1], first[2], first[3])
  const last = yearLast.exec(text)
  if (last !== null) {
    const [, left, middle, right] = last
    if (order === 'ymd')
      return right?.length === 2 ? dayOf(`20${left?.padStart(2, '0')}`, middle, right) : undefined
    return order === 'dmy' ? dayOf(fullYear(right), middle, left) : dayOf(fullYear(right), left, middle)
  }
  const byName = named.exec(text)
  if (byName === null) return undefined
  const month = monthOf.get(normaliseText(byName[2] ?? byName[3] ?? '').replace(/\s+/g, ' '))
  return month === undefined ? undefined : dayOf(fullYear(byName[5]), String(month), byName[1] ?? byName[4])
}

function fullYear(year = ''): string {
  return year.length === 2 ? `20${year}` : year
}

function dayOf(year = '', month = '', day = ''): string | undefined {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  if (y < 1990 || y > 2199 || m < 1 || m > 12 || d < 1) return undefined
  if (d > 28 && d > new Date(Date.UTC(y, m, 0)).getUTCDate()) return undefined
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** How many cells can only be day first, or only month first; see addOrderEvidence. */
export type OrderEvidence = { dmy: number; mdy: number; either: number }

/** Counts a cell: a first figure above twelve is a day, a second one above twelve too. */
export function addOrderEvidence(evidence: OrderEvidence, cell: string): void {
  const found = yearLast.exec(latinDigits(cell).replace(invisible, '').trim())
  if (found === null) return
  const [left, middle] = [Number(found[1]), Number(found[2])]
  if (left > 12 && middle <= 12) evidence.dmy += 1
  else if (middle > 12 && left <= 12) evidence.mdy += 1
  else if (left !== middle) evidence.either += 1
}

/** The order that most cells speak for, or `usual` if none speaks; `unsure` says that no cell has decided. */
export function decideOrder(
  { dmy, mdy, either }: OrderEvidence,
  usual: DateOrder,
): { order: DateOrder; unsure: boolean } {
  if (dmy === mdy) return { order: usual, unsure: dmy === 0 && either > 0 }
  return { order: dmy > mdy ? 'dmy' : 'mdy', unsure: false }
}
