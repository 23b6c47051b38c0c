import type { Transporter } from 'nodemailer'
import type { Readable } from 'node:stream'
import { refuseInsideTransaction } from '../database/database.ts'

/** A mail with all its parts, as it goes out. */
export type OutgoingMail = {
  messageId: string
  from: { name: string; address: string }
  to: { name: string; address: string }
  replyTo?: string
  subject: string
  html: string
  text: string
  attachments: readonly { filename: string; contentType: string; content: Buffer | Readable }[]
}

/**
 * What the server said. `refused` is certain: it does not have the mail, and `permanent` says whether trying again is
 * pointless. `unknown`: the connection was lost after the mail had begun to go out.
 */
export type SendOutcome =
  | { outcome: 'sent' }
  | { outcome: 'refused'; permanent: boolean; reason: string }
  | { outcome: 'unknown'; reason: string }

/** How mail leaves. Never throws: whatever happens is an outcome. */
export type MailTransport = {
  send(mail: OutgoingMail): Promise<SendOutcome>
  /** Waits for nothing; connections are closed. */
  close(): void
}

const timeouts = {
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  dnsTimeout: 15_000,
  socketTimeout: 60_000,
}
const maxConnections = 5

/** Mail over SMTP, with a few connections that stay open while there is something to send. */
export function createSmtpTransport(smtpUrl: string): MailTransport {
  let pool: Promise<Transporter> | undefined
  let closed = false
  return {
    async send(mail) {
      refuseInsideTransaction('mail')
      if (closed) return { outcome: 'refused', permanent: false, reason: 'the server is stopping' }
      pool ??= openPool(smtpUrl)
      return deliver(await pool, mail)
    },
    close() {
      closed = true
      void pool?.then((open) => open.close())
    },
  }
}

async function openPool(smtpUrl: string): Promise<Transporter> {
  // Imported on first use: an idle server does without it.
  const { createTransport } = await import('nodemailer')
  const options = { url: smtpUrl, pool: true as const, maxConnections, maxMessages: 100, ...timeouts }
  const transporter = createTransport(options)
  transporter.use('stream', (outgoing, done) => {
    // Whether a byte of the mail was read tells a refusal before it from a loss in the middle of it.
    const { message } = outgoing
    const open = message.createReadStream.bind(message)
    message.createReadStream = (...parameters) => {
      const stream = open(...parameters)
      const watch: unknown = Reflect.get(outgoing.data, 'watch')
      if (typeof watch === 'function') Reflect.apply(watch, undefined, [stream])
      return stream
    }
    done()
  })
  return transporter
}

async function deliver(pool: Transporter, mail: OutgoingMail): Promise<SendOutcome> {
  const streams: Readable[] = []
  try {
    const options = {
      ...mail,
      attachments: [...mail.attachments],
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
      watch: (stream: Readable) => streams.push(stream),
    }
    await pool.sendMail(options)
    return { outcome: 'sent' }
  } catch (error) {
    return outcomeOf(
      error,
      streams.some((stream) => stream.readableDidRead),
    )
  }
}

/** Source: RFC 5321, section 4.2.1: 4yz is transient, 5yz permanent. A refused sign-in is ours to mend, so it waits. */
function outcomeOf(error: unknown, begun: boolean): SendOutcome {
  const { message: reason, code, responseCode } = describe(error)
  if (responseCode !== undefined)
    return { outcome: 'refused', permanent: responseCode >= 500 && code !== 'EAUTH', reason }
  if (code === 'EENVELOPE' || code === 'EMESSAGE') return { outcome: 'refused', permanent: true, reason }
  if (begun) return { outcome: 'unknown', reason }
  return { outcome: 'refused', permanent: false, reason }
}

function describe(error: unknown): { message: string; code: string; responseCode: number | undefined } {
  if (!(error instanceof Error)) return { message: String(error), code: '', responseCode: undefined }
  const code = 'code' in error ? String(error.code) : ''
  const response = 'response' in error && typeof error.response === 'string' ? error.response : error.message
  const responseCode =
    'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : undefined
  return { message: response.slice(0, 1_000), code, responseCode }
}
