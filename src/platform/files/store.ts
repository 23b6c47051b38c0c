import type { Readable } from 'node:stream'

/** A half-open range of bytes, `end` exclusive. */
export type ByteRange = { start: number; end: number }

/**
 * Where files are kept: a folder under DATA_DIR, or S3-compatible storage. Keys are made by the program
 * (`<workspace>/<kind>/<id>`), never by people, and a key's content never changes once written.
 */
export type FileStore = {
  /** Writes a whole small file (pictures, documents); replaces nothing: the same key gets the same bytes. */
  put(key: string, bytes: Uint8Array, mediaType: string): Promise<void>
  /** Streams a file, or a part of it. @throws NotFound */
  read(key: string, range?: ByteRange): Promise<Readable>
  /** Size in bytes, or undefined if there is no such file. */
  size(key: string): Promise<number | undefined>
  remove(key: string): Promise<void>
}
