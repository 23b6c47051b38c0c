import { Temporal } from 'temporal-polyfill'

const DAY = /^\d{4}-\d{2}-\d{2}$/u

/** When a day begins in a time zone, or the moment itself. */
export function startOf(dayOrInstant: string, timeZone: string): Date {
  return DAY.test(dayOrInstant) ? midnight(dayOrInstant, timeZone) : new Date(dayOrInstant)
}

/** When a day is over in a time zone, or the moment itself: the end of a period, which does not count. */
export function endOf(dayOrInstant: string, timeZone: string): Date {
  if (!DAY.test(dayOrInstant)) return new Date(dayOrInstant)
  return midnight(Temporal.PlainDate.from(dayOrInstant).add({ days: 1 }).toString(), timeZone)
}

/** The last moment of a day in a time zone, or the moment itself: one that counts. */
export function lastMoment(dayOrInstant: string, timeZone: string): Date {
  const end = endOf(dayOrInstant, timeZone)
  return DAY.test(dayOrInstant) ? new Date(end.getTime() - 1) : end
}

/** Whether the name is that of a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

function midnight(day: string, timeZone: string): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds)
}
