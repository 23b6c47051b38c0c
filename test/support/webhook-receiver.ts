import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as it came. */
export type Received = { headers: IncomingHttpHeaders; body: string; path: string }

/** What an endpoint answers; it may also keep silent for a while. */
export type Answer = (response: ServerResponse, nth: number) => void

/** A real HTTP server that keeps what it was told. */
export type Receiver = {
  url: string
  received: Received[]
  answer: Answer
  /** How many requests were open at once at most. */
  mostAtOnce: number
  close(): Promise<void>
}

/** Starts an endpoint on the loopback; it answers 204 until it is told otherwise. */
export async function startReceiver(): Promise<Receiver> {
  let open = 0
  const receiver: Receiver = {
    url: '',
    received: [],
    answer: (response) => response.writeHead(204).end(),
    mostAtOnce: 0,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  const server = createServer((request, response) => {
    open += 1
    receiver.mostAtOnce = Math.max(receiver.mostAtOnce, open)
    response.once('close', () => (open -= 1))
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      receiver.received.push({
        headers: request.headers,
        body: Buffer.concat(parts).toString(),
        path: request.url ?? '',
      })
      receiver.answer(response, receiver.received.length)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return receiver
}

/**
 * Which of the signatures of a message are by this secret: by the words of the specification, and without a line of
 * what signs them.
 */
export function signaturesBy(secret: string, { headers, body }: Received): boolean[] {
  const key = Buffer.from(secret.split('_')[1] ?? '', 'base64')
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const expected = `v1,${createHmac('sha256', key).update(content, 'utf8').digest('base64')}`
  return String(headers['webhook-signature'])
    .split(' ')
    .map((one) => one === expected)
}
