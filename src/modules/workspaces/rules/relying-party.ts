/** For whom browsers keep passkeys: a name, and the origin that may ask for them. */
export type RelyingParty = { id: string; origin: string }

/**
 * The relying party that PUBLIC_URL makes; undefined where browsers take no passkeys: without https beyond localhost, and
 * for addresses that are numbers.
 * Source: Web Authentication level 3, section 5.1.3, and Secure Contexts, section 3.1.
 */
export function relyingParty(publicUrl: string): RelyingParty | undefined {
  const { protocol, hostname, origin } = new URL(publicUrl)
  const isNumber = /^[\d.]+$/.test(hostname) || hostname.startsWith('[')
  const isHere = hostname === 'localhost' || hostname.endsWith('.localhost')
  return isNumber || (protocol !== 'https:' && !isHere) ? undefined : { id: hostname, origin }
}
