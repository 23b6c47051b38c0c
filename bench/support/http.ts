import { Agent, request, type IncomingHttpHeaders } from 'node:http'

/** An answer read to its end. */
export type Answer = { status: number; headers: IncomingHttpHeaders; rawHeaders: string[]; body: Buffer }

/** What to send: JSON, a form, or bytes. */
export type Call = {
  method?: 'GET' | 'POST' | 'PATCH'
  headers?: Record<string, string>
  json?: unknown
  form?: Record<string, string>
  bytes?: Uint8Array
}

/** A client with connections of its own that stay open, as cheap as Node's HTTP can be. */
export type Client = { (path: string, call?: Call): Promise<Answer>; close(): void }

/** A client of a server with at most `connections` connections. */
export function createClient(url: string, connections: number): Client {
  const { hostname, port } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const client = (path: string, call: Call = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const { body, type } = bodyOf(call)
      const headers: Record<string, string | number> = { ...call.headers }
      if (body !== undefined) {
        headers['content-length'] = Buffer.byteLength(body)
        headers['content-type'] ??= type
      }
      const method = call.method ?? (body === undefined ? 'GET' : 'POST')
      const asked = request({ agent, hostname, port, path: pathOf(path), method, headers }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            rawHeaders: response.rawHeaders,
            body: parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts),
          }),
        )
      })
      asked.on('error', reject)
      asked.end(body)
    })
  return Object.assign(client, { close: () => agent.destroy() })
}

function bodyOf({ json, form, bytes }: Call): { body: string | Uint8Array | undefined; type: string } {
  if (json !== undefined) return { body: JSON.stringify(json), type: 'application/json' }
  if (form !== undefined)
    return { body: new URLSearchParams(form).toString(), type: 'application/x-www-form-urlencoded' }
  return { body: bytes, type: 'application/octet-stream' }
}

function pathOf(address: string): string {
  if (!address.startsWith('http')) return address
  const { pathname, search } = new URL(address)
  return pathname + search
}

/** The JSON of a successful answer. @throws with the answer for any other. */
export function jsonOf<T>({ status, body }: Answer): T {
  if (status < 200 || status > 299) throw new Error(`unexpected answer ${status}: ${body.toString()}`)
  return JSON.parse(body.toString()) as T
}
