import { isIP } from 'node:net'
import type { Config } from '../config.ts'
import { kindOfAddress } from './address.ts'

/** Why an address is not sent to; the sentences are `problems.field.url-…` in the catalogue. */
export type UrlFault = 'form' | 'scheme' | 'credentials' | 'port' | 'address'

/** What the operator lets requests go to. */
export type Fence = Config['outgoing']

const MOST_CHARACTERS = 2048

/** Names that lead to this very machine by their meaning. Source: RFC 6761, section 6.3. */
const LOCAL_NAME = /(^|\.)localhost\.?$/

/**
 * What is wrong with a URL, as far as it can be told without asking the name service: that happens when it is sent to.
 * Addresses in the URL itself are judged in whatever spelling, since URL brings each to one form.
 */
export function faultOfUrl(text: string, fence: Fence): UrlFault | undefined {
  if (text.length > MOST_CHARACTERS || /[\s\p{Cc}\p{Cs}\\]/u.test(text) || !URL.canParse(text)) return 'form'
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'scheme'
  if (url.username !== '' || url.password !== '' || /^\w+:\/\/[^/?#]*@/.test(text)) return 'credentials'
  if (fence.ports !== 'any' && !fence.ports.includes(portOf(url))) return 'port'
  const host = hostOf(url)
  if (host === '') return 'form'
  if (LOCAL_NAME.test(host) && !fence.privateNetworks) return 'address'
  return isIP(host) !== 0 && !mayReach(host, fence) ? 'address' : undefined
}

/** Whether requests may go to this address. */
export function mayReach(address: string, { privateNetworks }: Fence): boolean {
  const kind = kindOfAddress(address)
  return kind === 'public' || (kind === 'private' && privateNetworks)
}

/** The host without the brackets of an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}

/** The port that a URL means. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port)
  return url.protocol === 'https:' ? 443 : 80
}
