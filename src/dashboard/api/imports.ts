import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  ImportMapping,
  ImportPreview,
  ImportRow,
  ImportTargets,
  ReadImport,
  RowFate,
  StreamImport,
} from '../../modules/streams/imports/schema.ts'
import type { MappedField } from '../../modules/streams/imports/mapped.ts'
import { apiUrl, request, requestHeaders, toError, type Page } from './client.ts'

export type { ImportMapping, ImportPreview, ImportRow, MappedField, ReadImport, RowFate, StreamImport }

const POLL_MS = 600
/** No more of a file's name is kept. */
const MOST_NAME_CHARS = 200

/** Whether the server is at work on an import. */
export function isAtWork({ state }: StreamImport): boolean {
  return state === 'reading' || state === 'posting' || state === 'undoing'
}

/** Imports, the newest first; asked again while the server is at work on one. */
export const importsQuery = queryOptions({
  queryKey: ['stream-imports', 'list'],
  queryFn: () => request<Page<StreamImport>>('GET', '/stream-imports', { query: { limit: 50 } }),
  refetchInterval: ({ state: { data } }) => (data?.items.some(isAtWork) === true ? POLL_MS * 3 : false),
})

/** One import; asked again while the server is at work on it. */
export function importQuery(id: string) {
  return queryOptions({
    queryKey: ['stream-imports', 'one', id],
    queryFn: () => request<StreamImport>('GET', `/stream-imports/${id}`),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isAtWork(data) ? POLL_MS : false),
  })
}

/** Rows of an import with what becomes of them. `state` makes them anew when the import has moved on. */
export function importRowsQuery(id: string, fate: RowFate | undefined, state: StreamImport['state']) {
  return infiniteQueryOptions({
    queryKey: ['stream-imports', 'rows', id, fate, state],
    queryFn: ({ pageParam }) =>
      request<Page<ImportRow>>('GET', `/stream-imports/${id}/rows`, {
        query: { fate, after: pageParam, limit: 25 },
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })
}

/** Sends a file. */
export async function uploadImport(file: File): Promise<StreamImport> {
  const response = await fetch(apiUrl('/stream-imports', { name: file.name.slice(0, MOST_NAME_CHARS) }), {
    method: 'POST',
    headers: { ...requestHeaders(), 'content-type': 'application/octet-stream' },
    body: file,
  })
  if (!response.ok) throw await toError(response)
  // The server makes its answer from the schema of this type.
  return (await response.json()) as StreamImport
}

/** Has a file read again, by named columns or in another way. */
export function readImport(id: string, reading: ReadImport): Promise<StreamImport> {
  return request('PUT', `/stream-imports/${id}/reading`, { body: reading })
}

/** Has what is new posted. */
export function postImport(id: string, targets: ImportTargets): Promise<StreamImport> {
  return request('POST', `/stream-imports/${id}/post`, { body: targets })
}

/** Has all that was posted taken back. */
export function undoImport(id: string): Promise<StreamImport> {
  return request('POST', `/stream-imports/${id}/undo`)
}

/** Throws a file away that is not posted. */
export function discardImport(id: string): Promise<void> {
  return request('DELETE', `/stream-imports/${id}`)
}
