import { toIsoDate } from '../../../shared/dates.ts'

/** The day that it is where the reader is. */
export function today(): string {
  return toIsoDate(new Date(), new Intl.DateTimeFormat().resolvedOptions().timeZone)
}
