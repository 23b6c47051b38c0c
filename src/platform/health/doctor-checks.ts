import { resolveTxt } from 'node:dns/promises'
import type { Services } from '../ctx.ts'
import { finding, reasonOf, type Finding } from './finding.ts'

/** A real conversation with the mail server, up to the point where a mail would be handed over. */
export async function checkMailServer({ config }: Pick<Services, 'config'>): Promise<Finding[]> {
  if (config.smtpUrl === undefined) return []
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    url: config.smtpUrl,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    dnsTimeout: 5_000,
  })
  const server = new URL(config.smtpUrl).host
  try {
    await transport.verify()
    return [finding('mail-server', ['good', 'fine'], { server })]
  } catch (error) {
    return [finding('mail-server', ['bad', 'refused'], { server, reason: reasonOf(error) })]
  } finally {
    transport.close()
  }
}

/** Looks up the texts that a name has. */
export type TextLookup = (name: string) => Promise<readonly (readonly string[])[]>

/** What providers and programs call the key of their signatures; a list of all that a domain has cannot be asked for. */
const SELECTORS =
  'default mail dkim selector1 selector2 google k1 k2 k3 s1 s2 fm1 sig1 smtp mta mx pm zoho mailjet protonmail'

/**
 * Whether the sender's domain says who may send for it (SPF), with which key its mails are signed (DKIM), and what becomes of
 * others (DMARC); without that, mails land among the unwanted.
 */
export async function checkSender(
  { config }: Pick<Services, 'config'>,
  lookUp: TextLookup = resolveTxt,
): Promise<Finding[]> {
  const domain = /@([^\s<>@]+)>?$/.exec(config.mailFrom ?? '')?.[1]
  if (config.smtpUrl === undefined || domain === undefined) return []
  const selectors = config.dkimSelector === undefined ? SELECTORS.split(' ') : [config.dkimSelector]
  const signing = selectors.map((name) => ({ name: `${name}._domainkey.${domain}`, form: /\bp=[\w+/]/ }))
  const found = {
    SPF: await hasRecord(lookUp, [{ name: domain, form: /^v=spf1\b/i }]),
    DKIM: await hasRecord(lookUp, signing),
    DMARC: await hasRecord(lookUp, [{ name: `_dmarc.${domain}`, form: /^v=DMARC1\b/i }]),
  }
  const answers = Object.entries(found)
  if (answers.some(([, answer]) => answer === 'unknown'))
    return [finding('sender', ['poor', 'unknown'], { domain })]
  const missing = answers.filter(([, there]) => there === false).map(([name]) => name)
  const values = { domain, missing: missing.join(', '), variable: 'DKIM_SELECTOR' }
  return [finding('sender', missing.length === 0 ? ['good', 'fine'] : ['poor', 'records'], values)]
}

type Wanted = { name: string; form: RegExp }

/** Whether one of them is there; unknown where none is and a name server did not answer. */
async function hasRecord(lookUp: TextLookup, wanted: readonly Wanted[]): Promise<boolean | 'unknown'> {
  const answers = await Promise.all(wanted.map((one) => hasThis(lookUp, one)))
  if (answers.includes(true)) return true
  return answers.includes('unknown') ? 'unknown' : false
}

async function hasThis(lookUp: TextLookup, { name, form }: Wanted): Promise<boolean | 'unknown'> {
  try {
    return (await lookUp(name)).some((parts) => form.test(parts.join('')))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'ENOTFOUND' || code === 'ENODATA' ? false : 'unknown'
  }
}

const REACH_MS = 5_000

/** Whether the server answers under its public address, by the way that people take: name, proxy, certificate. */
export async function checkReach({ config }: Pick<Services, 'config'>): Promise<Finding[]> {
  const url = config.publicUrl
  try {
    const answer = await fetch(`${url}/healthz`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(REACH_MS),
    })
    const said = (await answer.text()).slice(0, 100)
    if (answer.ok && said === 'ok') return [finding('reach', ['good', 'fine'], { url })]
    return [finding('reach', ['poor', 'other'], { url, status: String(answer.status) })]
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error
    return [finding('reach', ['poor', 'away'], { url, reason: reasonOf(cause) })]
  }
}
