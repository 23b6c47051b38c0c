import { useSyncExternalStore } from 'react'
import type { Upload as TusUpload } from 'tus-js-client'
import { requestHeaders, type Problem } from './client.ts'

/** A file on its way to the server; it goes on when the screen is left, and resumes after a lost connection. */
export type Upload = {
  readonly id: number
  /** For what: uploads of a place are shown there. */
  readonly place: string
  readonly name: string
  readonly sizeBytes: number
  readonly sentBytes: number
  readonly state: 'sending' | 'paused' | 'finishing' | 'failed'
  /** Why it failed, in the server's words where it gave some. */
  readonly reason?: string
}

/** What to send, and what to do with the file once the server has it whole. */
export type NewUpload = { place: string; file: File; onDone: (fileId: string) => Promise<void> }

// One list for the whole page, outside of any screen: uploads outlive the screens that began them.
const list = new Map<number, Upload>()
const running = new Map<number, TusUpload>()
const listeners = new Set<() => void>()
let shown: readonly Upload[] = []
let last = 0

/** The uploads of a place, in the order in which they began. */
export function useUploads(place: string): readonly Upload[] {
  const all = useSyncExternalStore(subscribe, () => shown)
  return all.filter((upload) => upload.place === place)
}

/** Begins to send a file; an earlier attempt at the same file goes on where it stopped. */
export async function startUpload({ place, file, onDone }: NewUpload): Promise<void> {
  last += 1
  const id = last
  put({ id, place, name: file.name, sizeBytes: file.size, sentBytes: 0, state: 'sending' })
  const { Upload: Tus } = await import('tus-js-client')
  const upload = new Tus(file, {
    endpoint: '/api/v1/uploads',
    retryDelays: [0, 1_000, 3_000, 8_000, 20_000, 60_000],
    headers: requestHeaders(),
    metadata: { filename: file.name, filetype: file.type },
    removeFingerprintOnSuccess: true,
    onProgress: (sentBytes) => change(id, { sentBytes }),
    onError: (error) => change(id, { state: 'failed', ...reasonOf(error) }),
    onSuccess: () => void finish(id, upload, onDone),
  })
  running.set(id, upload)
  const [earlier] = await upload.findPreviousUploads()
  if (earlier !== undefined) upload.resumeFromPreviousUpload(earlier)
  upload.start()
}

async function finish(id: number, upload: TusUpload, onDone: NewUpload['onDone']): Promise<void> {
  change(id, { state: 'finishing', sentBytes: list.get(id)?.sizeBytes ?? 0 })
  const fileId = upload.url?.split('/').at(-1)
  try {
    if (fileId === undefined) throw new Error('assertion failed: an upload that succeeded has no address')
    await onDone(fileId)
    drop(id)
  } catch (error) {
    change(id, { state: 'failed', ...(error instanceof Error ? { reason: error.message } : {}) })
  }
}

/** Lets an upload rest. */
export async function pauseUpload(id: number): Promise<void> {
  await running.get(id)?.abort()
  change(id, { state: 'paused' })
}

/** Goes on with an upload that rests or failed. */
export function resumeUpload(id: number): void {
  const { reason: _reason, ...upload } = list.get(id) ?? {}
  if ('id' in upload) put({ ...upload, state: 'sending' } as Upload)
  running.get(id)?.start()
}

/** Gives an upload up, and lets the server forget what it has of it. */
export async function cancelUpload(id: number): Promise<void> {
  const upload = running.get(id)
  drop(id)
  try {
    await upload?.abort(true)
  } catch {
    // It was not there any more, or cannot be reached: the server sweeps what nobody finishes.
  }
}

function reasonOf(error: unknown): { reason?: string } {
  const answer = error instanceof Error && 'originalResponse' in error ? error.originalResponse : undefined
  if (typeof answer !== 'object' || answer === null || !('getBody' in answer)) return {}
  try {
    // The type is tus-js-client's DetailedError, which its chunk alone could tell with instanceof.
    const problem = JSON.parse((answer as { getBody(): string }).getBody()) as Problem
    return typeof problem.detail === 'string' ? { reason: problem.detail } : {}
  } catch {
    return {}
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function change(id: number, part: Partial<Upload>): void {
  const upload = list.get(id)
  if (upload !== undefined) put({ ...upload, ...part })
}

function put(upload: Upload): void {
  list.set(upload.id, upload)
  tell()
}

function drop(id: number): void {
  list.delete(id)
  running.delete(id)
  tell()
}

function tell(): void {
  shown = [...list.values()]
  const busy = shown.some(({ state }) => state === 'sending' || state === 'finishing')
  if (busy) addEventListener('beforeunload', askToStay)
  else removeEventListener('beforeunload', askToStay)
  for (const listener of listeners) listener()
}

function askToStay(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
