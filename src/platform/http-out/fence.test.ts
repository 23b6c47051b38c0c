import { describe, expect, test } from 'vitest'
import { faultOfUrl, type Fence } from './fence.ts'

const closed: Fence = { privateNetworks: false, ports: [80, 443, 8080, 8443] }
const opened: Fence = { privateNetworks: true, ports: 'any' }

const LOCAL = [
  'http://localhost/',
  'http://LOCALHOST.:8080/',
  'http://a.localhost/',
  'http://127.0.0.1/',
  'http://127.0.0.1./',
  'http://127.1/',
  'http://127.0.1/',
  'http://2130706433/',
  'http://017700000001/',
  'http://0177.0.0.1/',
  'http://0x7f.0.0.1/',
  'http://0x7f000001/',
  'http://0X7F.1/',
  'http://127.0.0.1:8080/',
  'http://%31%32%37.0.0.1/',
  'http://①②⑦.⓪.⓪.①/',
  'http://127。0。0。1/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[0000::0001]/',
  'https://[fd00::1]/',
  'http://10.0.0.5/',
  'http://0xa.5/',
  'http://167772165/',
  'http://192.168.1.1/',
  'http://3232235777/',
  'http://172.16.0.1/',
  'http://100.64.1.1/',
]

const NEVER = [
  'http://0/',
  'http://0.0.0.0/',
  'http://0x0/',
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/',
  'http://0251.0376.0251.0376/',
  'http://0xa9fea9fe/',
  'http://[fe80::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:1::1]/',
  'http://[ff02::1]/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[fd00:ec2::254]/',
  'http://168.63.129.16/',
]

describe('addresses inside of a URL, in whatever spelling', () => {
  test.each(LOCAL)('%s is refused unless the operator opens private networks', (url) => {
    expect(faultOfUrl(url, closed)).toBe('address')
    expect(faultOfUrl(url, opened)).toBeUndefined()
  })
  test.each(NEVER)('%s is refused in any case', (url) => {
    expect(faultOfUrl(url, closed)).toBe('address')
    expect(faultOfUrl(url, opened)).toBe('address')
  })
})

test.each([
  ['https://hooks.example/x?y=1', undefined],
  ['http://hooks.example:8080/', undefined],
  ['https://hooks.example.:443/', undefined],
  ['https://مثال.إختبار/', undefined],
  ['https://1.1.1.1/', undefined],
  ['https://[2606:4700:4700::1111]/', undefined],
  ['ftp://hooks.example/', 'scheme'],
  ['file:///etc/passwd', 'scheme'],
  ['gopher://hooks.example/', 'scheme'],
  ['javascript:alert(1)', 'scheme'],
  ['unix:/var/run/docker.sock', 'scheme'],
  ['https://user:secret@hooks.example/', 'credentials'],
  ['https://user@hooks.example/', 'credentials'],
  ['https://@hooks.example/', 'credentials'],
  ['https://hooks.example@127.0.0.1/', 'credentials'],
  ['https://hooks.example:22/', 'port'],
  ['https://hooks.example:25/', 'port'],
  ['http://hooks.example:6379/', 'port'],
  ['https://hooks.example:0/', 'port'],
  ['hooks.example', 'form'],
  ['//hooks.example/', 'form'],
  ['https://', 'form'],
  ['https://hooks.example/\r\nX-Injected: 1', 'form'],
  ['https://hooks.example\\@127.0.0.1/', 'form'],
  [' https://hooks.example/', 'form'],
  ['http://[::1%25eth0]/', 'form'],
  ['https://hooks.example/\ud800', 'form'],
  ['http://256.1.1.1/', 'form'],
  ['http://١٢٧.0.0.1/', 'form'],
  [`https://hooks.example/${'x'.repeat(2048)}`, 'form'],
] as const)('%s: %s', (url, fault) => expect(faultOfUrl(url, closed)).toBe(fault))
