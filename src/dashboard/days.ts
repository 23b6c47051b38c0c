/** When a day begins by the reader's clock, for the API: of `2026-02-28`; undefined for no day. */
export function startOfDay(day: string | undefined): string | undefined {
  if (day === undefined || !isDay(day)) return undefined
  return new Date(`${day}T00:00`).toISOString()
}

/** When the day after begins: what is before it is still of that day. */
export function endOfDay(day: string | undefined): string | undefined {
  if (day === undefined || !isDay(day)) return undefined
  const date = new Date(`${day}T00:00`)
  date.setDate(date.getDate() + 1)
  return date.toISOString()
}

/** An address can say anything. */
function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00`))
}
