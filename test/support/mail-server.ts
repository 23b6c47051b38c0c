import { simpleParser, type ParsedMail } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { createSmtpTransport, type MailTransport } from '../../src/platform/mail/transport.ts'
import { freePort } from './free-port.ts'

/** A mail server of a test’s own, and what it received. */
export type TestMailServer = {
  received: ParsedMail[]
  /** Sends to it. */
  mail: MailTransport
  /** For a server process: `SMTP_URL`. */
  url: string
  close(): void
}

/** Starts a real SMTP server on a free port. The caller closes it. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<TestMailServer> {
  const received: ParsedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, done) {
      simpleParser(stream, (error: Error | null, parsed) => {
        if (error === null) received.push(parsed)
        done(error)
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  const url = `smtp://127.0.0.1:${port}`
  const mail = createSmtpTransport(url)
  return {
    received,
    mail,
    url,
    close: () => {
      mail.close()
      server.close()
    },
  }
}

/** The address behind the button of a mail: the only link of ours in it. */
export function linkIn(mail: ParsedMail | undefined): string {
  return /https?:\/\/\S+#[0-9a-z]+/.exec(mail?.text ?? '')?.[0] ?? ''
}
