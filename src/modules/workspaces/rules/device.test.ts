import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deviceOf, networkKind } from './device.ts'

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    'chrome',
    'windows',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0',
    'edge',
    'windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
    'safari',
    'ios',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0 Mobile/15E148 Safari/604.1',
    'chrome',
    'ios',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36',
    'samsung',
    'android',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'firefox', 'linux'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
    'safari',
    'macos',
  ],
  [
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36',
    'chrome',
    'chromeos',
  ],
  ['curl/8.5.0', 'program', 'unknown'],
  ['', 'unknown', 'unknown'],
])('%s', (userAgent, browser, system) => {
  expect(deviceOf(userAgent)).toEqual({ browser, system })
})

test.each([
  ['127.0.0.1', 'this-computer'],
  ['::1', 'this-computer'],
  ['::ffff:192.168.1.7', 'local'],
  ['172.16.0.9', 'local'],
  ['172.32.0.9', 'public'],
  ['100.64.1.1', 'local'],
  ['100.128.1.1', 'public'],
  ['fd00:1::2', 'local'],
  ['fe80::1', 'local'],
  ['2a02:cb43::1', 'public'],
  ['8.8.8.8', 'public'],
  ['', 'unknown'],
  [null, 'unknown'],
  ['somewhere', 'unknown'],
])('%s is %s', (address, kind) => {
  expect(networkKind(address)).toBe(kind)
})

test('a browser may say anything', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000 }), (text) => {
      const { browser, system } = deviceOf(text)
      return browser.length > 0 && system.length > 0 && networkKind(text).length > 0
    }),
  )
})
