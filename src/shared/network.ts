const mappedIpv4 = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i

/**
 * What callers are counted by: an IPv4 address itself; of an IPv6 address the first 64 bits, since every subscriber has
 * at least that many addresses to change between. Anything else is counted as it is.
 */
export function networkOf(address: string): string {
  const ipv4 = mappedIpv4.exec(address)?.[1]
  if (ipv4 !== undefined) return ipv4
  const [bare = ''] = address.split('%', 1)
  if (!/^[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(bare)) return address
  const [head = '', tail] = bare.split('::', 2)
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length)
  const groups = [...first, ...Array.from({ length: missing }, () => '0'), ...last].slice(0, 4)
  return `${groups.map((group) => group.toLowerCase().replace(/^0+(?=.)/, '')).join(':')}::/64`
}

/** What a provider hands out in one piece: of an IPv4 address the first 24 bits, of an IPv6 address the first 48. */
export function wideNetworkOf(address: string): string {
  const narrow = networkOf(address)
  const ipv4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(narrow)?.[1]
  if (ipv4 !== undefined) return `${ipv4}.0/24`
  return narrow.endsWith('::/64') ? `${narrow.split(':').slice(0, 3).join(':')}::/48` : narrow
}
