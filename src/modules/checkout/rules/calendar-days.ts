const DAY_MS = 86_400_000

/** The last `count` calendar dates up to `today`, the oldest first: `2026-02-28`. */
export function calendarDays(today: string, count: number): string[] {
  const last = Date.parse(`${today}T00:00:00Z`)
  return Array.from({ length: count }, (_, at) =>
    new Date(last - (count - 1 - at) * DAY_MS).toISOString().slice(0, 10),
  )
}
