/** The parts of a time in UTC, as Typst's `datetime` takes them: year, month, day, hour, minute, second. */
export function utcParts(at: Date): number[] {
  return [
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  ]
}
