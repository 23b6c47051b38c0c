import { BlockList, isIP } from 'node:net'

/** What an address is, as far as it matters to somebody who is told where to send: only `public` ones are anybody's. */
export type AddressKind = 'public' | 'private' | 'reserved' | 'none'

type Range = readonly [network: string, prefix: number]

// Networks of one's own: an operator may open them to outgoing requests.
const OWN: readonly Range[] = [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
]

// Nobody's, everybody's, or the machine room's: never a place to send to. Source: IANA special-purpose registries.
const NEVER: readonly Range[] = [
  ['0.0.0.0', 8],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // Protocol assignments, among them Teredo, benchmarks and the identifiers of ORCHID.
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4 holds an IPv4 address of anybody's choosing.
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
  ['fd00:ec2::', 32],
]

const own = listOf(OWN)
const never = listOf(NEVER)
const globalUnicast = listOf([['2000::', 3]])

/**
 * What kind of address a literal is. IPv6 outside of global unicast is `reserved`, and with it every form that holds an
 * IPv4 address: mapped, compatible, translated (NAT64), 6to4, Teredo, ISATAP. `none` is no address at all.
 */
export function kindOfAddress(address: string): AddressKind {
  const family = isIP(address)
  if (family === 0 || address.includes('%')) return 'none'
  // A block list would take a mapped address for the IPv4 address in it, and so for public where that is.
  if (family === 6 && holdsIpv4(address)) return 'reserved'
  const type = family === 4 ? 'ipv4' : 'ipv6'
  if (never.check(address, type)) return 'reserved'
  if (own.check(address, type)) return 'private'
  return family === 4 || globalUnicast.check(address, type) ? 'public' : 'reserved'
}

const ISATAP = new Set(['0:5efe', '200:5efe'])

function holdsIpv4(address: string): boolean {
  // URL writes every spelling of an IPv6 address in the one canonical form of RFC 5952.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  if (canonical === '::1' || canonical === '::') return canonical === '::'
  const [head = '', tail] = canonical.split('::', 2)
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0')
  const groups = tail === undefined ? first : [...first, ...zeros, ...last]
  const start = groups.slice(0, 4).join(':')
  return (
    start === '0:0:0:0' ||
    (groups[0] === '64' && groups[1] === 'ff9b') ||
    ISATAP.has(`${groups[4]}:${groups[5]}`)
  )
}

function listOf(ranges: readonly Range[]): BlockList {
  const list = new BlockList()
  for (const [network, prefix] of ranges)
    list.addSubnet(network, prefix, isIP(network) === 4 ? 'ipv4' : 'ipv6')
  return list
}
