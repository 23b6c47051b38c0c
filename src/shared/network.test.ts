import { describe, expect, test } from 'vitest'
import { networkOf, wideNetworkOf } from './network.ts'

describe('networkOf', () => {
  test('an IPv4 address is counted by itself, also where a socket of version 6 tells it', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7')
    expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7')
    expect(networkOf('::ffff:203.0.113.8')).not.toBe(networkOf('::ffff:203.0.113.7'))
  })

  test('all IPv6 addresses of one subscriber are counted together, however they are written', () => {
    const network = networkOf('2001:db8:1:2:aaaa:bbbb:cccc:dddd')
    for (const same of ['2001:db8:1:2::1', '2001:0DB8:0001:0002:1:2:3:4', '2001:db8:1:2::5%eth0'])
      expect(networkOf(same)).toBe(network)
    expect(networkOf('2001:db8:1:3::1')).not.toBe(network)
    expect(networkOf('2001:db8::1')).toBe(networkOf('2001:db8:0:0:ffff::2'))
    expect(networkOf('::1')).toBe('0:0:0:0::/64')
  })

  test('what is no address stays as it is', () => {
    for (const other of ['inside', 'unknown', '', 'host:80']) expect(networkOf(other)).toBe(other)
  })
})

describe('wideNetworkOf', () => {
  test('neighbours are one network, others are not', () => {
    expect(wideNetworkOf('203.0.113.7')).toBe(wideNetworkOf('::ffff:203.0.113.200'))
    expect(wideNetworkOf('203.0.113.7')).not.toBe(wideNetworkOf('203.0.114.7'))
    expect(wideNetworkOf('2001:db8:1:2::1')).toBe(wideNetworkOf('2001:db8:1:ffff::9'))
    expect(wideNetworkOf('2001:db8:1:2::1')).not.toBe(wideNetworkOf('2001:db8:2:2::1'))
    expect(wideNetworkOf('inside')).toBe('inside')
  })
})
