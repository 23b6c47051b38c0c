import type { Text } from '../../text/messages.ts'

/** Minutes as people say them: `1 h 30 min`. */
export function saidDuration(minutes: number, t: Text, number: (value: number) => string): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return t('streams.duration.minutes', { minutes: number(rest) })
  if (rest === 0) return t('streams.duration.hours', { hours: number(hours) })
  return t('streams.duration.both', { hours: number(hours), minutes: number(rest) })
}

/**
 * The minutes that a person typed: `90`, `1:30` or `1.5h` are an hour and a half, in either script's digits; undefined for
 * anything else.
 */
export function parseDuration(typed: string, latinDigits: (text: string) => string): number | undefined {
  const text = latinDigits(typed)
    .replaceAll(/[\s\u200E\u200F]/gu, '')
    .replace(/[٫,،]/u, '.')
  const clock = /^(\d{1,2}):([0-5]\d)$/.exec(text)
  if (clock !== null) return Number(clock[1]) * 60 + Number(clock[2])
  const hours = /^(\d{1,2}(?:\.\d{1,2})?)(?:h|س)$/u.exec(text)
  if (hours !== null) return Math.round(Number(hours[1]) * 60)
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined
}
