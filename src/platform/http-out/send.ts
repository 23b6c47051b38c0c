import { request as requestPlain, type IncomingMessage } from 'node:http'
import { request as requestSecure, type RequestOptions } from 'node:https'
import { isIP } from 'node:net'
import { refuseInsideTransaction } from '../database/database.ts'
import { faultOfUrl, hostOf, portOf, type Fence } from './fence.ts'
import { findDestination, resolveName, type Resolve } from './resolve.ts'

/** A request to a place that somebody else has named. */
export type OutgoingRequest = {
  url: string
  headers: Readonly<Record<string, string>>
  body: string
  /** For everything: finding the address, connecting, sending, and the answer. */
  timeoutMs: number
}

/** Why there was no answer. */
export type OutgoingFault =
  | 'url-refused'
  | 'address-refused'
  | 'name-unknown'
  | 'unreachable'
  | 'certificate'
  | 'timeout'
  | 'broken-off'

/** What came of a request. A redirect is an answer like any other: nobody follows it. */
export type Outcome = { durationMs: number } & (
  | { answered: true; status: number; retryAfter: string | undefined; text: string }
  | { answered: false; fault: OutgoingFault }
)

/** The most of an answer that is read; what comes after is not waited for. */
const MOST_ANSWER_BYTES = 4096
const ANSWER_PAUSE_MS = 2_000
const MOST_ADDRESSES = 4

/**
 * Posts to a URL that is not ours, and only there: names are resolved once, every address is judged, and the connection
 * goes to exactly the address that was judged, with the name for the certificate and the Host header. Nothing is kept
 * between requests: no connection, no cookie, no redirect.
 */
export async function sendOut(
  fence: Fence,
  request: OutgoingRequest,
  resolve: Resolve = resolveName,
): Promise<Outcome> {
  refuseInsideTransaction('http-out')
  const began = performance.now()
  const deadline = AbortSignal.timeout(request.timeoutMs)
  const result = await attempt(fence, { ...request, deadline }, resolve)
  return { ...result, durationMs: Math.round(performance.now() - began) }
}

type Attempt = OutgoingRequest & { deadline: AbortSignal }
type Result =
  | { answered: true; status: number; retryAfter: string | undefined; text: string }
  | { answered: false; fault: OutgoingFault }

async function attempt(fence: Fence, request: Attempt, resolve: Resolve): Promise<Result> {
  const fault = faultOfUrl(request.url, fence)
  if (fault !== undefined) return failed(fault === 'address' ? 'address-refused' : 'url-refused')
  const url = new URL(request.url)
  const found = await orTimeout(findDestination(hostOf(url), fence, resolve), request.deadline)
  if (found === undefined) return failed('timeout')
  if ('refused' in found) return failed(found.refused === 'name' ? 'name-unknown' : 'address-refused')
  let last: Result = failed('unreachable')
  for (const address of found.addresses.slice(0, MOST_ADDRESSES)) {
    last = await exchange(url, address, request)
    // Only where nothing has reached anybody is another address of the name tried.
    if (last.answered || last.fault !== 'unreachable') return last
  }
  return last
}

function failed(fault: OutgoingFault): Result {
  return { answered: false, fault }
}

async function orTimeout<T>(work: Promise<T>, deadline: AbortSignal): Promise<T | undefined> {
  const late = new Promise<undefined>((resolve) => {
    if (deadline.aborted) resolve(undefined)
    deadline.addEventListener('abort', () => resolve(undefined), { once: true })
  })
  // What comes after the deadline is nobody's, neither answer nor failure.
  return Promise.race([work.catch(() => undefined), late])
}

function exchange(url: URL, address: string, request: Attempt): Promise<Result> {
  return new Promise((resolve) => {
    const { deadline } = request
    const secure = url.protocol === 'https:'
    const sending = (secure ? requestSecure : requestPlain)(optionsFor(url, address, request))
    let reached = false
    let response: IncomingMessage | undefined
    sending.once('socket', (socket) => {
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        reached = true
      })
    })
    sending.once('response', (begun) => {
      response = begun
      const { statusCode: status = 0, headers } = begun
      void readStart(begun, deadline).then((text) => {
        sending.destroy()
        resolve({ answered: true, status, retryAfter: headers['retry-after'], text })
      })
    })
    // What began to be answered counts as answered: only silence is broken off here.
    const breakOff = () => response ?? sending.destroy(new Error('timeout'))
    if (deadline.aborted) breakOff()
    deadline.addEventListener('abort', breakOff, { once: true })
    // It stays: letting go of an answer of which we have read enough can be an error of the connection too.
    sending.on('error', (error) => {
      if (response === undefined) resolve(failed(faultOf(error, { reached, deadline })))
    })
    // An answer that asks for another protocol ends the connection without an error.
    sending.once('close', () => {
      if (response === undefined) resolve(failed(deadline.aborted ? 'timeout' : 'broken-off'))
    })
    sending.end(request.body)
  })
}

function optionsFor(url: URL, address: string, request: Attempt): RequestOptions {
  const bytes = Buffer.byteLength(request.body)
  const host = hostOf(url)
  return {
    host: address,
    port: portOf(url),
    family: isIP(address),
    // An address is never looked up again; this says so even if it were.
    lookup: (_name, _options, done) => done(new Error('assertion failed: an address was looked up'), '', 0),
    method: 'POST',
    path: url.pathname + url.search,
    headers: { ...request.headers, host: url.host, 'content-length': String(bytes) },
    setHost: false,
    // The name is for the certificate; addresses have none to send.
    ...(isIP(host) === 0 ? { servername: host.replace(/\.$/, '') } : { servername: '' }),
    agent: false,
  }
}

/** The beginning of an answer, as text; a server that goes on talking, or falls silent, is not waited for. */
function readStart(response: IncomingMessage, deadline: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let size = 0
    const done = () => {
      clearTimeout(pause)
      const bytes = Buffer.concat(parts).subarray(0, MOST_ANSWER_BYTES)
      resolve(bytes.toString('utf8'))
    }
    const pause = setTimeout(done, ANSWER_PAUSE_MS)
    deadline.addEventListener('abort', done, { once: true })
    response.on('data', (part: Buffer) => {
      parts.push(part)
      size += part.length
      if (size >= MOST_ANSWER_BYTES) done()
    })
    response.once('end', done)
    response.once('error', done)
    response.once('close', done)
  })
}

function faultOf(
  error: Error,
  { reached, deadline }: { reached: boolean; deadline: AbortSignal },
): OutgoingFault {
  if (deadline.aborted) return 'timeout'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (/CERT|SSL|TLS|ALTNAME|SELF_SIGNED|ISSUER|SIGNATURE/.test(code)) return 'certificate'
  return reached ? 'broken-off' : 'unreachable'
}
