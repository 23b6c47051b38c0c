import { latinDigits, normaliseText } from '../../../shared/arabic.ts'
import type { Calendar } from '../../../shared/dates.ts'
import { fromHijri, isHijriYear, toHijri } from '../../../shared/hijri.ts'

/** In which order a file writes day, month and year where only figures stand. Years of four digits in front are known by themselves. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd'

const invisible = /[\u200B-\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF]/gu
const iso = /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ])/
const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[T ,])/
const compact = /^(\d{4})(\d{2})(\d{2})$/
const yearLast = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?:$|[T ,])/
const named =
  /^(?:(\d{1,2})[-\s,.]+(\p{L}[\p{L}\s]*?)\.?|(\p{L}[\p{L}\s]*?)\.?[-\s]+(\d{1,2}))[-\s,،.]+(\d{4}|\d{2})(?:$|[\s,])/u
/** What Arabic and English write behind a year: of the Hijra, or of the common era. */
const era = /(?<=\d)\s*(?:(هـ?|a\.?h\.?|h)|م|a\.?d\.?)$/iu
/** Within transcribed names: Dhu al-Qi‘dah, Sha'ban. */
const hyphen = /(?<=\p{L})-(?=\p{L})/gu
const apostrophe = /(?<=\p{L})['’‘ʿʾ`](?=\p{L})/gu

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
// prettier-ignore
const hijriMonths: readonly (readonly string[])[] = [
  ['محرم', 'المحرم', 'muharram'],
  ['صفر', 'safar'],
  ['ربيع الأول', 'rabi al awwal', 'rabi i'],
  ['ربيع الآخر', 'ربيع الثاني', 'rabi al thani', 'rabi al akhir', 'rabi ii'],
  ['جمادى الأولى', 'جمادى الأول', 'jumada al ula', 'jumada al awwal', 'jumada i'],
  ['جمادى الآخرة', 'جمادى الثانية', 'جمادى الآخر', 'جمادى الثاني', 'jumada al akhirah', 'jumada al thani', 'jumada ii'],
  ['رجب', 'rajab'],
  ['شعبان', 'shaban'],
  ['رمضان', 'ramadan'],
  ['شوال', 'shawwal'],
  ['ذو القعدة', 'ذي القعدة', 'dhu al qadah', 'dhu al qidah'],
  ['ذو الحجة', 'ذي الحجة', 'dhu al hijjah'],
]

const placesOf = (lists: readonly (readonly string[])[]) =>
  new Map(lists.flatMap((names, at) => names.map((name) => [normaliseText(name), at + 1] as const)))
const monthOf = placesOf(months)
const hijriMonthOf = placesOf(hijriMonths)

/** A date as it is written; `calendar` where the name of the month or what stands behind the year says which one it is of. */
type Written = { year: string; month: string; day: string; calendar: Calendar | undefined }

/**
 * The calendar day in a cell, as `2026-02-28`: figures in any of the usual orders, months by name in English and in the
 * Arabic of the Gulf and Egypt, the Levant and the Maghreb; a time of day after it is left out. In a file of the Hijri
 * calendar its years are read by Umm al-Qura, and those of two figures are its own; years of four say themselves which they
 * are. Undefined for anything else, days that do not exist and years before 1990 or after 2199.
 */
export function readDay(
  cell: string,
  order: DateOrder,
  calendar: Calendar = 'gregorian',
): string | undefined {
  const written = readParts(cell, order)
  if (written === undefined) return undefined
  const { year, month, day } = written
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  if (isOfHijra(written, calendar)) {
    const found = fromHijri({ year: year.length === 2 ? HIJRI_CENTURY + y : y, month: m, day: d })
    return calendar === 'hijri' && found !== undefined && found >= FIRST_DAY ? found : undefined
  }
  return gregorianDay(year.length === 2 ? GREGORIAN_CENTURY + y : y, m, d)
}

const HIJRI_CENTURY = 1400
const GREGORIAN_CENTURY = 2000
const FIRST_DAY = '1990-01-01'

function isOfHijra({ year, calendar }: Written, fileIn: Calendar): boolean {
  if (calendar !== undefined) return calendar === 'hijri'
  return year.length === 2 ? fileIn === 'hijri' : isHijriYear(Number(year))
}

function gregorianDay(year: number, month: number, day: number): string | undefined {
  if (year < 1990 || year > 2199 || month < 1 || month > 12 || day < 1) return undefined
  if (day > 28 && day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return undefined
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function readParts(cell: string, order: DateOrder): Written | undefined {
  const plain = iso.exec(cell)
  if (plain !== null) {
    const [, year = '', month = '', day = ''] = plain
    return { year, month, day, calendar: undefined }
  }
  if (cell.length > 60) return undefined
  const { text, calendar } = withoutEra(cell)
  const first = yearFirst.exec(text) ?? compact.exec(text)
  if (first !== null) {
    const [, year = '', month = '', day = ''] = first
    return { year, month, day, calendar }
  }
  const last = yearLast.exec(text)
  if (last === null) return readNamed(text, calendar)
  const [, left = '', middle = '', right = ''] = last
  if (order === 'dmy') return { year: right, month: middle, day: left, calendar }
  if (order === 'mdy') return { year: right, month: left, day: middle, calendar }
  return right.length === 2 ? { year: left.padStart(2, '0'), month: middle, day: right, calendar } : undefined
}

function withoutEra(cell: string): { text: string; calendar: Calendar | undefined } {
  const text = latinDigits(cell).replace(invisible, '').trim()
  const found = era.exec(text)
  if (found === null) return { text, calendar: undefined }
  return { text: text.slice(0, found.index), calendar: found[1] === undefined ? undefined : 'hijri' }
}

function readNamed(text: string, calendar: Calendar | undefined): Written | undefined {
  const found = named.exec(text.replace(apostrophe, '').replace(hyphen, ' '))
  if (found === null) return undefined
  const name = normaliseText(found[2] ?? found[3] ?? '').replace(/\s+/gu, ' ')
  const [year, day] = [found[5] ?? '', found[1] ?? found[4] ?? '']
  const gregorian = calendar === undefined ? monthOf.get(name) : undefined
  if (gregorian !== undefined) return { year, month: String(gregorian), day, calendar: 'gregorian' }
  const hijri = hijriMonthOf.get(name)
  return hijri === undefined ? undefined : { year, month: String(hijri), day, calendar: 'hijri' }
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

/** How many dates of a column say of themselves that they are Hijri or Gregorian, and between which years of two figures the others lie. */
export type CalendarEvidence = { hijri: number; gregorian: number; earliest: number; latest: number }

/** Evidence of a column of which nothing has been seen. */
export function noCalendarEvidence(): CalendarEvidence {
  return { hijri: 0, gregorian: 0, earliest: 100, latest: -1 }
}

/** Counts a cell. Years of four figures and the names of months decide; those of two do only by being years to come. */
export function addCalendarEvidence(evidence: CalendarEvidence, cell: string): void {
  const written = readParts(cell, 'dmy')
  if (written === undefined) return
  const { year, calendar } = written
  if (isOfHijra(written, 'gregorian')) evidence.hijri += 1
  else if (year.length === 4 || calendar !== undefined) evidence.gregorian += 1
  else {
    evidence.earliest = Math.min(evidence.earliest, Number(year))
    evidence.latest = Math.max(evidence.latest, Number(year))
  }
}

/**
 * The calendar of a column. Where all years have two figures, they are Hijri if they lie ahead as Gregorian ones and do not as Hijri
 * ones; `unsure` says so.
 */
export function decideCalendar(
  { hijri, gregorian, earliest, latest }: CalendarEvidence,
  today: string,
): { calendar: Calendar; unsure: boolean } {
  if (hijri > 0) return { calendar: 'hijri', unsure: false }
  const lieAhead = GREGORIAN_CENTURY + earliest > Number(today.slice(0, 4))
  const hijriWould = latest >= 0 && HIJRI_CENTURY + latest <= toHijri(today).year
  const isShort = gregorian === 0 && lieAhead && hijriWould
  return { calendar: isShort ? 'hijri' : 'gregorian', unsure: isShort }
}
