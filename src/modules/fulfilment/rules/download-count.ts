/**
 * How many downloads the bytes make up that went out of a file with one link. A quarter of the file is forgiven for what is
 * sent twice when a connection breaks; whatever was sent at all is one download at least.
 */
export function downloadsOf(sentBytes: bigint, sizeBytes: bigint): number {
  if (sentBytes <= 0n) return 0
  // An empty file is counted by its requests, one byte each.
  const size = sizeBytes > 0n ? sizeBytes : 1n
  const counted = sentBytes - size / 4n
  return Math.max(1, Number((counted + size - 1n) / size))
}

/** What is known of a link and of the others to the same file of the same right. */
export type DownloadUse = {
  limit: number
  sizeBytes: bigint
  /** Downloads with other links, those that were forgiven taken off. */
  elsewhere: number
  /** Of this link: the bytes that went out, and how many downloads were forgiven; undefined at its first use. */
  own: { sentBytes: bigint; forgiven: number } | undefined
}

/** Whether so many more bytes may go out with a link. What goes on with a download that was counted is always let through. */
export function mayDownload({ limit, sizeBytes, elsewhere, own }: DownloadUse, bytes: bigint): boolean {
  const sent = own?.sentBytes ?? 0n
  const before = downloadsOf(sent, sizeBytes)
  const after = downloadsOf(sent + bytes, sizeBytes)
  if (after === before && before > 0) return true
  return elsewhere + after - (own?.forgiven ?? 0) <= limit
}
