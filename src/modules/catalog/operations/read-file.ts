import { isRisky } from '../rules/media-type.ts'
import type { FileRecord } from '../schema.ts'

/** A file as its row, or as JSON of it, where sizes are numbers and times strings. */
export type FileRow = {
  id: string
  name: string
  media_type: string
  size_bytes: bigint | number
  sha256: string | null
  created_at: Date | string
}

/** The file that a row tells of. Sizes end at 5 GB, so a number holds them. */
export function toFile(row: FileRow): FileRecord {
  return {
    id: row.id,
    name: row.name,
    mediaType: row.media_type,
    sizeBytes: Number(row.size_bytes),
    sha256: row.sha256,
    risky: isRisky(row.media_type, row.name),
    createdAt: new Date(row.created_at).toISOString(),
  }
}
