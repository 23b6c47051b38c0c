import { describe, expect, test } from 'vitest'
import { kindOfAddress } from './address.ts'

const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '93.184.215.14',
  '172.15.255.255',
  '172.32.0.0',
  '100.63.255.255',
  '100.128.0.0',
  '192.167.255.255',
  '223.255.255.255',
  '2606:4700:4700::1111',
  '2a00:1450:4001:80b::200e',
  '2001:4860:4860::8888',
]

const PRIVATE = [
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '::1',
  '0:0:0:0:0:0:0:1',
  'fc00::1',
  'fd12:3456::1',
  'fdff:ffff::',
]

const RESERVED = [
  // Unspecified, link-local with the clouds' metadata, documentation, benchmarks, multicast, broadcast.
  '0.0.0.0',
  '0.1.2.3',
  '169.254.0.1',
  '169.254.169.254',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  '192.0.2.7',
  '192.88.99.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.9',
  '203.0.113.9',
  '224.0.0.1',
  '239.255.255.255',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  'fe80::1',
  'febf::1',
  'fec0::1',
  'ff02::1',
  'ff0e::1',
  'fd00:ec2::254',
  '2001:db8::1',
  '3fff::1',
  '100::1',
  // An IPv4 address inside, public or not: mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP.
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::FFFF:8.8.8.8',
  '0:0:0:0:0:ffff:0a00:0001',
  '::127.0.0.1',
  '::8.8.8.8',
  '::ffff:0:127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::a00:1',
  '2002:7f00:1::',
  '2002:808:808::1',
  '2001::1',
  '2001:0:53aa:64c:0:fbff:80ff:fffe',
  '2a00:1450::5efe:a00:1',
  '2a00:1450::200:5efe:127.0.0.1',
]

const NONE = [
  '',
  'localhost',
  '127.1',
  '0x7f.0.0.1',
  '2130706433',
  '0177.0.0.1',
  'fe80::1%eth0',
  '1.2.3.4.5',
  '[::1]',
  '1.1.1.1.',
  '1.1.1.1/8',
]

describe('what an address is', () => {
  test.each(PUBLIC)('%s is anybody’s', (address) => expect(kindOfAddress(address)).toBe('public'))
  test.each(PRIVATE)('%s is of a network of one’s own', (address) =>
    expect(kindOfAddress(address)).toBe('private'),
  )
  test.each(RESERVED)('%s is never sent to', (address) => expect(kindOfAddress(address)).toBe('reserved'))
  test.each(NONE)('%j is no address', (address) => expect(kindOfAddress(address)).toBe('none'))
})
