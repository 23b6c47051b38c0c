/** What a download link allows: one file of one right, until a moment. */
export type DownloadLink = {
  workspaceId: string
  entitlementId: string
  fileId: string
  linkId: string
  expiresAt: number
}

const HOUR_S = 3600
const SLOWEST_BYTES_PER_S = 128_000
const LONGEST_S = 24 * HOUR_S

/** Seconds that a link lives: an hour, longer for files that a slow line cannot fetch in one, a day at most. */
export function linkLifetimeSeconds(sizeBytes: bigint): number {
  const needed = Number(sizeBytes) / SLOWEST_BYTES_PER_S
  return Math.min(LONGEST_S, Math.max(HOUR_S, Math.ceil(needed * 1.5)))
}

/** The text that is signed: every part of the link, so that none can be exchanged. */
export function linkText(link: DownloadLink): string {
  return [
    'download',
    link.workspaceId,
    link.entitlementId,
    link.fileId,
    link.linkId,
    String(link.expiresAt),
  ].join('\n')
}

/** The part of a file that a request asks for; see parseRange. */
export type AskedRange = { start: number; end: number } | 'unsatisfiable' | undefined

/**
 * One byte range of a request, or undefined for the whole file; `unsatisfiable` if it lies outside. Several ranges and
 * other units are answered with the whole file, as RFC 9110, section 14.2 allows. `end` is exclusive.
 */
export function parseRange(header: string | undefined, sizeBytes: number): AskedRange {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  if (match === null) return undefined
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return undefined
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes)
    return length === 0 ? 'unsatisfiable' : { start: sizeBytes - length, end: sizeBytes }
  }
  const start = Number(first)
  if (start >= sizeBytes || (last !== '' && Number(last) < start)) return 'unsatisfiable'
  return { start, end: last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes) }
}
