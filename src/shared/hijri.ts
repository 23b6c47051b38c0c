/** A day of the Hijri calendar of Umm al-Qura; `month` and `day` count from 1. */
export type HijriDay = { readonly year: number; readonly month: number; readonly day: number }

const DAY_MS = 86_400_000
const LONGEST_MONTH_DAYS = 30
const MEAN_MONTH_DAYS = 29.530_588
const MID_MONTH_DAYS = 14

/** The years that the calendar of Umm al-Qura has been reckoned for; beyond them it is only estimated. */
const FIRST_YEAR = 1300
const LAST_YEAR = 1600
/** 1 Muharram 1300, from which months are counted. */
const FIRST_DAY = Date.UTC(1882, 10, 12)

const parts = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
})

type Month = { readonly startMs: number; readonly days: number }
const months = new Map<number, Month>()

/** The Hijri day that a Gregorian one, `2026-02-28`, is. */
export function toHijri(day: string): HijriDay {
  return hijriAt(Date.parse(day))
}

/** The Gregorian day, as `2026-02-28`, that a Hijri one is; undefined if there is no such day, or none is known of its year. */
export function fromHijri({ year, month, day }: HijriDay): string | undefined {
  if (!isHijriYear(year) || month < 1 || month > 12 || day < 1) return undefined
  const { startMs, days } = monthOf(year, month)
  return day > days ? undefined : new Date(startMs + (day - 1) * DAY_MS).toISOString().slice(0, 10)
}

/** Whether a year is one that days are known of. */
export function isHijriYear(year: number): boolean {
  return year >= FIRST_YEAR && year <= LAST_YEAR
}

/** The estimate is never off by more than three days, so its middle lies within the month. */
function monthOf(year: number, month: number): Month {
  const at = (year - FIRST_YEAR) * 12 + month - 1
  const known = months.get(at)
  if (known !== undefined) return known
  const middleMs = FIRST_DAY + Math.round(at * MEAN_MONTH_DAYS + MID_MONTH_DAYS) * DAY_MS
  const startMs = middleMs - (hijriAt(middleMs).day - 1) * DAY_MS
  const last = hijriAt(startMs + (LONGEST_MONTH_DAYS - 1) * DAY_MS)
  const found = { startMs, days: last.day === 1 ? LONGEST_MONTH_DAYS - 1 : LONGEST_MONTH_DAYS }
  months.set(at, found)
  return found
}

function hijriAt(ms: number): HijriDay {
  const found = new Map(parts.formatToParts(ms).map(({ type, value }) => [type, Number(value)]))
  return { year: found.get('year') ?? 0, month: found.get('month') ?? 0, day: found.get('day') ?? 0 }
}
