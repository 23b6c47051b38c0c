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

/** Whether the sender's domain says who may send for it; without that, mails land among the unwanted. */
export async function checkSender({ config }: Pick<Services, 'config'>): Promise<Finding[]> {
  const domain = /@([^\s<>@]+)>?$/.exec(config.mailFrom ?? '')?.[1]
  if (config.smtpUrl === undefined || domain === undefined) return []
  const [spf, dmarc] = await Promise.all([
    hasRecord(domain, /^v=spf1\b/i),
    hasRecord(`_dmarc.${domain}`, /^v=DMARC1\b/i),
  ])
  if (spf === 'unknown' || dmarc === 'unknown') return [finding('sender', ['poor', 'unknown'], { domain })]
  const missing = [...(spf ? [] : ['SPF']), ...(dmarc ? [] : ['DMARC'])].join(', ')
  return [finding('sender', missing === '' ? ['good', 'fine'] : ['poor', 'records'], { domain, missing })]
}

async function hasRecord(name: string, form: RegExp): Promise<boolean | 'unknown'> {
  try {
    return (await resolveTxt(name)).some((parts) => form.test(parts.join('')))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    return code === 'ENOTFOUND' || code === 'ENODATA' ? false : 'unknown'
  }
}
