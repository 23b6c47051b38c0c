import type { Readable } from 'node:stream'
import type { DataStore } from '@tus/server'

/** A half-open range of bytes, `end` exclusive. */
export type ByteRange = { start: number; end: number }

/**
 * Where files are kept: a folder under DATA_DIR, or S3-compatible storage. Keys are made by the program
 * (`<workspace>/<kind>/<id>`), never by people, and a key's content never changes once written. Nothing here may be
 * called inside a transaction.
 */
export type FileStore = {
  /** Writes a whole small file (pictures, documents); replaces nothing: the same key gets the same bytes. */
  put(key: string, bytes: Uint8Array, mediaType: string): Promise<void>
  /**
   * Streams a file in. It is there under its key only once all of it is written and safe from a loss of power; if the
   * source fails, nothing is. Returns the size in bytes.
   */
  write(key: string, source: Readable, mediaType: string): Promise<number>
  /** Streams a file, or a part of it. @throws NotFound */
  read(key: string, range?: ByteRange): Promise<Readable>
  /** Size in bytes, or undefined if there is no such file. */
  size(key: string): Promise<number | undefined>
  /** Removes a file; one that is not there is no fault. */
  remove(key: string): Promise<void>
  /** The files whose keys begin with `prefix`, with their age, in no order. */
  list(prefix: string): AsyncIterable<{ key: string; modifiedAt: Date }>
  readonly uploads: UploadArea
}

/**
 * Where resumable uploads grow. The id of an upload is the key that its file is to have; it is readable under that key
 * only after `finish`.
 */
export type UploadArea = {
  /** What the tus server writes to. */
  dataStore(): Promise<DataStore>
  /** Makes a file of an upload that is complete. May run twice. @throws NotFound if there is no such upload */
  finish(key: string): Promise<void>
  /** Drops the notes of an upload that has become a file. */
  forget(key: string): Promise<void>
  /** Forgets an upload and what came of it so far; one that is not there is no fault. */
  discard(key: string): Promise<void>
  /** Discards uploads that were not continued since `before`; returns how many. */
  sweep(before: Date): Promise<number>
}
