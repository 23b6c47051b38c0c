import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

type Part = { number: number; etag: string; size: number }

/**
 * Stands before s3rver, which can neither tell which parts and uploads it has nor drop one, and does that from what it
 * saw pass by. Everything else goes through untouched.
 */
export function rememberParts(targetPort: number): Server {
  const uploads = new Map<string, { key: string; parts: Map<number, Part> }>()
  return createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://s3')
    const key = decodeURIComponent(url.pathname).split('/').slice(2).join('/')
    const uploadId = url.searchParams.get('uploadId')
    if (incoming.method === 'GET' && uploadId !== null) {
      const known = uploads.get(uploadId)
      answer(
        outgoing,
        known === undefined ? 404 : 200,
        known === undefined ? missing : listed([...known.parts.values()]),
      )
    } else if (incoming.method === 'GET' && url.searchParams.has('uploads')) {
      answer(outgoing, 200, going([...uploads].map(([id, upload]) => ({ id, key: upload.key }))))
    } else if (incoming.method === 'DELETE' && uploadId !== null) {
      if (uploads.delete(uploadId)) outgoing.writeHead(204).end()
      else answer(outgoing, 404, missing)
    } else {
      forward(incoming, outgoing, targetPort, (response, body, size) => {
        const made = /<UploadId>([^<]+)</.exec(body)?.[1]
        if (incoming.method === 'POST' && url.searchParams.has('uploads') && made !== undefined)
          uploads.set(made, { key, parts: new Map() })
        const number = Number(url.searchParams.get('partNumber'))
        if (incoming.method === 'PUT' && uploadId !== null)
          uploads.get(uploadId)?.parts.set(number, { number, etag: response.headers.etag ?? '', size })
        else if (uploadId !== null && (response.statusCode ?? 500) < 300) uploads.delete(uploadId)
      })
    }
  })
}

const missing = '<Error><Code>NoSuchUpload</Code></Error>'

function listed(parts: readonly Part[]): string {
  const items = parts.map(
    ({ number, etag, size }) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag><Size>${size}</Size></Part>`,
  )
  return `<ListPartsResult><IsTruncated>false</IsTruncated>${items.join('')}</ListPartsResult>`
}

function going(uploads: readonly { id: string; key: string }[]): string {
  const items = uploads.map(
    ({ id, key }) =>
      `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>2026-01-01T00:00:00.000Z</Initiated></Upload>`,
  )
  return `<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>${items.join('')}</ListMultipartUploadsResult>`
}

function answer(outgoing: ServerResponse, status: number, xml: string): void {
  outgoing.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${xml}`)
}

function forward(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  port: number,
  seen: (response: IncomingMessage, body: string, size: number) => void,
): void {
  let size = 0
  incoming.on('data', (chunk: Buffer) => (size += chunk.byteLength))
  const { method, url, headers } = incoming
  const sent = request({ host: '127.0.0.1', port, method, path: url, headers }, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () => {
      const body = Buffer.concat(chunks)
      seen(response, body.subarray(0, 10_000).toString(), size)
      outgoing.writeHead(response.statusCode ?? 500, response.headers).end(body)
    })
  })
  sent.on('error', () => outgoing.destroy())
  incoming.pipe(sent)
}
