/**
 * A receiver of Rafid's webhooks: verifies each message by the Standard Webhooks specification, takes every id once, and
 * prints what it was told.
 *
 *   node examples/receive-webhook.ts --port 9000 --secret whsec_…
 *
 * Nothing in it is particular to Rafid, and it needs nothing but Node. While a secret is rotated, name both:
 * --secret whsec_new --secret whsec_old.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { parseArgs } from 'node:util'

const TOLERANCE_SECONDS = 5 * 60
const REMEMBERED_IDS = 10_000

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '9000' },
    secret: { type: 'string', multiple: true, default: [] },
  },
})
if (options.secret.length === 0) {
  console.error('Give the secret of the endpoint: --secret whsec_…')
  process.exit(2)
}

/** Whether the message comes from whoever knows one of the secrets, unchanged and not long ago. */
function isGenuine(headers: IncomingHttpHeaders, body: Buffer, secrets: readonly string[]): boolean {
  const id = headers['webhook-id']
  const timestamp = headers['webhook-timestamp']
  const signatures = headers['webhook-signature']
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') return false
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS)) return false
  // The bytes as they came: JSON that was parsed and written again may differ from them.
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body])
  const given = signatures
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice(3), 'base64'))
  return secrets.some((secret) => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    const own = createHmac('sha256', key).update(signed).digest()
    return given.some((one) => one.length === own.length && timingSafeEqual(one, own))
  })
}

// A real receiver keeps them where it keeps what it does with the message, in the same transaction.
const taken = new Set<string>()

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    const body = Buffer.concat(parts)
    if (request.method !== 'POST' || !isGenuine(request.headers, body, options.secret)) {
      response.writeHead(401).end('not genuine')
      return
    }
    const id = String(request.headers['webhook-id'])
    if (!taken.has(id)) {
      if (taken.size >= REMEMBERED_IDS) taken.clear()
      taken.add(id)
      const { type, timestamp, data } = JSON.parse(body.toString('utf8')) as Record<string, unknown>
      console.log(JSON.stringify({ id, type, timestamp, data }))
    }
    // Quickly: what takes long belongs into a queue of one's own.
    response.writeHead(204).end()
  })
})
server.listen(Number(options.port), '127.0.0.1', () => console.log(`listening on ${options.port}`))
